#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "core/reactor/reactor_thread.h"
#include "core/server/chat_owner.h"
#include "core/server/server_config.h"
#include "core/server/session_mail.h"
#include "core/server/source_delays.h"
#include "core/service/chat_access.h"
#include "core/service/chat_rooms.h"
#include "core/storage/chat_store.h"

namespace sscope {

/// The rooms of one server on their thread, with those that store and that judge passwords.
/// Outlives the server's sessions, which reach it from their loops.
class ChatHub final : public ChatOwner, private ChatRooms::Outside {
public:
    /// Opens the history, which blocks. trouble: what a person should know though it is no failure.
    /// stores: whether what is said can be stored, when that changes; called on a thread of the
    /// hub's.
    static Result<std::unique_ptr<ChatHub>> open(const ChatSettings& settings,
                                                 std::vector<Error>& trouble,
                                                 std::function<void(ChatStorageState)> stores);
    ~ChatHub() override;

    // ChatOwner
    void kick(std::string name, std::string reason) override;
    void ban(std::string name, std::string reason) override;
    void liftBan(std::string nameOrSource) override;
    void announce(std::string text) override;
    void notify(std::string name, std::string text) override;
    [[nodiscard]] std::shared_ptr<const ChatOverview> overview() const override;

    // Any thread, for ChatConnection:
    ChatMemberId connect(std::shared_ptr<SessionMail> mail, std::uint32_t session, ChatPeer peer);
    void request(ChatMemberId member, ChatRequest request);
    void disconnect(ChatMemberId member, std::string reason);
    [[nodiscard]] bool needsPassword() const { return m_passwordHash != nullptr; }
    /// Says goodbye to all, then calls done on the hub's thread.
    void stop(std::function<void()> done);

private:
    struct Way {
        std::shared_ptr<SessionMail> mail;
        std::uint32_t session = 0;
    };

    ChatHub(const ChatSettings& settings, std::unique_ptr<ChatHistory> writer,
            std::unique_ptr<ChatHistory> reader, std::function<void(ChatStorageState)> stores);
    Result<void> start();
    /// On the hub's thread.
    void post(std::function<void()> task);
    ChatStore::Tell storeTells();

    // ChatRooms::Outside; the hub's thread
    void deliver(std::span<const ChatMemberId> to, const ChatMail& mail) override;
    void store(ChatEntry entry) override { m_store.append(std::move(entry)); }
    void keepBans(std::vector<ChatBan> bans) override { m_store.keepBans(std::move(bans)); }
    void read(ChatQuery query) override;
    void judge(ChatMemberId member, const std::string& source, std::string password) override;
    [[nodiscard]] WallTime wallTime() const override { return wallNow(); }
    [[nodiscard]] std::string newSecret() override;

    void flush();
    void changed();
    void publish();

    const std::shared_ptr<const std::string> m_passwordHash; // null where none is needed
    const std::function<void(ChatStorageState)> m_stores;
    std::atomic<ChatMemberId> m_lastMember = 0;
    mutable std::mutex m_overviewMutex;
    std::shared_ptr<const ChatOverview> m_overview = std::make_shared<const ChatOverview>();
    ReactorThread m_thread;
    // The hub's thread:
    ChatRooms m_rooms;
    std::unordered_map<ChatMemberId, Way> m_ways;
    std::map<std::shared_ptr<SessionMail>, SessionMail::Letters> m_letters; // of this turn
    std::unordered_map<std::uint64_t, std::size_t> m_limits; // of the reads under way, by token
    bool m_isFlushing = false;
    bool m_isPublishing = false;
    Timer m_publishTimer;
    SourceDelays m_delays;
    ReactorThread m_door; // scrypt takes its time
    ChatStore m_store;    // goes first: it tells the hub what it still writes
};

/// One connection's way to the rooms. Owned by its loop, on its thread.
class ChatConnection final : public ChatAccess {
public:
    ChatConnection(ChatHub& hub, std::shared_ptr<SessionMail> mail, std::uint32_t session,
                   ChatPeer peer);
    ChatConnection(const ChatConnection&) = delete;
    ChatConnection& operator=(const ChatConnection&) = delete;
    ~ChatConnection() { leave({}); }

    void post(ChatRequest request) override { m_hub.request(m_member, std::move(request)); }
    void leave(std::string reason) override;
    [[nodiscard]] bool needsPassword() const override { return m_hub.needsPassword(); }
    [[nodiscard]] bool isPrivate() const override { return m_isPrivate; }

private:
    ChatHub& m_hub;
    const bool m_isPrivate;
    const ChatMemberId m_member;
    bool m_hasLeft = false;
};

} // namespace sscope
