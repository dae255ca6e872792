#include <atomic>
#include <functional>
#include <map>
#include <mutex>

#include <QTemporaryDir>
#include <QtTest>

#include "core/engine/chat_manager.h"
#include "core/storage/conversation_record.h"
#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using Kind = ChatEvent::Kind;

namespace {

ServerConfig chatConfig() {
    ServerConfig config;
    config.service = "chat";
    return config;
}

/// A frame of the message protocol, with its header.
std::string framed(const std::string& content) {
    const std::string header = "{\"byteorder\":\"little\",\"content-type\":\"text/json\","
                               "\"content-encoding\":\"utf-8\",\"content-length\":" +
                               std::to_string(content.size()) + "}";
    return std::string(1, '\0') + static_cast<char>(header.size()) + header + content;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    if (const auto at = text.find(what); at != std::string::npos)
        text.replace(at, what.size(), by);
    return text;
}

/// All that is kept of one direction.
std::string contentOf(ConversationRecord& record, RecordSide side) {
    std::string content(record.kept(side), '\0');
    const auto count =
        record.read(side, 0, std::as_writable_bytes(std::span(content.data(), content.size())));
    content.resize(count.value_or(0));
    return content;
}

/// A manager, and what has been fetched from it.
class Manager {
public:
    explicit Manager(ChatManager::Limits limits = {})
        : chats(
              m_outbox,
              [this] {
                  ++wakes;
                  if (onWake)
                      onWake();
              },
              limits) {}

    bool open(OwnerId owner, std::uint16_t port, const std::string& name,
              std::optional<int> receiveBuffer = {}) {
        ChatClientConfig config{.name = name, .room = "den"};
        config.client.endpoint = {.host = "127.0.0.1", .port = port};
        config.client.options.receiveBuffer = receiveBuffer;
        return chats.open(owner, 1, config).has_value();
    }
    void fetch() {
        for (ChatNews& one : chats.take()) {
            if (const auto* messages = std::get_if<chat_news::Messages>(&one.what)) {
                for (const ChatMessage& message : messages->messages)
                    texts[one.owner].push_back(message.text);
            }
            news.push_back(std::move(one));
        }
    }
    template <typename What>
    std::vector<What> all(OwnerId owner) {
        std::vector<What> found;
        for (const ChatNews& one : news) {
            if (const auto* what = std::get_if<What>(&one.what); what && one.owner == owner)
                found.push_back(*what);
        }
        return found;
    }
    bool hears(OwnerId owner, Kind kind) {
        return QTest::qWaitFor(
            [&] {
                fetch();
                const auto told = all<chat_news::Told>(owner);
                return std::ranges::any_of(told,
                                           [&](const auto& one) { return one.event.kind == kind; });
            },
            20'000);
    }

    std::atomic<int> wakes = 0;
    std::function<void()> onWake; // on the loop's thread; before open()
    std::vector<ChatNews> news;
    std::map<OwnerId, std::vector<std::string>> texts;

private:
    TraceOutbox m_outbox{{}, [] {}};

public:
    ChatManager chats;
};

} // namespace

class TestChatManager : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void toJoinARoomOnceMoreIsNoResumption() {
        ModelServer server(chatConfig());
        Manager manager;
        QVERIFY(manager.open(1, server.port(), "ann"));
        QVERIFY(manager.hears(1, Kind::Joined));
        manager.chats.say(1, "den", "one", 7);
        QTRY_COMPARE((manager.fetch(), manager.all<chat_news::Stored>(1).size()), 1u);
        manager.chats.join(1, "DEN");
        manager.chats.ask(1, {.action = ChatRequest::Action::Rooms});
        QVERIFY(manager.hears(1, Kind::RoomList));
        QVERIFY(manager.all<chat_news::Resumed>(1).empty());
        manager.chats.say(1, "den", "two", 8);
        QTRY_COMPARE((manager.fetch(), manager.all<chat_news::Stored>(1).size()), 2u);
        QCOMPARE(manager.texts[1], (std::vector<std::string>{"one", "two"}));
    }

