#pragma once

#include <QSplitter>

namespace sscope {

class Conversation;
class ConversationList;
class ConversationView;
class MessageDetail;
class RecentInputs;
class StreamPanel;

/// The rows of a conversation, and on demand the stream and the details of a row below them. On
/// the GUI thread.
class ConversationPanes : public QSplitter {
    Q_OBJECT

public:
    /// canTune: its connection takes the sizes and pauses of the stream's fields.
    ConversationPanes(bool canTune, RecentInputs& inputs, QWidget* parent = nullptr);

    void setConversation(Conversation& conversation);
    [[nodiscard]] ConversationList* list() const { return m_list; }
    [[nodiscard]] ConversationView* view() const { return m_view; }
    [[nodiscard]] StreamPanel* stream() const { return m_stream; }
    /// Datagrams without a framing have neither stream nor details of their own.
    [[nodiscard]] bool isStreamOffered() const;
    /// Remembered, for all conversations that are framed, or are not, as this one is.
    void setStreamShown(bool isShown);
    void toggleStream();

Q_SIGNALS:
    /// Also where it is another framing that brings it, or takes it away.
    void streamShownChanged(bool isShown);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectParts();
    void showFraming();
    void showStream(bool isShown);
    void setDetailShown(bool isShown);
    void shareHeight();

    RecentInputs& m_inputs;
    Conversation* m_conversation = nullptr;
    bool m_hasDetail = false;
    ConversationList* m_list;
    ConversationView* m_view; // of the list
    QWidget* m_lower;
    StreamPanel* m_stream;
    MessageDetail* m_detail;
};

} // namespace sscope
