#pragma once

#include <vector>

#include <QObject>
#include <QStringList>

#include "ui/chat/chat_read_marks.h"
#include "ui/clients/conversation_choices.h"
#include "ui/clients/snippets.h"

namespace sscope {

class Settings;

/// What a person typed last: endpoints, messages, and the line ending; and the snippets. Kept in
/// the settings and shared by all tabs.
class RecentInputs : public QObject {
    Q_OBJECT

public:
    explicit RecentInputs(Settings& settings, QObject* parent = nullptr);

    [[nodiscard]] const QStringList& endpoints() const { return m_endpoints; } // latest first
    /// Oldest first, each with its form and encoding.
    [[nodiscard]] const std::vector<WrittenMessage>& messages() const { return m_messages; }
    [[nodiscard]] SnippetStore& snippets() { return m_snippets; }
    [[nodiscard]] QString ending() const;
    void addEndpoint(const QString& endpoint);
    void addMessage(const WrittenMessage& message);
    void setEnding(const QString& ending);
    /// Whether the stream is shown below a conversation; under a framing unless it was put away.
    [[nodiscard]] bool isStreamShown(bool isFramed) const;
    void setStreamShown(bool isFramed, bool isShown);
    /// What a person is called in a chat: as the last time, or as the system calls them.
    [[nodiscard]] QString chatName() const;
    void setChatName(const QString& name);
    [[nodiscard]] ChatReadMarks& chatReadMarks() { return m_chatReadMarks; }
    [[nodiscard]] ConversationChoices& choices() { return m_choices; }

Q_SIGNALS:
    void endpointsChanged();
    void messagesChanged();

private:
    Settings& m_settings;
    ConversationChoices m_choices;
    QStringList m_endpoints;
    std::vector<WrittenMessage> m_messages;
    SnippetStore m_snippets;
    ChatReadMarks m_chatReadMarks;
};

} // namespace sscope