    void tellsOfEachTagWhatBecameOfIt() {
        ModelServer server(chatConfig());
        Manager manager;
        QVERIFY(manager.open(1, server.port(), "ann"));
        QVERIFY(manager.hears(1, Kind::Joined));
        manager.chats.say(1, "den", "one", 7);
        manager.chats.say(1, "den", std::string(9000, 'x'), 8); // longer than it may be
        manager.chats.say(1, "cellar", "three", 9);             // nobody is there
        QTRY_COMPARE((manager.fetch(), manager.all<chat_news::Refused>(1).size()), 2u);
        QTRY_COMPARE((manager.fetch(), manager.all<chat_news::Stored>(1).size()), 1u);
        const auto stored = manager.all<chat_news::Stored>(1).front();
        QCOMPARE(stored.tag, std::uint64_t{7});
        QCOMPARE(stored.id, std::uint64_t{1});
        QVERIFY(stored.time > 0);
        std::map<std::uint64_t, ChatCode> codes;
        for (const auto& refused : manager.all<chat_news::Refused>(1))
            codes[refused.tag] = refused.code;
        QVERIFY(codes[8] == ChatCode::TooLong && codes[9] == ChatCode::NotInRoom);
        QCOMPARE(manager.texts[1], std::vector<std::string>{"one"});
    }

    void theSameTagSaidAgainIsStoredOnce() {
        ModelServer server(chatConfig());
        Manager manager;
        ChatClientConfig config{.name = "ann", .room = "den", .prefix = "mine"};
        config.client.endpoint = {.host = "127.0.0.1", .port = server.port()};
        QVERIFY(manager.chats.open(1, 1, config));
        manager.chats.say(1, "den", "one", 7);
        QTRY_COMPARE((manager.fetch(), manager.all<chat_news::Stored>(1).size()), 1u);
        QVERIFY(manager.chats.open(1, 2, config)); // takes the name over
        manager.chats.say(1, "den", "one", 7);
        QTRY_COMPARE((manager.fetch(), manager.all<chat_news::Stored>(1).size()), 2u);
        QCOMPARE(manager.all<chat_news::Stored>(1).back().id, std::uint64_t{1});
        const auto opened = manager.all<chat_news::Opened>(1);
        QCOMPARE(opened.size(), 2u);
        QCOMPARE(opened[0].connection.number + 1, opened[1].connection.number);
        QCOMPARE(manager.news.back().run, 2u);
    }

    void aServerThatIsSilentIsLeftAndComeBackTo() {
        const TestSocket listener = TestSocket::listenTcp();
        Manager manager;
        ChatClientConfig config{
            .name = "ann", .room = "den", .silence = std::chrono::milliseconds(100)};
        config.client.endpoint = {.host = "127.0.0.1", .port = listener.port()};
        QVERIFY(manager.chats.open(1, 1, config));
        const TestSocket peer = listener.accept();
        const std::string welcome = "{\"reply\":\"hello\",\"name\":\"ann\",\"resume\":\"r\"}";
        peer.send(framed(welcome));
        const TestSocket again = listener.accept(); // it has come back by itself
        std::string said;
        while (said.find("ping") == std::string::npos)
            said += peer.receiveSome(); // and asked before
        manager.fetch();
        const auto interrupted = manager.all<chat_news::Interrupted>(1);
        QCOMPARE(interrupted.size(), 1u);
        QVERIFY(interrupted.front().error.code == std::errc::timed_out);
    }

