#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "core/client/chat_client.h"
#include "core/reactor/reactor_thread.h"

namespace sscope {

/// What a chat client tells, as values.
namespace chat_news {

/// An attempt to connect begins; in the trace it has this id.
struct Opened {
    ConnectionId connection;
};
struct AttemptFailed {
    std::string address;
    Error error;
};
struct Connected {
    std::string local; // printed endpoints
    std::string peer;
    bool isPrivate = true; // nobody is on the way
};
/// Of one room, by id; at most mostMessages.
struct Messages {
    static constexpr std::size_t mostMessages = 256;
    std::string room;
    std::vector<ChatMessage> messages;
};
struct Stored {
    std::uint64_t tag = 0;
    std::string room;
    std::uint64_t id = 0;
    WallTime time = 0;
};
struct Refused {
    std::uint64_t tag = 0;
    std::string room;
    ChatCode code = ChatCode::BadRequest;
    std::string reason;
};
struct Resumed {
    std::string room;
    ChatResumption how;
};
struct Told {
    ChatEvent event; // without its JSON
};
struct Interrupted {
    Error error;
    Duration delay{};
};
struct Ended {
    CloseReason reason = CloseReason::Local;
    Error error;
    std::string word; // of the server
};

using Event = std::variant<Opened, AttemptFailed, Connected, Messages, Stored, Refused, Resumed,
                           Told, Interrupted, Ended>;

} // namespace chat_news

struct ChatNews {
    TimePoint time; // when it happened
    OwnerId owner = 0;
    std::uint32_t run = 0; // of the client that tells it, as open() was given
    chat_news::Event what;
};

/// Runs chat clients, all on one loop of their own, for one other thread, which commands (each call
/// returns at once) and fetches what they tell. A client is known by its OwnerId. What is not
/// fetched is bounded: over a few MiB nothing more is read from the servers, which keep what they
/// have, or cut a client off that then comes back to where it was. Nothing is dropped here.
class ChatManager {
public:
    struct Limits {
        std::size_t queuedBytes = 8 << 20; // of what waits to be fetched
    };
    /// wake is called on the loop's thread when there is something to fetch, and was nothing; it
    /// must not block.
    ChatManager(TraceSink& outbox, std::function<void()> wake, Limits limits);
    ChatManager(TraceSink& outbox, std::function<void()> wake)
        : ChatManager(outbox, std::move(wake), Limits()) {}
    ~ChatManager();

    /// In place of the client that the owner has, if any; the run tells what this one tells from
    /// what was told before. The numbers of an owner's connections go on counting. Fails where the
    /// system gives no thread or descriptor for the loop.
    Result<void> open(OwnerId owner, std::uint32_t run, ChatClientConfig config);
    /// What each of the owner's connections that begins from now on tells all it moves, as
    /// ChatClientObserver::opened() says. Called on the loop's thread, before a byte is moved;
    /// empty for nobody.
    using MakeTee = std::function<std::shared_ptr<ByteTee>(ConnectionId)>;
    void tee(OwnerId owner, MakeTee makeTee);
    void say(OwnerId owner, std::string room, std::string text, std::uint64_t tag);
    void join(OwnerId owner, std::string room);
    void part(OwnerId owner, std::string room);
    void ask(OwnerId owner, ChatRequest request);
    void retryNow(OwnerId owner);
    /// Ends once what was said is stored, at most 2 s later; told by Ended.
    void leave(OwnerId owner);
    /// The same, and nothing more is told of it.
    void forget(OwnerId owner);
    /// What was told since the last call, in order.
    std::vector<ChatNews> take();
    /// Ends all at once.
    void stopAndJoin();

private:
    class Client;
    void withClient(OwnerId owner, std::function<void(ChatClient&)> action);
    void push(ChatNews news, std::size_t bytes);
    bool mergeWithLast(ChatNews& news);
    bool isHeld();
    void followHold();
    void drop(OwnerId owner);
    [[nodiscard]] std::shared_ptr<ByteTee> teeOf(ConnectionId id) const;

    const std::function<void()> m_wake;
    const Limits m_limits;
    ReactorThread m_thread;
    bool m_started = false;
    std::mutex m_mutex;
    std::vector<ChatNews> m_news; // with the two that follow under the lock
    std::size_t m_queuedBytes = 0;
    bool m_isHeld = false; // nothing is read
    // The loop's thread only:
    std::map<OwnerId, std::unique_ptr<Client>> m_clients;
    /// What an owner's next client has from the ones before.
    struct Heritage {
        std::uint32_t number = 0; // of the last connection
        Endpoint endpoint{};
        std::string resume{};
    };
    std::map<OwnerId, Heritage> m_heritage;
    std::map<OwnerId, MakeTee> m_makeTees;
    std::vector<std::unique_ptr<Client>> m_leaving; // of which nothing is told
};

} // namespace sscope
