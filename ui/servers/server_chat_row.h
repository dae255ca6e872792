#pragma once

#include "core/service/chat_rooms.h"
#include "ui/servers/prompt_row.h"

namespace sscope {

/// The line in which the owner of a chat writes: what all hear, what one hears, or why somebody is
/// sent away or shut out.
class ServerChatRow : public PromptRow {
    Q_OBJECT

public:
    explicit ServerChatRow(QWidget* parent = nullptr);

    void openAnnouncement();
    void openNotice(const ChatPerson& person);
    void openKick(const ChatPerson& person);
    /// lasts: the ban outlives the server's end.
    void openBan(const ChatPerson& person, bool lasts);
    /// Who is there now, and how many have heard what was said.
    void take(const ChatOverview& overview);

Q_SIGNALS:
    void announceAsked(const QString& text);
    void noticeAsked(const QString& name, const QString& text);
    void kickAsked(const QString& name, const QString& reason);
    void banAsked(const QString& name, const QString& reason);

private:
    enum class Purpose { Announcement, Notice, Kick, Ban };

    void begin(Purpose purpose, const std::string& name);
    void give(const QString& text);

    Purpose m_purpose = Purpose::Announcement;
    QString m_name;
    std::uint64_t m_notices = 0; // that the owner had given at the last look
    bool m_isWaiting = false;    // for how many have heard it
};

} // namespace sscope
