// What is said in a ChatSession, in rooms and directly.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ui/chat/chat_mention.h"
#include "ui/chat/chat_session.h"
#include "ui/common/formats.h"
#include "ui/engine_bridge.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;
using Kind = ChatPlace::Kind;

} // namespace

void ChatSession::say(const ChatPlace& place, const QString& text) {
    ChatLine line;
    line.tag = ++m_lastTag;
    line.time = wallNow();
    line.author = name();
    line.text = text;
    line.isOwn = true;
    lines(place).addWaiting(line);
    if (place.kind == Kind::Person)
        sayDirectly(line, place.name);
    else
        m_bridge.engine().chats().say(m_owner, place.name.toStdString(), text.toStdString(),
                                      line.tag);
}

/// Nobody keeps it until there is a connection again.
void ChatSession::sayDirectly(const ChatLine& line, const QString& person) {
    if (m_state != State::In) {
        lines({Kind::Person, person})
            .setRefused(line.tag, tr("There is no connection now, and what is said directly is not "
                                     "kept. Try again later."));
        return;
    }
    m_directs.push_back({person, line.tag});
    ask({.action = Action::Direct,
         .ref = fmt::format("direct {}", line.tag),
         .to = person.toStdString(),
         .text = line.text.toStdString()});
}

void ChatSession::sayAgain(const ChatPlace& place, quint64 tag) {
    auto line = lines(place).takeRefused(tag);
    if (!line)
        return;
    line->reason.clear();
    line->time = wallNow();
    lines(place).addWaiting(*line);
    // With the tag that it has: what was stored after all is not stored twice.
    if (place.kind == Kind::Person)
        sayDirectly(*line, place.name);
    else
        m_bridge.engine().chats().say(m_owner, place.name.toStdString(), line->text.toStdString(),
                                      tag);
}

/// The direct message that an answer of the server is about: it is not on its way any more.
std::optional<ChatSession::Direct> ChatSession::takeDirect(const std::string& ref) {
    if (!ref.starts_with("direct "))
        return {};
    const auto direct =
        std::ranges::find(m_directs, toQString(ref).mid(7).toULongLong(), &Direct::tag);
    if (direct == m_directs.end())
        return {};
    Direct taken = std::move(*direct);
    m_directs.erase(direct);
    return taken;
}

void ChatSession::handed(const ChatEvent& event) {
    const auto direct = event.name.empty() ? std::nullopt : takeDirect(event.ref);
    if (!direct)
        return;
    lines({Kind::Person, direct->person}).setStored(direct->tag, 0, event.time);
    setPersonThere(direct->person, true);
    renamePlace({Kind::Person, direct->person}, toQString(event.name));
}

void ChatSession::directMessage(const ChatEvent& event) {
    const QString author = toQString(event.name);
    const ChatPlace place{Kind::Person, author};
    addPerson(author);
    setPersonThere(author, true);
    ChatLine line;
    line.time = event.time;
    line.author = author;
    line.text = toQString(event.text);
    line.mentionsMe = mentionsName(line.text, m_name);
    count(place, std::span(&line, 1));
    lines(place).append({line}, comesUnseen(place));
}

/// Nobody will answer any more.
void ChatSession::refuseDirects() {
    for (const Direct& direct : std::exchange(m_directs, {}))
        lines({Kind::Person, direct.person})
            .setRefused(direct.tag, tr("The connection ended before the answer: it may have "
                                       "arrived."));
}

} // namespace sscope
