#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/client/chat_guard.h"
#include "core/client/client_session.h"
#include "core/client/reconnect_delay.h"
#include "core/service/chat_protocol.h"

namespace sscope {

struct ChatClientConfig {
    ClientConfig client{}; // its framing is set
    std::string name{};
    std::string password{};
    std::string room{std::string(firstChatRoom)}; // joined first
    std::size_t past = usualChatHistory;          // messages of a room shown when it is joined
    bool reconnects = true;
    /// Where nothing is heard so long, the server is asked; after as long again without a byte the
    /// connection is given up: a network that is gone says nothing.
    Duration silence = std::chrono::seconds(20);
    /// Within so long of being told something it says something: a server gives up who is silent
    /// for 30 s.
    Duration heartbeat = std::chrono::seconds(10);
    /// Joined too, each from the last message that is known on; 0 where none is.
    std::map<std::string, std::uint64_t> rooms{};
    /// What the ids of the messages that are said begin with, where what was said before is said
    /// again; empty for a new one.
    std::string prefix{};
    /// The secret of an earlier client of this person (ChatClient::resume()), whose name is taken
    /// over; empty for none.
    std::string resume{};
};

/// How a room was come back to.
struct ChatResumption {
    std::uint64_t after = 0;   // the last message that was known
    std::uint64_t upTo = 0;    // the last that there was then
    std::uint64_t missing = 0; // of those between, how many are kept no more
    bool isAnew = false;       // the server has begun another history
};

/// Hears of a chat, on its thread.
class ChatClientObserver {
public:
    /// An attempt to connect begins; in the trace it has this id. What is given back is told all
    /// that the connection moves, its secrets hidden; null for none.
    virtual std::shared_ptr<ByteTee> opened(ConnectionId) { return {}; }
    virtual void connecting(const std::string& /*address*/) {}
    virtual void attemptFailed(const std::string& /*address*/, const Error&) {}
    /// isPrivate: nobody is on the way. Called before anything is sent, the password too.
    virtual void connected(const std::string& /*local*/, const std::string& /*peer*/,
                           bool /*isPrivate*/) {}
    /// Messages of one room in the order of their ids, each once, without a gap: those of others,
    /// and one's own once they are stored; whatever connections they came over. Of a room that is
    /// joined for the first time the last ones come first.
    virtual void messages(const std::string& /*room*/, const std::vector<ChatMessage>&) {}
    /// What was said with the tag is durable; messages() tells it too, once.
    virtual void stored(std::uint64_t /*tag*/, const std::string& /*room*/, std::uint64_t /*id*/,
                        WallTime) {}
    /// It will not be stored; told() has the server's answer, where there was one.
    virtual void refused(std::uint64_t /*tag*/, const std::string& /*room*/, ChatCode,
                         const std::string& /*reason*/) {}
    /// A room is whole again after a cut, before messages() tells what came meanwhile.
    virtual void resumed(const std::string& /*room*/, const ChatResumption&) {}
    /// Everything else that the server says, as it comes; Message and Stored do not come here.
    virtual void told(const ChatEvent&) {}
    /// The connection is lost; the next attempt is made after the delay.
    virtual void interrupted(const Error&, Duration /*delay*/) {}
    /// For good; reason is the server's word, where it has said one.
    virtual void ended(CloseReason, const Error&, const std::string& /*reason*/) {}

protected:
    ~ChatClientObserver() = default;
};

/// One person in a chat: says hello, joins, keeps what is said until it is stored, and connects
/// anew where a connection is lost, from where the last one ended. Used on its reactor's thread.
class ChatClient final : private ClientObserver {
public:
    ChatClient(Reactor& reactor, ConnectionId id, ChatClientConfig config,
               ChatClientObserver& observer);
    ~ChatClient();

    void start();
    /// Ends once what was said is stored, at most 2 s later.
    void leave();

    /// The next attempt now, where it waits for one.
    void retryNow();
    /// While it is false nothing is read: the server keeps what it has for us, or cuts us off, and
    /// we come back to where we were.
    void setReceiving(bool receiving);

