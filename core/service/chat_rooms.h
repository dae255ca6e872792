#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/chat_ban.h"
#include "core/service/chat_name.h"
#include "core/service/chat_protocol.h"

namespace sscope {

/// One connection, as long as the server runs.
using ChatMemberId = std::uint64_t;

/// Where a connection comes from.
struct ChatPeer {
    std::uint32_t connection = 0; // number of its ConnectionId
    std::string source{};         // as connectionSource() says it
    bool isPrivate = true;        // loopback or a Unix socket: nobody is on the way
    bool isMachine = true;        // the source is all of this machine, which no ban shuts out
};

/// For the owner's panel. A value.
struct ChatPerson {
    ChatMemberId member = 0;
    std::string name{};
    std::string source{};
    bool usesLines = false;        // ncat or telnet
    std::uint32_t connection = 0;  // number of its ConnectionId
    bool isOfOtherMachine = false; // a ban shuts out the source too
    std::vector<std::string> rooms{};
};
struct ChatOverview {
    std::vector<ChatPerson> people{};
    std::vector<ChatRoomInfo> rooms{};
    std::vector<ChatBan> bans{}; // of names, then of sources
    std::uint64_t notices = 0;   // that the owner has given
    std::size_t heard = 0;       // how many people the last of them went to
    ChatStorageState storage = ChatStorageState::Good;
};

/// The rooms of a server, who is in them, and what is said: sans I/O, without a thread or a clock.
/// Owned by the hub, on its thread.
class ChatRooms {
public:
    /// What the rooms cause.
    class Outside {
    public:
        virtual void deliver(std::span<const ChatMemberId> to, const ChatMail& mail) = 0;
        /// stored() or readDone() comes later, with the token.
        virtual void store(ChatEntry entry) = 0;
        virtual void read(ChatQuery query) = 0;
        /// Judges a password; judged() comes later.
        virtual void judge(ChatMemberId member, const std::string& source,
                           std::string password) = 0;
        [[nodiscard]] virtual WallTime wallTime() const = 0;
        /// All that hold now, to be there again after a restart.
        virtual void keepBans(std::vector<ChatBan> bans) = 0;
        /// A secret that nobody guesses.
        [[nodiscard]] virtual std::string newSecret() = 0;

    protected:
        ~Outside() = default;
    };

    ChatRooms(Outside& outside, bool needsPassword, const std::vector<ChatRoomRecord>& stored);

    void connected(ChatMemberId member, ChatPeer peer);
    void request(ChatMemberId member, ChatRequest request);
    void gone(ChatMemberId member, const std::string& reason);

    enum class Verdict { Right, Wrong, NotYet };
    void judged(ChatMemberId member, Verdict verdict, Duration delay);
    void stored(std::span<const ChatStored> results);
    /// At most limit messages, and one more where there are more.
    void readDone(std::uint64_t token, std::vector<ChatMessage> messages, std::size_t limit,
                  bool hasFailed);
    void storageChanged(ChatStorageState state);

    /// Those of before a restart.
    void restoreBans(const std::vector<ChatBan>& bans);

    // The owner's; a name is looked up without case. False where nobody has it.
    bool kick(const std::string& name, const std::string& reason);
    /// The name, and the source where it is not all of this machine.
    bool ban(const std::string& name, const std::string& reason);
    void liftBan(const std::string& nameOrSource);
    void announce(const std::string& text);
    /// A notice to one.
    bool notify(const std::string& name, const std::string& text);
    /// What the last of them hear.
    void stop();
    [[nodiscard]] ChatOverview overview() const;

private:
    struct Member {
        ChatPeer peer;
        ChatName name{}; // empty before hello
        std::string secret{};
        std::set<std::string> rooms{}; // keys
        ChatRequest hello{};           // while it is judged
        bool usesLines = false;        // ncat or telnet
        bool isLeaving = false;        // told to close
    };
    struct Room {
        std::string name;
        std::string topic{};
        std::uint64_t last = 0;
        bool isStored = false;
        std::set<ChatMemberId> members{};
    };
    struct Pending {
        ChatMemberId member = 0;
        ChatEntry entry{};
        std::string ref{};
        std::string roomKey{};
        bool isSearch = false;
        bool isFromEnd = false;
    };

    using Action = ChatRequest::Action;

    void hello(ChatMemberId id, Member& member, ChatRequest request);
    bool shutsOut(ChatMemberId id, Member& member, const ChatName& name);
    void rename(ChatMemberId id, Member& member, const ChatRequest& request, const ChatName& name);
    [[nodiscard]] ChatEvent welcome(const Member& member, const std::string& ref) const;
    void admit(ChatMemberId id, Member& member);
    bool makeRoomFor(const ChatName& name, const std::string& resume);
    void join(ChatMemberId id, Member& member, const ChatRequest& request);
    void leave(ChatMemberId id, Member& member, const ChatRequest& request);
    /// left says why; who and where is added.
    void leaveRoom(ChatMemberId id, const Member& member, const std::string& key, ChatEvent left);
    void say(ChatMemberId id, const Member& member, const ChatRequest& request);
    void direct(ChatMemberId id, const Member& member, const ChatRequest& request);
    void who(ChatMemberId id, const ChatRequest& request);
    void listRooms(ChatMemberId id, const ChatRequest& request);
    void topic(ChatMemberId id, const Member& member, const ChatRequest& request);
    void history(ChatMemberId id, const ChatRequest& request);
    void topicStored(const Pending& pending);
    void messageStored(const Pending& pending, const ChatStored& result);

    /// The room where the member is; else null, and it has been told why.
    Room* ownRoom(ChatMemberId id, const Member& member, const ChatRequest& request,
                  std::string& key);
    void tell(ChatMemberId id, ChatEvent event);
    void refuse(ChatMemberId id, const ChatRequest& request, ChatCode code, std::string reason);
    /// said: the owner's own words, where there are any.
    void dismiss(ChatMemberId id, Member& member, ChatCode code, const std::string& said = {});
    void tellRoom(const Room& room, ChatMemberId except, ChatEvent event);
    /// Who is there, into an answer.
    void addPeople(const Room& room, ChatEvent& event) const;
    [[nodiscard]] std::vector<ChatRoomInfo> roomInfos(std::size_t most) const;
    void dropIfEmpty(const std::string& key);
    [[nodiscard]] std::vector<ChatBan> bans() const;
    /// Null where neither is banned.
    [[nodiscard]] const ChatBan* banOf(const ChatName& name, const std::string& source) const;
    void giveNotice(std::span<const ChatMemberId> to, const std::string& text);

    Outside& m_outside;
    const bool m_needsPassword;
    std::unordered_map<ChatMemberId, Member> m_members;
    std::map<std::string, ChatMemberId> m_byName; // key
    std::map<std::string, Room> m_rooms;          // by key
    std::unordered_map<std::uint64_t, Pending> m_pending;
    std::uint64_t m_lastToken = 0;
    std::map<std::string, ChatBan> m_bannedNames; // by key
    std::map<std::string, ChatBan> m_bannedSources;
    std::uint64_t m_notices = 0;
    std::size_t m_heard = 0; // the last of them
    ChatStorageState m_storage = ChatStorageState::Good;
};

} // namespace sscope
