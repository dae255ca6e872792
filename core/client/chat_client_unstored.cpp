// What a chat client's person has said, until the server has stored it.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/client/chat_client.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;

// Of what was said, so much is on its way at once.
constexpr std::size_t mostOnTheWay = 256;

} // namespace

void ChatClient::say(const std::string& room, const std::string& text, std::uint64_t tag) {
    const std::uint64_t number = tag != 0 ? tag : ++m_lastId;
    m_unstored.push_back({room, text, fmt::format("{}-{}", m_prefix, number), tag});
    if (m_rooms.contains(room))
        sendUnstored();
    else
        refuseUnstored(room, true, ChatCode::NotInRoom, "you are not in the room");
}

/// What waits for a room that one is not in; what is on its way has its answer, while the
/// connection stands.
void ChatClient::refuseUnstored(const std::string& room, bool withSent, ChatCode code,
                                const std::string& reason) {
    std::vector<Said> refused;
    std::erase_if(m_unstored, [&](const Said& said) {
        const bool goes = said.room == room && (withSent || !said.isSent);
        if (goes)
            refused.push_back(said);
        return goes;
    });
    for (const Said& said : refused) {
        m_observer.told(*sealed(refusalEvent({code, reason, said.id, "say"})));
        m_observer.refused(said.tag, said.room, code, reason);
    }
}

/// Where something was refused for now, and what was sent behind it is not answered yet: it will be
/// refused too, and goes again in its order.
std::set<std::string> ChatClient::roomsHeld() const {
    std::set<std::string> waiting;
    std::set<std::string> held;
    std::size_t looked = 0;
    for (const Said& said : m_unstored) {
        if (++looked > mostOnTheWay) // nothing behind is on its way
            break;
        if (!said.isSent)
            waiting.insert(said.room);
        else if (waiting.contains(said.room))
            held.insert(said.room);
    }
    return held;
}

void ChatClient::sendUnstored() {
    if (!m_isIn)
        return;
    const std::set<std::string> held = roomsHeld();
    std::size_t onTheWay = 0;
    for (Said& said : m_unstored) {
        if (++onTheWay > mostOnTheWay)
            break;
        const auto room = m_rooms.find(said.room);
        // Only once the past is known: what is in it already is told from there.
        const bool mayGo = room != m_rooms.end() && room->second.isKnown &&
                           !room->second.isCatchingUp && !m_resend.isActive() &&
                           !held.contains(said.room);
        if (!said.isSent && mayGo) {
            said.isSent = true;
            request({.action = Action::Say,
                     .ref = said.id,
                     .room = said.room,
                     .text = said.text,
                     .id = said.id});
        }
    }
}

void ChatClient::stored(const ChatEvent& event) {
    const auto said = std::ranges::find(m_unstored, event.ref, &Said::id);
    if (said == m_unstored.end())
        return;
    const Said done = std::move(*said);
    m_unstored.erase(said);
    m_observer.stored(done.tag, event.room, event.id, event.time);
    if (const auto it = m_rooms.find(event.room); it != m_rooms.end())
        arrived(it->second, {event.room, event.id, event.time, m_name, done.text});
    sendUnstored();
    if (m_isLeaving && m_unstored.empty())
        finishLeaving();
}

} // namespace sscope
