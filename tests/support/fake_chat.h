#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/service/chat_handler.h"
#include "core/service/chat_rooms.h"

namespace sscope::test {

/// Rooms whose storage is a list, and whose mail is kept for each member.
class FakeHub final : public ChatRooms::Outside {
public:
    explicit FakeHub(bool needsPassword = false) : rooms(*this, needsPassword, {}) {}

    void deliver(std::span<const ChatMemberId> to, const ChatMail& mail) override {
        for (const ChatMemberId id : to)
            mails[id].push_back(mail);
    }
    void store(ChatEntry entry) override { entries.push_back(std::move(entry)); }
    void read(ChatQuery query) override { queries.push_back(std::move(query)); }
    void judge(ChatMemberId member, const std::string&, std::string password) override {
        judged.emplace_back(member, std::move(password));
    }
    void keepBans(std::vector<ChatBan> bans) override { kept = std::move(bans); }
    [[nodiscard]] WallTime wallTime() const override { return 1'000'000'000; }
    [[nodiscard]] std::string newSecret() override { return "secret" + std::to_string(++secrets); }

    /// All that waits is durable.
    void storeAll(ChatStored::Outcome outcome = ChatStored::Outcome::New) {
        std::vector<ChatStored> results;
        for (const ChatEntry& entry : std::exchange(entries, {}))
            results.push_back({entry.token, outcome,
                               outcome == ChatStored::Outcome::New ? ++lastId : lastId,
                               entry.time});
        rooms.stored(results);
    }
    void enter(ChatMemberId id, const std::string& name, const std::string& room = "den") {
        rooms.connected(id, {.source = "10.0.0." + std::to_string(id), .isMachine = false});
        rooms.request(id, {.action = ChatRequest::Action::Hello, .name = name});
        rooms.request(id, {.action = ChatRequest::Action::Join, .room = room});
    }
    std::vector<ChatEvent::Kind> kinds(ChatMemberId id) {
        std::vector<ChatEvent::Kind> all;
        for (const ChatMail& mail : mails[id])
            all.push_back(mail->kind);
        return all;
    }
    ChatEvent last(ChatMemberId id) { return *mails[id].back(); }

    std::map<ChatMemberId, std::vector<ChatMail>> mails;
    std::vector<ChatEntry> entries;
    std::vector<ChatQuery> queries;
    std::vector<ChatBan> kept;
    std::vector<std::pair<ChatMemberId, std::string>> judged;
    std::uint64_t lastId = 0;
    int secrets = 0;
    ChatRooms rooms;
};

class FakeAccess final : public ChatAccess {
public:
    void post(ChatRequest request) override { posted.push_back(std::move(request)); }
    void leave(std::string reason) override { left = std::move(reason); }
    [[nodiscard]] bool needsPassword() const override { return hasPassword; }
    [[nodiscard]] bool isPrivate() const override { return isLocal; }

    std::deque<ChatRequest> posted;
    std::optional<std::string> left;
    bool hasPassword = false;
    bool isLocal = true;
};

/// A handler with its context; messages come from a codec, as from a socket.
struct Talk {
    class Context final : public RequestContext {
    public:
        using RequestContext::send;
        void send(const Message& message) override {
            if (!closed)
                sent.emplace_back(textOf(message.content));
        }
        [[nodiscard]] bool hasRoom() const override { return room; }
        void close() override { closed = true; }
        void giveUp() override { givenUp = true; }
        void finishSending() override {}
        void tellProtocolError(std::string reason) override { protocolError = std::move(reason); }
        [[nodiscard]] TimePoint now() const override { return time; }
        [[nodiscard]] WallTime wallTime() const override { return 0; }
        [[nodiscard]] std::string workerName() const override { return {}; }
        void setTimer(Duration delay) override { timer = delay; }
        JobToken submit(Job) override { return noJob; }
        [[nodiscard]] bool isDatagram() const override { return false; }
        ChatAccess* chatAccess() override { return &access; }
        void setReceiving(bool on) override { receiving = on; }

        FakeAccess access;
        TimePoint time = TimePoint() + std::chrono::hours(1);
        std::vector<std::string> sent;
        std::string protocolError;
        std::optional<Duration> timer;
        bool closed = false;
        bool givenUp = false;
        bool receiving = true;
        bool room = true;
    };

    Talk() { handler.setup(context); }
    void line(std::string_view text) { handler.handle(context, {.content = bytesOf(text)}); }
    void json(std::string_view text) {
        const std::array header{HeaderField{"content-type", "text/json"}};
        handler.handle(context, {.content = bytesOf(text), .header = header});
    }
    void mail(ChatEvent event) { handler.mail(context, sealed(std::move(event))); }
    void enterByJson(std::string_view hello = R"({"action":"hello","name":"ann"})") {
        json(hello);
        mail({.kind = ChatEvent::Kind::Welcome, .name = "ann"});
        context.access.posted.clear();
        context.sent.clear();
    }

    Context context;
    ChatHandler handler;
};

} // namespace sscope::test
