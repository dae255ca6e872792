#pragma once

#include <optional>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include "core/client/chat_client.h"
#include "ui/chat/chat_session.h"
#include "ui/chat/chat_transcript.h"

namespace sscope {

class Segments;
class StatePill;

/// The row over a chat: where it is, what one is called there, and the state of the connection.
class ChatBar : public QWidget {
    Q_OBJECT

public:
    enum View { Chat, Messages };

    explicit ChatBar(QWidget* parent = nullptr);

    void setConfig(const ChatClientConfig& config);
    void setState(ChatSession::State state, const QString& name, bool isReadable);
    /// Address and name are editable then.
    [[nodiscard]] bool isEditable() const { return m_isEditable; }
    void focusFirst();
    [[nodiscard]] QString addressText() const { return m_address->text().trimmed(); }
    [[nodiscard]] QString nameText() const { return m_name->text().trimmed(); }
    void setAtFault(bool isAddress, const QString& reason);
    [[nodiscard]] int view() const;
    /// Not while something is being saved.
    void setSaveEnabled(bool isEnabled) { m_save->setEnabled(isEnabled); }
    void setStreamShown(bool isShown);

Q_SIGNALS:
    void joinAsked();
    void leaveAsked();
    void viewChosen(int view);
    void saveAsked(TranscriptForm form);
    // Of what is on the wire:
    void streamToggled(bool isShown);
    void saveBytesAsked(bool isSent);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void buildSave();
    void fold();
    void arrange(bool isInOne);
    [[nodiscard]] QSize minimumSizeHint() const override;

    bool m_isEditable = true;
    bool m_isUp = false;
    bool m_isReadable = false;
    QLineEdit* m_address;
    QLineEdit* m_name;
    QPushButton* m_join;
    StatePill* m_pill;
    QLabel* m_openIcon;
    QLabel* m_open;
    QToolButton* m_stream; // with the messages only, as what follows
    QToolButton* m_saveBytes;
    Segments* m_views;
    QToolButton* m_save;
    QHBoxLayout* m_upper;
    QHBoxLayout* m_lower;
    std::optional<bool> m_isInOne;
};

} // namespace sscope
