// The chat's client against servers that the test makes, most of them hostile.

#include <sys/socket.h>

#include <fmt/format.h>

#include <QtTest>

#include "core/client/chat_client.h"
#include "tests/support/codec_sink.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Kind = ChatEvent::Kind;

namespace {

const ChatEvent welcome{.kind = Kind::Welcome, .name = "ann", .resume = "secret"};

ChatEvent joined(std::uint64_t last, std::string ref = "den") {
    return {.kind = Kind::Joined, .ref = std::move(ref), .room = "den", .id = last};
}

ChatMessage message(std::uint64_t id, std::string text = "x") {
    return {
        .room = "den", .id = id, .time = 1'000'000'000, .author = "bob", .text = std::move(text)};
}

ChatEvent told(std::uint64_t id, std::string room = "den") {
    return {.kind = Kind::Message, .room = std::move(room), .name = "bob", .text = "x", .id = id};
}

ChatEvent past(std::vector<ChatMessage> messages, bool hasMore = false) {
    return {.kind = Kind::Past,
            .ref = "past",
            .room = "den",
            .hasMore = hasMore,
            .messages = std::move(messages)};
}

/// A client and its server's end, which says what a test wants.
class Chat final : private ChatClientObserver {
public:
    explicit Chat(ChatClientConfig config = {})
        : client(m_loop, {1, 1}, made(std::move(config)), static_cast<ChatClientObserver&>(*this)) {
        client.start();
    }

    void accept() {
        m_loop.runUntil([this] { return m_isConnected; });
        m_server = m_listener.accept();
        m_codec = Framing::parse("message")->make(CodecRole::Server);
    }
    void say(const ChatEvent& event) { sayJson(sealed(event)->json); }
    void sayJson(const std::string& json) { sayBytes(framed(json)); }
    static std::string framed(const std::string& json) {
        static const std::array header{HeaderField{"content-type", "text/json"}};
        CodecSinkRecord framed;
        (void)Framing::parse("message")
            ->make(CodecRole::Server)
            ->send({.content = bytesOf(json), .header = header}, framed);
        return framed.transmitted;
    }
    void sayBytes(std::string_view rest) {
        runUntil([&] { // both ends are on this thread
            const ssize_t sent =
                ::send(m_server.fd(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            rest.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
            return rest.empty();
        });
    }
    /// Until the client has asked for something.
    bool await(std::string_view action, Duration time = 10s) {
        const TimePoint until = SteadyClock::now() + time;
        const std::string wanted = fmt::format("\"action\":\"{}\"", action);
        bool isThere = false;
        runUntil([&] {
            std::array<char, 4096> room{};
            const ssize_t count = ::recv(m_server.fd(), room.data(), room.size(), MSG_DONTWAIT);
            if (count > 0)
                m_codec->receive(bytesOf({room.data(), static_cast<std::size_t>(count)}), m_heard);
            const auto it = std::ranges::find_if(m_heard.messages, [&](const std::string& one) {
                return one.find(wanted) != std::string::npos;
            });
            if (!isThere && it != m_heard.messages.end()) {
                m_heard.messages.erase(it);
                isThere = true;
            }
            return isThere || SteadyClock::now() >= until;
        });
        return isThere;
    }
    /// Up to the answer to the join of "den".
    void enter(std::uint64_t last) {
        accept();
        say(welcome);
        runUntil([&] { return client.isIn(); });
        say(joined(last));
    }
    void cut() {
        m_isConnected = false;
        m_server.close();
        runUntil([this] { return interruptions > 0; });
        client.retryNow();
    }
    void runFor(Duration time) {
        const TimePoint until = SteadyClock::now() + time;
        m_loop.runUntil([&] { return SteadyClock::now() >= until; });
    }
    bool runUntil(const std::function<bool()>& condition) {
        return m_loop.runUntil([&] { return condition() || reason; }) && condition();
    }
    /// The protocol error with which it has ended.
    std::string fault() {
        m_loop.runUntil([this] { return reason.has_value(); });
        if (reason != CloseReason::Protocol)
            return "no protocol error";
        return error.detail;
    }

    std::vector<std::uint64_t> ids;
    std::vector<ChatResumption> resumptions;
    std::vector<Kind> kinds;
    int interruptions = 0;
    std::optional<CloseReason> reason;
    Error error;

private:
    ChatClientConfig made(ChatClientConfig config) {
        config.client.endpoint = {.host = "127.0.0.1", .port = m_listener.port()};
        config.name = "ann";
        config.room = "den";
        return config;
    }
    void connected(const std::string&, const std::string&, bool) override { m_isConnected = true; }
    void messages(const std::string&, const std::vector<ChatMessage>& came) override {
        for (const ChatMessage& one : came)
            ids.push_back(one.id);
    }
    void resumed(const std::string&, const ChatResumption& how) override {
        resumptions.push_back(how);
    }
    void told(const ChatEvent& event) override { kinds.push_back(event.kind); }
    void interrupted(const Error&, Duration) override { ++interruptions; }
    void ended(CloseReason why, const Error& what, const std::string&) override {
        reason = why;
        error = what;
    }

    Loop m_loop{PollerKind::Poll, {}};
    const TestSocket m_listener = TestSocket::listenTcp();
    TestSocket m_server;
    std::unique_ptr<Codec> m_codec; // of what it hears
    CodecSinkRecord m_heard;
    bool m_isConnected = false;

public:
    ChatClient client;
};

} // namespace

class TestChatClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAServerMayNotSayEndsIt_data() {
        QTest::addColumn<std::vector<ChatEvent>>("said"); // after the answer to the join
        QTest::addColumn<QString>("fault");
        const auto row = [](const char* name, std::vector<ChatEvent> said, const char* fault) {
            QTest::newRow(name) << std::move(said) << QString::fromLatin1(fault);
        };
        row("more, and nothing", {past({}, true)}, "of which nothing comes");
        row("ids that stand still", {past({message(3), message(3)})}, "history that do not grow");
        row("ids that fall", {past({message(4), message(3)})}, "history that do not grow");
        row("beyond what was asked for", {past({message(6)})}, "history that were not asked for");
        row("an answer too many", {past({message(5)}), past({message(5)})},
            "answer to nothing that was asked");
        row("another answer", {past({message(5)}), {.kind = Kind::People, .room = "den"}},
            "answer to nothing that was asked");
        row("messages that stand still", {past({message(5)}), told(6), told(6)},
            "messages that do not grow");
        row("an old message", {past({message(5)}), told(5)}, "messages that do not grow");
        row("another room", {told(7, "cellar")}, "room that was not asked for");
        row("another room's people",
            {{.kind = Kind::PersonJoined, .room = "cellar", .name = "eve"}},
            "room that was not asked for");
        row("a long name",
            {{.kind = Kind::PersonJoined, .room = "den", .name = std::string(129, 'x')}},
            "name that is longer");
        ChatEvent longText = told(6);
        longText.text = std::string(longestChatText + 1, 'x');
        row("a long message", {longText}, "message that is longer");
        row("a long one of before", {past({message(5, longText.text)})}, "message that is longer");
        row("a long topic",
            {{.kind = Kind::TopicChanged,
              .room = "den",
              .topic = std::string(longestChatTopic + 1, 'x')}},
            "topic that is longer");
        row("a long notice", {{.kind = Kind::Notice, .text = std::string(200 << 10, 'x')}},
            "message that is longer");
        std::vector<ChatMessage> many;
        for (std::uint64_t id = 1; id <= mostChatHistory + 1; ++id)
            many.push_back(message(id));
        row("too many at once", {past(many)}, "more messages in one answer");
    }

    void whatAServerMayNotSayEndsIt() {
        QFETCH(std::vector<ChatEvent>, said);
        QFETCH(QString, fault);
        Chat chat;
        chat.enter(5);
        for (const ChatEvent& event : said)
            chat.say(event);
        const QString told = QString::fromStdString(chat.fault());
        QVERIFY2(told.contains(fault), qPrintable(told));
        QCOMPARE(chat.interruptions, 0);
    }

    void aRoomWithMorePeopleThanThereMayBe() {
        Chat chat;
        chat.accept();
        chat.say(welcome);
        ChatEvent event = joined(0);
        event.people.assign(100'001, "x");
        chat.say(event);
        QCOMPARE(chat.fault(), std::string("more people in a room than there may be"));
    }

    void aRoomThatWasNotAskedFor() {
        Chat chat;
        chat.accept();
        chat.say(welcome);
        ChatEvent other = joined(0, "den");
        other.room = "cellar";
        chat.say(other);
        QCOMPARE(chat.fault(), std::string("word of a room that was not asked for"));
        QVERIFY(std::ranges::find(chat.kinds, Kind::Joined) == chat.kinds.end());
    }

    /// A server that has a page more each time, each right in itself.
    void aHistoryWithoutEnd() {
        ChatClientConfig config;
        config.rooms = {{"den", 1}};
        Chat chat(config);
        constexpr std::uint64_t last = std::uint64_t{1} << 60;
        chat.enter(last);
        chat.await("history");
        std::uint64_t id = 1;
        const std::string text(longestChatText, 'x');
        for (int page = 0; page < 1000 && !chat.reason; ++page) {
            std::vector<ChatMessage> messages;
            for (int i = 0; i < 50; ++i)
                messages.push_back(message(++id, text));
            chat.say(past(std::move(messages), true));
            chat.await("history");
        }
        QCOMPARE(chat.fault(), std::string("a history without end"));
        QVERIFY(chat.ids.empty() && id > 7000 && id < 9000); // 64 MiB
    }

    void messagesWithoutEndBeforeAHistory() {
        Chat chat;
        chat.enter(5);
        ChatEvent event = told(5);
        event.text = std::string(longestChatText, 'x');
        for (int i = 0; i < 9000 && !chat.reason; ++i) {
            ++event.id;
            chat.say(event);
        }
        QCOMPARE(chat.fault(), std::string("a history without end"));
    }

    void aMessageWithoutEnd() {
        Chat chat;
        chat.enter(0);
        chat.sayJson("{\"event\":\"notice\",\"text\":\"" + std::string(17 << 20, 'x') + "\"}");
        QVERIFY(chat.runUntil([&] { return chat.interruptions > 0; }));
        QVERIFY(std::ranges::find(chat.kinds, Kind::Notice) == chat.kinds.end());
    }

    /// What is right is told, also where it is as long as it may be.
    void whatAServerMaySayIsTold() {
        Chat chat;
        chat.enter(5);
        chat.say(past({message(3), message(5, std::string(longestChatText, 'x'))}, true));
        chat.say(told(6));
        chat.say(told(8));
        QVERIFY(chat.runUntil([&] { return chat.ids.size() == 4; }));
        QVERIFY((chat.ids == std::vector<std::uint64_t>{3, 5, 6, 8}));
        chat.client.part("den"); // a word of it may be on its way
        chat.say(told(9));
        chat.say({.kind = Kind::PersonLeft, .room = "den", .name = std::string(128, 'x')});
        chat.say({.kind = Kind::Left, .room = "den"});
        QVERIFY(chat.runUntil([&] { return chat.kinds.back() == Kind::Left; }));
        QCOMPARE(chat.ids.size(), 4u);
        QVERIFY(!chat.reason);
    }

    /// Stopped, or on a machine that is too busy: it has not asked yet.
    void whoIsLateAsksBeforeItGivesUp() {
        ChatClientConfig config;
        config.silence = 100ms;
        Chat chat(config);
        chat.enter(0);
        QVERIFY(chat.runUntil([&] { return chat.kinds.size() == 2; }));
        QTest::qSleep(300);
        QVERIFY(chat.await("ping"));
        QCOMPARE(chat.interruptions, 0);
        QVERIFY(chat.runUntil([&] { return chat.interruptions == 1; })); // there is no answer
    }

    /// It is no silence; yet the server hears that the client is there.
    void anAnswerOverASlowLineIsAwaited() {
        ChatClientConfig config;
        config.silence = 500ms;
        Chat chat(config);
        chat.enter(5);
        const std::string all =
            Chat::framed(sealed(past({message(5, std::string(8000, 'x'))}))->json);
        for (std::size_t i = 0; i < all.size(); i += 250) {
            chat.sayBytes(std::string_view(all).substr(i, 250));
            chat.runFor(50ms);
        }
        QVERIFY(chat.runUntil([&] { return chat.ids.size() == 1; }));
        QCOMPARE(chat.interruptions, 0);
        QVERIFY(chat.await("ping"));
    }

    void whateverIsToldIsAnsweredByAHeartbeat_data() {
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<bool>("isAnswered");
        QTest::newRow("known") << QByteArray(R"({"event":"notice","text":"x"})") << true;
        QTest::newRow("of a later version") << QByteArray(R"({"event":"later"})") << true;
        QTest::newRow("the answer to a ping") << QByteArray(R"({"reply":"ping"})") << false;
    }

    void whateverIsToldIsAnsweredByAHeartbeat() {
        QFETCH(QByteArray, told);
        QFETCH(bool, isAnswered);
        ChatClientConfig config;
        config.heartbeat = 50ms;
        Chat chat(config);
        chat.enter(0);
        QVERIFY(chat.runUntil([&] { return chat.kinds.size() == 2; }));
        QVERIFY(chat.await("ping")); // for what was told until now
        chat.client.ask({.action = ChatRequest::Action::Ping});
        QVERIFY(chat.await("ping"));
        chat.sayJson(told.toStdString());
        QCOMPARE(chat.await("ping", isAnswered ? 10s : 300ms), isAnswered);
    }

    /// None of it was told before, so all of it is to come.
    void aCutWhileWhatWasMissedComesLeavesNoGap() {
        ChatClientConfig config;
        config.rooms = {{"den", 2}};
        Chat chat(config);
        chat.enter(6);
        QVERIFY(chat.await("history"));
        chat.say(past({message(3), message(4)}, true));
        QVERIFY(chat.await("history"));
        chat.cut();
        QVERIFY(chat.ids.empty());
        chat.enter(6);
        chat.say(past({message(3), message(4)}, true));
        chat.say(past({message(5), message(6)}));
        QVERIFY(chat.runUntil([&] { return chat.ids.size() == 4; }));
        QVERIFY((chat.ids == std::vector<std::uint64_t>{3, 4, 5, 6}));
        QCOMPARE(chat.resumptions.size(), 1u);
        QCOMPARE(chat.resumptions.front().after, 2u);
        QCOMPARE(chat.resumptions.front().missing, 0u);
    }
};

QTEST_GUILESS_MAIN(TestChatClient)
#include "tst_chat_client.moc"