    /// To the byte what its peer has had and said, but for the secrets, which have their length.
    void eachConnectionHasARecordOfItsOwn() {
        const QTemporaryDir folder;
        const RecordWriter writer({folder.path().toStdString()}, {.reserve = 0});
        const TestSocket listener = TestSocket::listenTcp();
        Manager manager;
        std::mutex mutex;
        std::vector<std::pair<ConnectionId, std::shared_ptr<ConversationRecord>>> records;
        manager.chats.tee(1, [&, makeRecord = writer.maker()](ConnectionId id) {
            const std::lock_guard lock(mutex);
            return records.emplace_back(id, makeRecord()).second;
        });
        ChatClientConfig config{.name = "ann", .password = "pass-0815", .room = "den"};
        config.client.endpoint = {.host = "127.0.0.1", .port = listener.port()};
        QVERIFY(manager.chats.open(1, 1, config));
        const auto passes = [&](std::size_t at, const std::string& resume) {
            TestSocket peer = listener.accept();
            std::string had;
            while (had.find("pass-0815") == std::string::npos)
                had += peer.receiveSome();
            const std::string said =
                framed("{\"reply\":\"hello\",\"name\":\"ann\",\"resume\":\"" + resume + "\"}") +
                framed("{\"event\":\"notice\",\"text\":\"" + std::string(100'000, 'x') + "\"}");
            peer.send(said);
            while (had.find("\"join\"") == std::string::npos)
                had += peer.receiveSome();
            peer.shutdownWrite();
            had += peer.receiveToEnd();
            const std::lock_guard lock(mutex);
            const auto& [id, record] = records.at(at);
            QCOMPARE(id, (ConnectionId{1, static_cast<std::uint32_t>(at + 1)}));
            had = replaced(replaced(had, "pass-0815", "*********"), "r-first", "*******");
            QTRY_COMPARE(record->kept(RecordSide::Sent), had.size());
            QCOMPARE(contentOf(*record, RecordSide::Sent), had);
            QTRY_COMPARE(record->kept(RecordSide::Received), said.size());
            QCOMPARE(contentOf(*record, RecordSide::Received),
                     replaced(said, resume, std::string(resume.size(), '*')));
        };
        passes(0, "r-first");
        passes(1, "r-second"); // it has come back
        manager.chats.stopAndJoin();
    }

    void wakesOnceUntilItIsFetched() {
        ModelServer server(chatConfig());
        Manager manager;
        QVERIFY(manager.open(1, server.port(), "ann"));
        QTRY_COMPARE(manager.wakes.load(), 1);
        QVERIFY(manager.hears(1, Kind::Joined)); // all is fetched
        manager.chats.say(1, "den", "one", 1);
        QTRY_VERIFY((manager.fetch(), !manager.texts[1].empty()));
        QVERIFY(manager.wakes.load() >= 2);
    }

    /// Between what made it stop reading and the stop itself.
    void whatIsFetchedAtOnceDoesNotStopIt() {
        ModelServer server(chatConfig());
        Manager manager({.queuedBytes = 0}); // each thing told is too much
        std::mutex mutex;
        std::vector<std::string> texts;
        manager.onWake = [&] {
            for (const ChatNews& one : manager.chats.take()) {
                const std::lock_guard lock(mutex);
                if (const auto* messages = std::get_if<chat_news::Messages>(&one.what))
                    texts.push_back(messages->messages.front().text);
            }
        };
        QVERIFY(manager.open(1, server.port(), "ann"));
        const auto heard = [&] {
            const std::lock_guard lock(mutex);
            return texts;
        };
        for (std::uint64_t tag = 1; tag <= 5; ++tag) {
            manager.chats.say(1, "den", "text", tag);
            QTRY_COMPARE(heard().size(), std::size_t{tag});
        }
        manager.chats.stopAndJoin();
    }

    /// Whoever fetches nothing makes the server wait, which cuts it off in the end; nothing is lost
    /// by it, and nothing comes twice.
    void aSlowReaderLosesNothing() {
        ServerConfig config = chatConfig();
        config.maxQueue = 256 << 10;
        config.options.sendBuffer = 65536;
        ModelServer server(config);
        Manager slow({.queuedBytes = 20'000});
        QVERIFY(slow.open(1, server.port(), "slow", 32768));
        QVERIFY(slow.hears(1, Kind::Joined));
        Manager quick;
        const std::string text(2000, 'x');
        constexpr std::uint64_t linesOfOne = 286;
        constexpr std::uint64_t linesAtOnce = 26; // of all of them less than the queue holds
        constexpr OwnerId people = 4;
        for (OwnerId owner = 1; owner <= people; ++owner)
            QVERIFY(quick.open(owner, server.port(), "p" + std::to_string(owner)));
        for (OwnerId owner = 1; owner <= people; ++owner)
            QVERIFY(quick.hears(owner, Kind::Joined)); // else it has the last lines alone
        for (std::uint64_t tag = 1; tag <= linesOfOne; ++tag) {
            for (OwnerId owner = 1; owner <= people; ++owner)
                quick.chats.say(owner, "den", text + std::to_string(owner * 1000 + tag), tag);
            if (tag % linesAtOnce != 0)
                continue;
            for (OwnerId owner = 1; owner <= people; ++owner)
                QTRY_COMPARE_WITH_TIMEOUT((quick.fetch(), quick.texts[owner].size()), people * tag,
                                          30'000);
        }
        const std::size_t all = people * linesOfOne;
        for (OwnerId owner = 1; owner <= people; ++owner)
            QVERIFY(quick.all<chat_news::Interrupted>(owner).empty());
        QTRY_COMPARE_WITH_TIMEOUT((slow.fetch(), slow.texts[1].size()), all, 30'000);
        QCOMPARE(slow.texts[1], quick.texts[1]);
        const auto interrupted = slow.all<chat_news::Interrupted>(1);
        QVERIFY(!interrupted.empty());
        for (const auto& one : interrupted) // the server was no worse than slow
            QVERIFY(!one.error.is(Fault::ProtocolBroken));
    }
};

QTEST_GUILESS_MAIN(TestChatManager)
#include "tst_chat_manager.moc"
