#include "core/client/chat_client.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/client/chat_event_reader.h"
#include "core/net/socket_address.h"
#include "core/service/chat_mask.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;
using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

constexpr Duration leaveTime = 2s;
constexpr Duration resendTime = 1s; // after the server could not store
constexpr std::string_view pingRef = "ping";
// Whoever gives a password may be held back for a minute.
constexpr Duration helloTime = 15s;
constexpr Duration judgeTime = 90s;
// A connection that has stood so long was a good one.
constexpr Duration goodTime = 5s;

std::string newPrefix() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

bool isPrivate(const ClientConfig& config, int fd) {
    return isUnix(config.endpoint.transport) || SocketAddress::peerOf(fd).isLoopback();
}

} // namespace

ChatClient::ChatClient(Reactor& reactor, ConnectionId id, ChatClientConfig config,
                       ChatClientObserver& observer)
    : m_reactor(reactor),
      m_id(id),
      m_config(std::move(config)),
      m_observer(observer),
      m_delay(std::random_device()()),
      m_reconnect(reactor.timers(), [this] { open(); }),
      m_resend(reactor.timers(), [this] { sendUnstored(); }),
      m_leaveLimit(reactor.timers(), [this] { finishLeaving(); }),
      m_helloLimit(reactor.timers(), [this] { helloOver(); }),
      m_silence(reactor.timers(), [this] { checkSilence(); }),
      m_heartbeat(reactor.timers(), [this] { ping(); }),
      m_resume(m_config.resume),
      m_prefix(m_config.prefix.empty() ? newPrefix() : m_config.prefix) {
    --m_id.number; // open() counts
    m_rooms.try_emplace(m_config.room);
    for (const auto& [name, last] : m_config.rooms)
        m_rooms[name] = {.have = last, .isKnown = last != 0};
}

ChatClient::~ChatClient() = default;

void ChatClient::start() {
    open();
}

void ChatClient::open() {
    ++m_id.number;
    ClientConfig config = m_config.client;
    config.tee = m_observer.opened(m_id);
    config.framing = *Framing::parse("message");
    config.masks = {std::make_shared<ChatMask>(ChatMask::Form::Json),
                    std::make_shared<ChatMask>(ChatMask::Form::Json)};
    m_guard = {};
    m_session = std::make_unique<ClientSession>(m_reactor, m_id, std::move(config),
                                                static_cast<ClientObserver*>(this));
    m_session->start();
}

void ChatClient::retryNow() {
    if (!m_reconnect.isActive())
        return;
    m_reconnect.stop();
    open();
}

void ChatClient::setReceiving(bool receiving) {
    m_isReceiving = receiving;
    m_lastHeard = m_lastReceived = m_reactor.turnTime(); // what waits is to be read first
    if (m_session)
        m_session->setReceiving(receiving);
}

void ChatClient::request(const ChatRequest& request) {
    static const std::array header{HeaderField{"content-type", "text/json"},
                                   HeaderField{"content-encoding", "utf-8"}};
    m_heartbeat.stop();
    if (!m_session || m_session->hasEnded())
        return;
    m_guard.asked(request);
    m_session->send(Message{.content = bytesOf(chatRequestText(request)), .header = header});
}

void ChatClient::ask(const ChatRequest& asked) {
    if (m_isIn)
        request(asked);
}

void ChatClient::attemptFailed(const std::string& address, const Error& error) {
    m_observer.attemptFailed(address, error);
}

void ChatClient::connected(const std::string& local, const std::string& peer) {
    m_observer.connected(local, peer, isPrivate(m_config.client, m_session->fd()));
    m_session->setReceiving(m_isReceiving);
    m_helloLimit.start(m_reactor.turnTime() + (m_config.password.empty() ? helloTime : judgeTime));
    request({.action = Action::Hello,
             .name = m_name.empty() ? m_config.name : m_name,
             .password = m_config.password,
             .resume = m_resume,
             .hasHeartbeat = true});
}

