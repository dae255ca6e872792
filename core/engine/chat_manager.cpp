#include "core/engine/chat_manager.h"

#include <algorithm>
#include <utility>

namespace sscope {

namespace {

// Of a value beside its text.
constexpr std::size_t overhead = 256;

std::size_t sizeOf(const std::vector<ChatMessage>& messages) {
    std::size_t bytes = 0;
    for (const ChatMessage& message : messages)
        bytes += overhead + message.text.size();
    return bytes;
}

} // namespace

/// One chat client, and the way of what it tells to the queue. On the loop's thread.
class ChatManager::Client final : private ChatClientObserver {
public:
    Client(ChatManager& manager, ConnectionId id, std::uint32_t run, ChatClientConfig config)
        : m_manager(manager),
          m_owner(id.owner),
          m_run(run),
          m_chat(manager.m_thread.reactor(), id, std::move(config),
                 static_cast<ChatClientObserver&>(*this)) {}

    ChatClient& chat() { return m_chat; }
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    void silence() { m_isSilent = true; }

private:
    void tell(chat_news::Event what, std::size_t bytes = overhead) {
        if (!m_isSilent)
            m_manager.push({SteadyClock::now(), m_owner, m_run, std::move(what)}, bytes);
    }

    std::shared_ptr<ByteTee> opened(ConnectionId id) override {
        m_manager.m_heritage[id.owner].number = id.number;
        tell(chat_news::Opened{id});
        return m_manager.teeOf(id);
    }
    void attemptFailed(const std::string& address, const Error& error) override {
        tell(chat_news::AttemptFailed{address, error});
    }
    void connected(const std::string& local, const std::string& peer, bool isPrivate) override {
        tell(chat_news::Connected{local, peer, isPrivate});
    }
    void messages(const std::string& room, const std::vector<ChatMessage>& messages) override {
        constexpr std::size_t most = chat_news::Messages::mostMessages;
        for (std::size_t i = 0; i < messages.size(); i += most) {
            const auto first = messages.begin() + static_cast<std::ptrdiff_t>(i);
            const auto count = static_cast<std::ptrdiff_t>(std::min(most, messages.size() - i));
            std::vector<ChatMessage> some(first, first + count);
            const std::size_t bytes = sizeOf(some);
            tell(chat_news::Messages{room, std::move(some)}, bytes);
        }
    }
    void stored(std::uint64_t tag, const std::string& room, std::uint64_t id,
                WallTime time) override {
        tell(chat_news::Stored{tag, room, id, time});
    }
    void refused(std::uint64_t tag, const std::string& room, ChatCode code,
                 const std::string& reason) override {
        tell(chat_news::Refused{tag, room, code, reason});
    }
    void resumed(const std::string& room, const ChatResumption& how) override {
        tell(chat_news::Resumed{room, how});
    }
    void told(const ChatEvent& event) override {
        if (event.kind == ChatEvent::Kind::Welcome && !m_isSilent) // else another is there
            m_manager.m_heritage[m_owner].resume = m_chat.resume();
        ChatEvent copy = event;
        const std::size_t bytes = overhead + copy.json.size();
        copy.json.clear();
        copy.resume.clear(); // a secret
        tell(chat_news::Told{std::move(copy)}, bytes);
    }
    void interrupted(const Error& error, Duration delay) override {
        tell(chat_news::Interrupted{error, delay});
    }
    void ended(CloseReason reason, const Error& error, const std::string& word) override {
        m_hasEnded = true;
        tell(chat_news::Ended{reason, error, word});
    }

