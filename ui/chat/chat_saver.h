#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "ui/chat/chat_place.h"
#include "ui/chat/chat_session.h"
#include "ui/chat/chat_transcript.h"

namespace sscope {

class InlineMessage;

/// Saves what was said in a place: reads a room's whole history from its server, page by page from
/// its end, and writes the file off the GUI thread. One at a time; says in place how it goes.
class ChatSaver : public QObject {
    Q_OBJECT

public:
    /// More than that stays on the server; the latest are saved.
    static constexpr std::size_t mostBytes = std::size_t{64} << 20;

    ChatSaver(ChatSession& session, InlineMessage& message, QWidget* parent);

    /// Asks for a file for what was said in the place that is looked at.
    void ask(TranscriptForm form);
    void save(const ChatPlace& place, TranscriptForm form, const QString& path);
    [[nodiscard]] bool isBusy() const { return m_job.has_value(); }

Q_SIGNALS:
    void busyChanged();

private:
    struct Job {
        ChatPlace place;
        TranscriptForm form;
        QString path;
        std::vector<std::string> pages{}; // the latest first
        std::size_t bytes = 0;
        quint64 messages = 0;
        bool isRead = false; // it is being written
    };

    void take(const QString& room, const std::vector<ChatMessage>& messages, bool hasMore);
    [[nodiscard]] std::vector<ChatMessage> heldOf(const ChatPlace& place) const;
    void showProgress();
    void write(bool isWhole);
    void giveUp(const QString& reason);
    void end();

    ChatSession& m_session;
    InlineMessage& m_message;
    QWidget* m_window; // over which the dialog is shown
    std::optional<Job> m_job;
};

} // namespace sscope
