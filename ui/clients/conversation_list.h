#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QWidget>

#include "core/storage/conversation_record.h"

class QMenu;

namespace sscope {

class ByteSaver;
class Conversation;
class ConversationChoices;
class ConversationView;
class Segments;

/// A session as code.
enum class SessionForm { Python, Pipe, SendLine };

/// The rows of a conversation with what belongs to them: a row to filter them, and what is saved
/// of them. On the GUI thread.
class ConversationList : public QWidget {
    Q_OBJECT

public:
    explicit ConversationList(QWidget* parent = nullptr);

    void setConversation(Conversation& conversation, ConversationChoices& choices);
    [[nodiscard]] ConversationView* view() const { return m_view; }
    [[nodiscard]] ByteSaver* saver() const { return m_saver; }
    /// Shows the row to filter by, with the keyboard in it.
    void showFilter();
    /// Saves all that this connection has received, or sent, to a file that is asked for.
    void saveAll(bool isSent);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildFilter();
    void hideFilter();
    void applyFilter();
    void showCount();

    Conversation* m_conversation = nullptr;
    QWidget* m_filterRow;
    QLineEdit* m_filter;
    Segments* m_direction;
    QLabel* m_count;
    ConversationView* m_view;
    ByteSaver* m_saver;
};

} // namespace sscope