void ChatClient::messageReceived(const Message& message) {
    if (m_broken.code)
        return; // it came in the same receive
    m_lastHeard = m_reactor.turnTime();
    const auto event = readChatEvent(textOf(message.content));
    const bool isPong = event && event->kind == Kind::Pong;
    if (!isPong && !m_heartbeat.isActive())
        m_heartbeat.start(m_reactor.turnTime() + m_config.heartbeat);
    if (!event) {
        if (!m_isIn) // else it is of a later version
            breakOff("the answer to the hello is not of a chat");
        return;
    }
    if (const auto fault = m_guard.faultOf(*event); !fault.empty()) {
        breakOff(std::string(fault));
        return;
    }
    take(*event);
}

void ChatClient::take(const ChatEvent& event) {
    switch (event.kind) {
    case Kind::Welcome:
        welcomed(event);
        break;
    case Kind::Joined:
        joined(event);
        break;
    case Kind::Past:
        past(event);
        return;
    case Kind::Stored:
        stored(event);
        return;
    case Kind::Pong:
        if (event.ref == pingRef)
            return;
        break;
    case Kind::Message:
        if (const auto it = m_rooms.find(event.room); it != m_rooms.end())
            arrived(it->second, {event.room, event.id, event.time, event.name, event.text});
        return;
    case Kind::Refused:
        m_observer.told(event);
        refused(event);
        return;
    case Kind::Closing:
        m_lastWord = event.text;
        m_isBarred = event.code == ChatCode::Banned || event.code == ChatCode::Kicked ||
                     event.code == ChatCode::Replaced || event.code == ChatCode::BadRequest;
        break;
    default:
        break;
    }
    m_observer.told(event);
}

void ChatClient::welcomed(const ChatEvent& event) {
    m_name = event.name;
    if (std::exchange(m_isIn, true))
        return; // another name
    m_resume = event.resume;
    m_wasIn = true;
    m_helloLimit.stop();
    watchSilence(m_reactor.turnTime() + m_config.silence);
    m_welcomedAt = m_reactor.turnTime();
    for (const auto& [name, room] : m_rooms)
        request({.action = Action::Join, .ref = name, .room = name});
}

void ChatClient::join(const std::string& room) {
    m_rooms.try_emplace(room);
    if (m_isIn)
        request({.action = Action::Join, .ref = room, .room = room});
}

void ChatClient::part(const std::string& room) {
    m_rooms.erase(room);
    refuseUnstored(room, false, ChatCode::NotInRoom, "you have left the room");
    if (m_isIn)
        request({.action = Action::Leave, .room = room});
}

/// An answer may be there that is not read yet.
void ChatClient::helloOver() {
    if (m_isReceiving)
        breakOff("no answer to the hello");
    else
        m_helloLimit.start(m_reactor.turnTime() + helloTime);
}

void ChatClient::watchSilence(TimePoint until) {
    m_silentUntil = until;
    m_silence.start(until);
}

void ChatClient::checkSilence() {
    const TimePoint now = m_reactor.turnTime();
    const bool isSilent = m_isReceiving && now - m_lastHeard >= m_config.silence;
    // Whoever was stopped meanwhile has not read the answer that may be there.
    const bool isLate = now - m_silentUntil > m_config.silence / 4;
    if (isSilent && m_lastAsked > m_lastReceived && !isLate) {
        m_isGivenUp = true;
        m_session->reset();
        return;
    }
    if (isSilent) {
        ping();
        m_lastAsked = now;
    }
    watchSilence((isSilent || !m_isReceiving ? now : m_lastHeard) + m_config.silence);
}

void ChatClient::ping() {
    request({.action = Action::Ping, .ref = std::string(pingRef)});
}

