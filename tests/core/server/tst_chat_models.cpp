// The chat under every model that has rooms, in this process: what its owner does, and what a
// client of ours sees.

#include <numeric>

#include <QTemporaryDir>
#include <QtTest>

#include "core/client/chat_client.h"
#include "core/reactor/reactor.h"
#include "core/server/chat_owner.h"
#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

ServerConfig chatConfig() {
    ServerConfig config;
    config.service = "chat";
    config.model = currentModel();
    return config;
}

/// A person; run() until something has come.
class Person final : private ChatClientObserver {
public:
    Person(std::uint16_t port, const std::string& name)
        : reactor(PollerKind::Poll),
          client(reactor, {1, 1}, configOf(port, name), static_cast<ChatClientObserver&>(*this)) {
        if (!reactor.open())
            qFatal("open");
        reactor.setPollInterval(Duration(10ms));
        client.start();
    }

    template <typename Condition>
    bool waitUntil(const Condition& condition) {
        const TimePoint deadline = SteadyClock::now() + 10s;
        while (!condition() && SteadyClock::now() < deadline)
            (void)reactor.turn();
        return condition();
    }
    bool hears(ChatEvent::Kind kind) {
        return waitUntil([&] { return std::ranges::count(kinds, kind) > 0; });
    }
    bool hasHeard(const std::vector<std::string>& expected) {
        return waitUntil([&] { return texts.size() >= expected.size(); }) && texts == expected;
    }

    Reactor reactor;
    std::vector<std::string> texts;
    std::vector<std::uint64_t> ids;
    std::vector<ChatEvent::Kind> kinds;
    std::string word; // the last of the server
    int interruptions = 0;
    bool isOver = false;
    ChatClient client;

private:
    static ChatClientConfig configOf(std::uint16_t port, const std::string& name) {
        ChatClientConfig config{.name = name, .room = "den"};
        config.client.endpoint = {.host = "127.0.0.1", .port = port};
        return config;
    }
    void messages(const std::string&, const std::vector<ChatMessage>& messages) override {
        for (const ChatMessage& message : messages) {
            texts.push_back(message.text);
            ids.push_back(message.id);
        }
    }
    void told(const ChatEvent& event) override { kinds.push_back(event.kind); }
    void interrupted(const Error&, Duration) override { ++interruptions; }
    void ended(CloseReason, const Error&, const std::string& reason) override {
        word = reason;
        isOver = true;
    }
};

using Kind = ChatEvent::Kind;

} // namespace

class TestChatModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addModelRows(); }

    void init() {
        if (currentModel() == "processes")
            QVERIFY(!validate(chatConfig()));
        if (currentModel() == "processes" || currentModel() == "iterative")
            QSKIP("nobody meets under this model");
    }

    void peopleOnDifferentLoopsMeet() {
        ServerConfig config = chatConfig();
        if (findExecutionModel(config.model)->hasLoops)
            config.loops = 2;
        ModelServer server(config);
        Person ann(server.port(), "ann");
        QVERIFY(ann.hears(Kind::Joined));
        Person bob(server.port(), "bob");
        QVERIFY(bob.hears(Kind::Joined) && ann.hears(Kind::PersonJoined));
        ann.client.say("den", "one");
        QVERIFY(ann.hasHeard({"one"}) && bob.hasHeard({"one"}));
        bob.client.say("den", "two");
        QVERIFY(ann.hasHeard({"one", "two"}) && bob.hasHeard({"one", "two"}));
        QVERIFY(ann.client.unstored() == 0);
        QVERIFY(server.stopAndWait());
        QVERIFY(ann.hears(Kind::Closing)); // and says why
    }

    void theOwnerSeesKicksBansAndAnnounces() {
        ModelServer server(chatConfig());
        Person ann(server.port(), "ann");
        QVERIFY(ann.hears(Kind::Joined));
        ChatOwner* const owner = server.server().chat();
        QVERIFY(owner);
        QTRY_COMPARE(owner->overview()->people.size(), 1u);
        QCOMPARE(owner->overview()->people.front().name, std::string("ann"));
        QCOMPARE(owner->overview()->rooms.front().people, 1u);
        owner->announce("soon");
        QVERIFY(ann.hears(Kind::Notice));
        owner->kick("ann", "enough");
        QVERIFY(ann.waitUntil([&] { return ann.isOver; }));
        QCOMPARE(ann.word, std::string("the server's owner has sent you away: enough"));
        QTRY_VERIFY(owner->overview()->people.empty());
        owner->ban("ann", "");
        QTRY_COMPARE(owner->overview()->bans.size(), 1u);
        Person again(server.port(), "Ann");
        QVERIFY(again.waitUntil([&] { return again.isOver; }));
        QVERIFY(again.word.find("shut you out") != std::string::npos);
        Person other(server.port(), "bob"); // this machine's address shuts out nobody
        QVERIFY(other.hears(Kind::Joined));
    }

    void bansHoldAfterARestart() {
        const QTemporaryDir folder;
        ServerConfig config = chatConfig();
        config.settings.chat.historyFile = folder.filePath("history").toStdString();
        {
            ModelServer server(config);
            QVERIFY(server.port() > 0); // it runs
            ChatOwner* const owner = server.server().chat();
            owner->ban("ann", "spam");
            owner->ban("bob", "");
            owner->liftBan("bob");
            QTRY_COMPARE(owner->overview()->bans.size(), 1u);
            QVERIFY(server.stopAndWait());
        }
        ModelServer server(config);
        QVERIFY(server.port() > 0);
        ChatOwner* const owner = server.server().chat();
        QTRY_COMPARE(owner->overview()->bans.size(), 1u);
        QCOMPARE(owner->overview()->bans.front().reason, std::string("spam"));
        Person ann(server.port(), "ann");
        QVERIFY(ann.waitUntil([&] { return ann.isOver; }));
        QVERIFY(ann.word.find("spam") != std::string::npos);
        owner->liftBan("ann");
        QTRY_VERIFY(owner->overview()->bans.empty());
        Person again(server.port(), "ann");
        QVERIFY(again.hears(Kind::Joined));
    }

    void aClientThatWasCutOffGoesOnWithoutGapOrDouble() {
        const QTemporaryDir folder;
        ServerConfig config = chatConfig();
        config.settings.chat.historyFile = folder.filePath("history").toStdString();
        auto server = std::make_unique<ModelServer>(config);
        const std::uint16_t port = server->port();
        Person ann(port, "ann");
        Person bob(port, "bob");
        QVERIFY(ann.hears(Kind::Joined) && bob.hears(Kind::Joined));
        ann.client.say("den", "one");
        QVERIFY(bob.hasHeard({"one"}) && ann.hasHeard({"one"}));
        server.reset();
        QVERIFY(ann.waitUntil([&] { return ann.interruptions > 0; }));
        for (int i = 0; i < 300; ++i) // more than one page of history
            ann.client.say("den", "away " + std::to_string(i));
        config.listen.front().port = port;
        server = std::make_unique<ModelServer>(config);
        QVERIFY(ann.waitUntil([&] { return ann.client.unstored() == 0; }));
        ann.client.say("den", "last");
        QVERIFY(ann.waitUntil([&] { return ann.texts.size() == 302; }));
        QVERIFY(bob.waitUntil([&] { return bob.texts.size() == 302; }));
        std::vector<std::uint64_t> expected(302);
        std::iota(expected.begin(), expected.end(), 1);
        QVERIFY(ann.ids == expected && bob.ids == expected);
        QVERIFY(ann.texts == bob.texts);
        QCOMPARE(bob.texts[1], std::string("away 0"));
        QCOMPARE(bob.texts.back(), std::string("last"));
    }
};

QTEST_GUILESS_MAIN(TestChatModels)
#include "tst_chat_models.moc"
