#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

#include "core/client/chat_client.h"
#include "ui/chat/chat_session.h"

class QGridLayout;
class QSpacerItem;

namespace sscope {

class FieldFault;
class InlineMessage;

/// What is asked before one is in: where the chat is, what one is called, the room, the password;
/// or only what the server has refused.
class ChatJoinForm : public QScrollArea {
    Q_OBJECT

public:
    explicit ChatJoinForm(QWidget* parent = nullptr);

    void setConfig(const ChatClientConfig& config);
    void setWants(ChatSession::Wants wants);
    /// Why the last attempt has failed; empty for nothing.
    void setProblem(const QString& problem);
    void focusFirst();
    [[nodiscard]] QString endpointText() const { return m_endpoint->text().trimmed(); }

Q_SIGNALS:
    void joinAsked(const ChatClientConfig& config);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Field {
        QWidget* label;
        QLineEdit* edit;
        FieldFault* fault;
    };
    QLineEdit* addField(QGridLayout& grid, const QString& label, const QString& placeholder,
                        const QString& objectName);
    QWidget* buildFields(QWidget* content);
    void setMiddle(QWidget* content, QWidget* form);
    void buildButtons(QGridLayout& grid);
    void askForAll();
    void showWhoMayRead();
    void join();
    [[nodiscard]] bool check();
    [[nodiscard]] bool checkEndpoint();
    [[nodiscard]] bool checkName(QLineEdit* edit);
    void clearFaults();
    [[nodiscard]] FieldFault& faultOf(const QLineEdit* edit) const;

    ChatClientConfig m_config;
    std::vector<Field> m_fields;
    QLabel* m_title;
    QLabel* m_note;
    InlineMessage* m_problem; // below the fields, which stay where they are
    QLabel* m_readable;       // others are on the way
    QPushButton* m_all;       // from one field back to all
    QSpacerItem* m_above;
    ChatSession::Wants m_wants = ChatSession::Wants::Nothing;
    QLineEdit* m_endpoint = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_room = nullptr;
    QLineEdit* m_password = nullptr;
    QPushButton* m_join = nullptr;
};

} // namespace sscope