    /// Kept, and sent again on the next connection, until it is stored; once. In a room that one is
    /// not in it is refused. The tag is the caller's; 0 for none.
    void say(const std::string& room, const std::string& text, std::uint64_t tag = 0);
    void join(const std::string& room);
    void part(const std::string& room);
    /// Any other request; dropped where there is no connection.
    void ask(const ChatRequest& request);
    [[nodiscard]] bool isIn() const { return m_isIn; }
    [[nodiscard]] const std::string& resume() const { return m_resume; }
    [[nodiscard]] std::size_t unstored() const { return m_unstored.size(); }

private:
    struct Room {
        std::uint64_t have = 0; // all up to here has been told
        bool isKnown = false;   // have means something
        bool isCatchingUp = false;
        bool isJoined = false;                          // on this connection
        std::uint64_t target = 0;                       // what was there when it was joined
        std::map<std::uint64_t, ChatMessage> waiting{}; // came meanwhile
        std::optional<ChatResumption> resumption{};     // until all before target has come
        std::vector<ChatMessage> caughtUp{};            // of it, what has
        std::size_t held = 0;                           // bytes of waiting and caughtUp
    };
    struct Said {
        std::string room;
        std::string text;
        std::string id;
        std::uint64_t tag = 0;
        bool isSent = false;
    };

    // ClientObserver
    void attemptStarted(const std::string& address) override { m_observer.connecting(address); }
    void attemptFailed(const std::string& address, const Error& error) override;
    void connected(const std::string& local, const std::string& peer) override;
    void bytesReceived(std::size_t) override { m_lastReceived = m_reactor.turnTime(); }
    void messageReceived(const Message& message) override;
    void ended(CloseReason reason, const Error& error) override;

    void open();
    void request(const ChatRequest& request);
    void take(const ChatEvent& event);
    void welcomed(const ChatEvent& event);
    void joined(const ChatEvent& event);
    void past(const ChatEvent& event);
    void stored(const ChatEvent& event);
    void refused(const ChatEvent& event);
    void refuseUnstored(const std::string& room, bool withSent, ChatCode code,
                        const std::string& reason);
    void helloOver();
    void watchSilence(TimePoint until);
    void checkSilence();
    void ping();
    void breakOff(const std::string& reason);
    void arrived(Room& room, ChatMessage message);
    bool mayHold(Room& room, std::size_t bytes);
    void askPast(const std::string& name, const Room& room);
    void finishCatchingUp(const std::string& name, Room& room);
    void sendUnstored();
    [[nodiscard]] std::set<std::string> roomsHeld() const;
    [[nodiscard]] bool mayReturn(CloseReason reason, bool wasIn) const;
    void finishLeaving();

    Reactor& m_reactor;
    ConnectionId m_id; // of the attempt under way; its numbers count them
    const ChatClientConfig m_config;
    ChatClientObserver& m_observer;
    std::unique_ptr<ClientSession> m_session;
    ChatGuard m_guard; // of the session
    ReconnectDelay m_delay;
    Timer m_reconnect;
    Timer m_resend;
    Timer m_leaveLimit;
    Timer m_helloLimit;
    Timer m_silence;
    Timer m_heartbeat;       // runs while the server has told something, and nothing was said since
    TimePoint m_silentUntil; // when m_silence is due
    TimePoint m_lastHeard;   // a whole message
    TimePoint m_lastReceived; // any byte: a long answer comes slowly over a slow line
    TimePoint m_lastAsked;    // because of a silence
    bool m_isGivenUp = false; // nothing was heard
    TimePoint m_welcomedAt;
    std::string m_name; // as the server writes it
    std::string m_resume;
    std::string m_prefix; // of the ids of what this client says
    std::uint64_t m_lastId = 0;
    std::map<std::string, Room> m_rooms;
    std::deque<Said> m_unstored;
    std::string m_lastWord; // of the server
    Error m_broken;         // it has said what no chat says
    bool m_isIn = false;
    bool m_isBarred = false; // coming back would not help
    bool m_isLeaving = false;
    bool m_wasIn = false;
    bool m_isReceiving = true;
};

} // namespace sscope