    ChatManager& m_manager;
    const OwnerId m_owner;
    const std::uint32_t m_run;
    bool m_isSilent = false;
    bool m_hasEnded = false;
    ChatClient m_chat;
};

ChatManager::ChatManager(TraceSink& outbox, std::function<void()> wake, Limits limits)
    : m_wake(std::move(wake)),
      m_limits(limits),
      m_thread("chats", PollerKind::Epoll, TraceBatch(&outbox, TraceBatch::Detail::Log)) {}

ChatManager::~ChatManager() {
    stopAndJoin();
}

Result<void> ChatManager::open(OwnerId owner, std::uint32_t run, ChatClientConfig config) {
    if (!m_started) {
        auto started = m_thread.start([this] {
            m_clients.clear();
            m_leaving.clear();
        });
        if (!started)
            return started;
        m_started = true;
    }
    m_thread.reactor().post([this, owner, run, config = std::move(config)]() mutable {
        drop(owner);
        Heritage& past = m_heritage[owner];
        if (past.endpoint == config.client.endpoint)
            config.resume = past.resume;
        past = {.number = past.number, .endpoint = config.client.endpoint};
        auto& client = m_clients[owner];
        client = std::make_unique<Client>(*this, ConnectionId{owner, past.number + 1}, run,
                                          std::move(config));
        client->chat().setReceiving(!isHeld());
        client->chat().start();
    });
    return {};
}

/// What it has said may still be on its way.
void ChatManager::drop(OwnerId owner) {
    std::erase_if(m_leaving, [](const auto& client) { return client->hasEnded(); });
    auto node = m_clients.extract(owner);
    if (node.empty() || node.mapped()->hasEnded())
        return;
    node.mapped()->silence();
    node.mapped()->chat().setReceiving(true);
    node.mapped()->chat().leave();
    m_leaving.push_back(std::move(node.mapped()));
}

void ChatManager::withClient(OwnerId owner, std::function<void(ChatClient&)> action) {
    m_thread.reactor().post([this, owner, action = std::move(action)] {
        const auto it = m_clients.find(owner);
        if (it != m_clients.end() && !it->second->hasEnded())
            action(it->second->chat());
    });
}

void ChatManager::tee(OwnerId owner, MakeTee makeTee) {
    m_thread.reactor().post([this, owner, makeTee = std::move(makeTee)]() mutable {
        if (makeTee)
            m_makeTees[owner] = std::move(makeTee);
        else
            m_makeTees.erase(owner);
    });
}

std::shared_ptr<ByteTee> ChatManager::teeOf(ConnectionId id) const {
    const auto it = m_makeTees.find(id.owner);
    return it == m_makeTees.end() ? nullptr : it->second(id);
}

void ChatManager::say(OwnerId owner, std::string room, std::string text, std::uint64_t tag) {
    withClient(owner, [room = std::move(room), text = std::move(text), tag](ChatClient& chat) {
        chat.say(room, text, tag);
    });
}

void ChatManager::join(OwnerId owner, std::string room) {
    withClient(owner, [room = std::move(room)](ChatClient& chat) { chat.join(room); });
}

void ChatManager::part(OwnerId owner, std::string room) {
    withClient(owner, [room = std::move(room)](ChatClient& chat) { chat.part(room); });
}

void ChatManager::ask(OwnerId owner, ChatRequest request) {
    withClient(owner, [request = std::move(request)](ChatClient& chat) { chat.ask(request); });
}

void ChatManager::retryNow(OwnerId owner) {
    withClient(owner, [](ChatClient& chat) { chat.retryNow(); });
}

void ChatManager::leave(OwnerId owner) {
    withClient(owner, [](ChatClient& chat) { chat.leave(); });
}

void ChatManager::forget(OwnerId owner) {
    m_thread.reactor().post([this, owner] { drop(owner); });
}

/// What is said in one room at one time is handed over together.
bool ChatManager::mergeWithLast(ChatNews& news) {
    auto* const messages = std::get_if<chat_news::Messages>(&news.what);
    if (!messages || m_news.empty() || m_news.back().owner != news.owner ||
        m_news.back().run != news.run)
        return false;
    auto* const last = std::get_if<chat_news::Messages>(&m_news.back().what);
    if (!last || last->room != messages->room ||
        last->messages.size() + messages->messages.size() > chat_news::Messages::mostMessages)
        return false;
    std::ranges::move(messages->messages, std::back_inserter(last->messages));
    return true;
}

void ChatManager::push(ChatNews news, std::size_t bytes) {
    bool wasEmpty = false;
    bool mustHold = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_news.empty();
        if (!mergeWithLast(news))
            m_news.push_back(std::move(news));
        m_queuedBytes += bytes;
        mustHold = m_queuedBytes > m_limits.queuedBytes && !std::exchange(m_isHeld, true);
    }
    if (wasEmpty)
        m_wake();
    if (mustHold) // not from within what a client tells
        m_thread.reactor().post([this] { followHold(); });
}

std::vector<ChatNews> ChatManager::take() {
    std::vector<ChatNews> news;
    bool mayGoOn = false;
    {
        const std::lock_guard lock(m_mutex);
        news.swap(m_news);
        m_queuedBytes = 0;
        mayGoOn = std::exchange(m_isHeld, false);
    }
    if (mayGoOn)
        m_thread.reactor().post([this] { followHold(); });
    return news;
}

bool ChatManager::isHeld() {
    const std::lock_guard lock(m_mutex);
    return m_isHeld;
}

/// As it is now: what was fetched meanwhile may have been told of first.
void ChatManager::followHold() {
    const bool receives = !isHeld();
    for (const auto& [owner, client] : m_clients) {
        if (!client->hasEnded())
            client->chat().setReceiving(receives);
    }
}

void ChatManager::stopAndJoin() {
    m_thread.stopAndJoin();
}

} // namespace sscope
