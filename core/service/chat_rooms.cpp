#include "core/service/chat_rooms.h"

#include <utility>

#include <fmt/format.h>

namespace sscope {

namespace {

using Kind = ChatEvent::Kind;

/// Why somebody has to go: in words for them, and for those who stay.
struct Farewell {
    std::string_view toThem;
    std::string_view toOthers;
};

Farewell farewellFor(ChatCode code) {
    switch (code) {
    case ChatCode::Kicked:
        return {"the server's owner has sent you away", "sent away by the server's owner"};
    case ChatCode::Banned:
        return {"the server's owner has shut you out", "banned by the server's owner"};
    default: // Replaced
        return {"you have connected anew", "connected anew"};
    }
}

std::string withReason(std::string_view words, const std::string& said) {
    return said.empty() ? std::string(words) : fmt::format("{}: {}", words, said);
}

} // namespace

ChatRooms::ChatRooms(Outside& outside, bool needsPassword,
                     const std::vector<ChatRoomRecord>& stored)
    : m_outside(outside), m_needsPassword(needsPassword) {
    for (const ChatRoomRecord& record : stored) {
        if (const auto name = chatName(record.name))
            m_rooms.insert_or_assign(name->key, Room{.name = name->text,
                                                     .topic = record.topic,
                                                     .last = record.last,
                                                     .isStored = true});
    }
}

void ChatRooms::connected(ChatMemberId id, ChatPeer peer) {
    m_members.insert_or_assign(id, Member{.peer = std::move(peer)});
}

void ChatRooms::request(ChatMemberId id, ChatRequest request) {
    const auto it = m_members.find(id);
    if (it == m_members.end() || it->second.isLeaving)
        return;
    Member& member = it->second;
    if (request.action == Action::Hello) {
        hello(id, member, std::move(request));
        return;
    }
    if (member.name.key.empty() && request.action != Action::Ping) {
        refuse(id, request, ChatCode::NotHello, "say hello first");
        return;
    }
    switch (request.action) {
    case Action::Join:
        join(id, member, request);
        break;
    case Action::Leave:
        leave(id, member, request);
        break;
    case Action::Say:
        say(id, member, request);
        break;
    case Action::Direct:
        direct(id, member, request);
        break;
    case Action::Who:
        who(id, request);
        break;
    case Action::Rooms:
        listRooms(id, request);
        break;
    case Action::Topic:
        topic(id, member, request);
        break;
    case Action::History:
    case Action::Search:
        history(id, request);
        break;
    case Action::Ping:
        tell(id, {.kind = Kind::Pong, .ref = request.ref, .time = m_outside.wallTime()});
        break;
    case Action::Hello:
        break; // above
    }
}

void ChatRooms::gone(ChatMemberId id, const std::string& reason) {
    const auto node = m_members.extract(id);
    if (node.empty())
        return;
    const Member& member = node.mapped();
    if (const auto it = m_byName.find(member.name.key); it != m_byName.end() && it->second == id)
        m_byName.erase(it);
    for (const std::string& key : member.rooms)
        leaveRoom(id, member, key, {.text = reason});
}

void ChatRooms::dismiss(ChatMemberId id, Member& member, ChatCode code, const std::string& said) {
    const Farewell words = farewellFor(code);
    member.isLeaving = true;
    tell(id, {.kind = Kind::Closing,
              .text = withReason(words.toThem, said),
              .code = code,
              .said = said,
              .closes = true});
    if (const auto it = m_byName.find(member.name.key); it != m_byName.end() && it->second == id)
        m_byName.erase(it); // it is free from now on
    for (const std::string& key : std::exchange(member.rooms, {}))
        leaveRoom(id, member, key,
                  {.text = withReason(words.toOthers, said),
                   .code = code,
                   .hasCode = true,
                   .said = said});
}

void ChatRooms::tell(ChatMemberId id, ChatEvent event) {
    m_outside.deliver(std::span(&id, 1), sealed(std::move(event)));
}

void ChatRooms::tellRoom(const Room& room, ChatMemberId except, ChatEvent event) {
    std::vector<ChatMemberId> to;
    to.reserve(room.members.size());
    for (const ChatMemberId id : room.members) {
        if (id != except)
            to.push_back(id);
    }
    if (!to.empty())
        m_outside.deliver(to, sealed(std::move(event)));
}

void ChatRooms::refuse(ChatMemberId id, const ChatRequest& request, ChatCode code,
                       std::string reason) {
    tell(id, refusalEvent({code, std::move(reason), request.ref,
                           std::string(chatActionName(request.action))}));
}

} // namespace sscope
