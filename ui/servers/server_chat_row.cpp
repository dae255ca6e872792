#include "ui/servers/server_chat_row.h"

#include <utility>

#include "core/base/display_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

constexpr int longestText = 2000; // characters; 8 KiB of UTF-8 at most

} // namespace

ServerChatRow::ServerChatRow(QWidget* parent) : PromptRow(QStringLiteral("chatOwner"), parent) {
    line()->setMaxLength(longestText);
    connect(this, &PromptRow::given, this, &ServerChatRow::give);
}

void ServerChatRow::begin(Purpose purpose, const std::string& name) {
    if (!isVisible() || purpose != m_purpose || toQString(name) != m_name)
        line()->clear(); // what was meant for another
    m_purpose = purpose;
    m_name = toQString(name);
    m_isWaiting = false;
}

void ServerChatRow::openAnnouncement() {
    begin(Purpose::Announcement, {});
    setWords(tr("Announce"), tr("Everybody hears it"), tr("Announcement"));
    setHelp(tr("A notice to all who are there; it is not stored. Escape hides this."));
    open();
}

void ServerChatRow::openNotice(const ChatPerson& person) {
    const QString name = toQString(displaySafe(person.name));
    begin(Purpose::Notice, person.name);
    setReasonAgainst({});
    setWords(tr("Tell"), tr("Only %1 hears it").arg(name), tr("Notice to %1").arg(name));
    setHelp(tr("A notice to %1 alone; it is not stored. Escape hides this.").arg(name));
    open();
}

void ServerChatRow::openKick(const ChatPerson& person) {
    const QString name = toQString(displaySafe(person.name));
    begin(Purpose::Kick, person.name);
    setReasonAgainst({});
    setWords(tr("Kick"), tr("Why? They read it; may be empty"), tr("Reason to kick %1").arg(name));
    setHelp(tr("Kicks %1, who may come back. Escape cancels.").arg(name));
    open();
}

void ServerChatRow::openBan(const ChatPerson& person, bool lasts) {
    const QString name = toQString(displaySafe(person.name));
    begin(Purpose::Ban, person.name);
    setReasonAgainst({});
    setWords(tr("Ban"), tr("Why? They read it; may be empty"), tr("Reason to ban %1").arg(name));
    const QString address = toQString(displaySafe(person.source));
    const QString what =
        person.isOfOtherMachine ? tr("Bans %1 and %2").arg(name, address) : tr("Bans %1").arg(name);
    setHelp(lasts ? tr("%1 until you lift it. Escape cancels.").arg(what)
                  : tr("%1 until you lift it or the server stops (no history file). Escape "
                       "cancels.")
                        .arg(what));
    open();
}

void ServerChatRow::take(const ChatOverview& overview) {
    const bool isHeard = overview.notices > std::exchange(m_notices, overview.notices);
    if (m_purpose == Purpose::Announcement)
        setReasonAgainst(overview.people.empty() ? tr("Nobody has said hello yet.") : QString());
    if (!isHeard || !std::exchange(m_isWaiting, false))
        return;
    const auto heard = static_cast<int>(overview.heard);
    showOutcome(m_purpose == Purpose::Announcement ? tr("%n person(s) heard it.", nullptr, heard)
                : heard > 0                        ? tr("It was handed over.")
                                                   : tr("They are no longer there."));
}

void ServerChatRow::give(const QString& text) {
    if (m_purpose == Purpose::Kick || m_purpose == Purpose::Ban) {
        hide();
        if (m_purpose == Purpose::Kick)
            Q_EMIT kickAsked(m_name, text.trimmed());
        else
            Q_EMIT banAsked(m_name, text.trimmed());
        return;
    }
    if (text.trimmed().isEmpty()) {
        showOutcome(tr("There is nothing to say yet."));
        return;
    }
    m_isWaiting = true;
    if (m_purpose == Purpose::Announcement)
        Q_EMIT announceAsked(text);
    else
        Q_EMIT noticeAsked(m_name, text);
}

} // namespace sscope