/// Whoever answers is no chat.
void ChatClient::breakOff(const std::string& reason) {
    m_isBarred = true;
    m_broken = faultError(Fault::ProtocolBroken, "chat", m_config.client.endpoint.text(), reason);
    m_session->close();
}

void ChatClient::refused(const ChatEvent& event) {
    if (event.action == "hello" && !m_isIn) {
        m_lastWord = event.text;
        // Until the server has seen that the connection before is gone its name is taken.
        m_isBarred = event.code != ChatCode::NameTaken || !m_wasIn;
        m_session->close();
        return;
    }
    if (event.ref == "past") { // without it there would be a gap
        m_session->close();
        return;
    }
    if (event.action == "join") {
        m_rooms.erase(event.ref);
        refuseUnstored(event.ref, true, event.code, event.text);
        return;
    }
    const auto said = std::ranges::find(m_unstored, event.ref, &Said::id);
    if (said == m_unstored.end())
        return;
    const bool isForNow =
        event.code == ChatCode::StorageFull || event.code == ChatCode::StorageFailed;
    if (isForNow) {
        said->isSent = false;
        if (!m_resend.isActive())
            m_resend.start(m_reactor.turnTime() + resendTime);
    } else {
        const Said done = std::move(*said);
        m_unstored.erase(said);
        m_observer.refused(done.tag, done.room, event.code, event.text);
    }
}

void ChatClient::leave() {
    m_isLeaving = true;
    if (m_unstored.empty() || m_isBarred)
        finishLeaving();
    else
        m_leaveLimit.start(m_reactor.turnTime() + leaveTime);
}

void ChatClient::finishLeaving() {
    m_isLeaving = true;
    m_leaveLimit.stop();
    if (m_session && !m_session->hasEnded()) {
        m_session->close();
    } else {
        m_reconnect.stop();
        m_observer.ended(CloseReason::Local, {}, m_lastWord);
    }
}

/// Whoever was in may have been cut off within a message, which breaks the framing.
bool ChatClient::mayReturn(CloseReason reason, bool wasIn) const {
    return m_config.reconnects && m_wasIn && !m_isLeaving && !m_isBarred &&
           (wasIn || reason != CloseReason::Protocol);
}

void ChatClient::ended(CloseReason reason, const Error& error) {
    const bool wasIn = std::exchange(m_isIn, false);
    m_resend.stop();
    m_helloLimit.stop();
    m_silence.stop();
    m_heartbeat.stop();
    for (Said& said : m_unstored)
        said.isSent = false;
    for (auto& [name, room] : m_rooms)
        room.isJoined = false;
    m_reactor.deferDelete(std::move(m_session));
    if (!mayReturn(reason, wasIn)) {
        if (m_broken.code)
            m_observer.ended(CloseReason::Protocol, m_broken, {});
        else
            m_observer.ended(reason, error, m_lastWord);
        return;
    }
    std::set<std::string> left; // rooms in which something was on its way
    for (const Said& said : m_unstored) {
        if (!m_rooms.contains(said.room))
            left.insert(said.room);
    }
    for (const std::string& room : left)
        refuseUnstored(room, true, ChatCode::NotInRoom,
                       "the connection was lost before the answer: it may be stored");
    if (m_reactor.turnTime() - m_welcomedAt > goodTime)
        m_delay.reset();
    const Duration delay = m_delay.next();
    if (std::exchange(m_isGivenUp, false))
        m_observer.interrupted({.code = std::make_error_code(std::errc::timed_out),
                                .operation = "chat",
                                .subject = m_config.client.endpoint.text()},
                               delay);
    else if (reason == CloseReason::Protocol) // cut off within a message, which is no fault of its
        m_observer.interrupted({.code = std::make_error_code(std::errc::connection_reset),
                                .operation = "chat",
                                .subject = m_config.client.endpoint.text()},
                               delay);
    else
        m_observer.interrupted(error, delay);
    m_reconnect.start(m_reactor.turnTime() + delay);
}

} // namespace sscope
