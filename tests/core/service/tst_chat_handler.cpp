// One connection of a chat: hello, rate, heartbeat, and what is on its way.

#include <QtTest>

#include "tests/support/fake_chat.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

class TestChatHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// It is no guess: answered at once, not judged, but one of the five hellos that there are.
    void aHelloWithoutThePasswordIsNoGuess_data() {
        QTest::addColumn<QByteArray>("hello");
        QTest::newRow("none") << QByteArray(R"({"action":"hello","name":"ann"})");
        QTest::newRow("empty") << QByteArray(R"({"action":"hello","name":"ann","password":""})");
    }

    void aHelloWithoutThePasswordIsNoGuess() {
        QFETCH(QByteArray, hello);
        FakeHub hub(true);
        hub.rooms.connected(1, {.source = "a"});
        Talk talk;
        talk.context.access.hasPassword = true;
        for (int i = 1; i <= 5; ++i) {
            QVERIFY(!talk.context.closed);
            talk.json(hello.toStdString());
            hub.rooms.request(1, talk.context.access.posted.back());
            QVERIFY(hub.last(1).kind == Kind::Refused &&
                    hub.last(1).code == ChatCode::WrongPassword && !hub.last(1).closes);
            QCOMPARE(hub.last(1).text, std::string("this server needs a password"));
            talk.mail(hub.last(1));
        }
        QVERIFY(talk.context.closed && hub.judged.empty());
        QVERIFY(talk.context.sent.back().find("closing") != std::string::npos);

        hub.rooms.connected(2, {.source = "a"}); // then with one, on the same connection
        hub.rooms.request(2, {.action = Action::Hello, .name = "ann"});
        hub.rooms.request(2, {.action = Action::Hello, .name = "ann", .password = "p"});
        QCOMPARE(hub.judged.size(), 1u);
        hub.rooms.judged(2, ChatRooms::Verdict::Right, 0s);
        QVERIFY(hub.last(2).kind == Kind::Welcome);
    }

    void whoIsHeldBackStaysHeldBack() {
        Talk talk;
        talk.context.access.hasPassword = true;
        talk.json(R"({"action":"hello","name":"ann","password":"p"})");
        talk.mail({.kind = Kind::HoldBack, .delay = 8s});
        talk.json(R"({"action":"hello","name":"ann"})");
        QCOMPARE(talk.context.access.posted.size(), 1u);
        QVERIFY(!talk.context.receiving && talk.context.timer == 8s);
        talk.handler.timer(talk.context);
        QCOMPARE(talk.context.access.posted.size(), 2u);
        QCOMPARE(talk.context.access.posted.back().password, std::string("p"));
    }

    void anEmptyLineIsNoPasswordAndWhatFollowsNoName() {
        Talk talk;
        talk.context.access.hasPassword = true;
        talk.line("ann");
        talk.line("\r");
        QVERIFY(talk.context.access.posted.empty());
        QCOMPARE(talk.context.sent.back(), std::string("* this server needs a password; type it"));
        talk.line("right");
        QCOMPARE(talk.context.access.posted.front().name, std::string("ann"));
        QCOMPARE(talk.context.access.posted.front().password, std::string("right"));
        Talk silent;
        silent.context.access.hasPassword = true;
        silent.line("ann");
        for (int i = 0; i < 5; ++i)
            silent.line("");
        QVERIFY(silent.context.closed && silent.context.access.posted.empty());
    }

    void beyondTheRateNothingIsReadAndNothingRefused() {
        Talk talk;
        talk.enterByJson();
        for (int i = 0; i < 400; ++i) {
            talk.json(R"({"action":"ping"})");
            if (!talk.context.access.posted.empty() && talk.context.receiving)
                talk.mail({.kind = Kind::Pong});
        }
        QVERIFY(!talk.context.receiving);
        QCOMPARE(talk.context.access.posted.size(), 299u); // the hello was one of the burst
        QVERIFY(talk.context.timer && *talk.context.timer == 20ms);
        talk.context.time += 10s;
        talk.handler.timer(talk.context);
        while (!talk.context.receiving) // their answers make room for the others
            talk.mail({.kind = Kind::Pong});
        QCOMPARE(talk.context.access.posted.size(), 400u);
    }

    /// Its kernel may acknowledge all that it is sent.
    void whoPromisedAHeartbeatIsGivenUpWithoutOne() {
        Talk talk;
        talk.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        talk.mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
        QVERIFY(talk.context.timer == 30s);
        talk.context.time += 29s;
        talk.mail({.kind = Kind::Message, .room = "den", .text = "two", .id = 2});
        talk.json(R"({"action":"ping"})"); // a word is enough
        talk.mail({.kind = Kind::Pong});   // and costs none
        talk.context.time += 1s;
        talk.handler.timer(talk.context);
        talk.context.time += 1h;
        talk.handler.timer(talk.context);
        QVERIFY(!talk.context.givenUp);
        talk.mail({.kind = Kind::Message, .room = "den", .text = "three", .id = 3});
        talk.context.time += 29s;
        talk.handler.timer(talk.context);
        QVERIFY(!talk.context.givenUp && talk.context.timer == 1s);
        talk.context.time += 1s;
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.givenUp);
    }

    void whoPromisedNoneOrCannotBeHeardIsNot() {
        Talk lines;
        lines.line("ann");
        lines.mail({.kind = Kind::Welcome, .name = "ann"});
        Talk plain;
        plain.enterByJson();
        Talk full; // nothing of it is read while its queue here is half full
        full.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        full.context.room = false;
        for (Talk* const talk : {&lines, &plain, &full}) {
            talk->mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
            talk->context.time += 31s;
            talk->handler.timer(talk->context);
            QVERIFY(!talk->context.givenUp);
        }
        full.context.room = true;
        full.context.time += 29s;
        full.handler.writable(full.context);
        full.context.time += 2s; // what it said meanwhile is still to be read
        full.handler.timer(full.context);
        QVERIFY(!full.context.givenUp);
        full.mail({.kind = Kind::Message, .room = "den", .text = "two", .id = 2});
        full.context.time += 30s;
        full.handler.timer(full.context);
        QVERIFY(full.context.givenUp);
    }

    /// What was said meanwhile waits to be read.
    void whoWasStoppedItselfGivesNobodyUp() {
        Talk talk;
        talk.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        talk.mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
        talk.context.time += 40s;
        talk.handler.timer(talk.context);
        QVERIFY(!talk.context.givenUp && talk.context.timer == 30s);
        talk.context.time += 30s;
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.givenUp);
    }

    void theHeartbeatAndTheRateShareATimer() {
        Talk talk;
        talk.enterByJson(R"({"action":"hello","name":"ann","heartbeat":true})");
        for (int i = 0; i < 300; ++i) {
            talk.json(R"({"action":"ping"})");
            talk.mail({.kind = Kind::Pong});
        }
        QVERIFY(!talk.context.receiving && talk.context.timer == 20ms);
        talk.mail({.kind = Kind::Message, .room = "den", .text = "one", .id = 1});
        QVERIFY(talk.context.timer == 20ms);
        talk.context.time += 20ms;
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.receiving);
        talk.mail({.kind = Kind::Message, .room = "den", .text = "two", .id = 2});
        QVERIFY(talk.context.timer == 30s);
    }

    void requestsOnTheirWayAreBounded() {
        Talk talk;
        talk.enterByJson();
        for (int i = 0; i < 100; ++i)
            talk.json(R"({"action":"ping"})");
        QCOMPARE(talk.context.access.posted.size(), 64u);
        QVERIFY(!talk.context.receiving);
        talk.mail({.kind = Kind::Pong});
        QCOMPARE(talk.context.access.posted.size(), 65u);
    }

    void helloComesFirstAndWithinTenSeconds() {
        Talk silent;
        QVERIFY(silent.context.timer == 10s);
        silent.handler.timer(silent.context);
        QVERIFY(silent.context.closed && !silent.context.protocolError.empty());
        Talk rude;
        for (int i = 0; i < 5; ++i)
            rude.json(R"({"action":"rooms"})");
        QVERIFY(rude.context.closed && rude.context.access.posted.empty());
        QVERIFY(rude.context.sent.front().find("not_hello") != std::string::npos);
        Talk wrong;
        wrong.json("{");
        QVERIFY(wrong.context.sent.front().find("bad_request") != std::string::npos);
    }

    void aLineClientIsAskedForThePassword() {
        Talk talk;
        talk.context.access.hasPassword = true;
        talk.context.access.isLocal = false;
        talk.line("ann");
        QVERIFY(talk.context.sent.back().find("not encrypted") != std::string::npos);
        talk.line("pass word\r");
        QCOMPARE(talk.context.access.posted.front().password, std::string("pass word"));
        talk.mail({.kind = Kind::HoldBack, .delay = 2s});
        QVERIFY(talk.context.timer == 2s);
        talk.handler.timer(talk.context);
        QCOMPARE(talk.context.access.posted.size(), 2u);
        ChatEvent wrong = refusalEvent({ChatCode::WrongPassword, "the password is wrong"});
        wrong.closes = true;
        wrong.delay = 4s;
        talk.mail(wrong);
        QVERIFY(talk.context.timer == 4s && !talk.context.closed);
        talk.handler.timer(talk.context);
        QVERIFY(talk.context.closed);
        QCOMPARE(talk.context.sent.back(), std::string("* the password is wrong"));
    }

    void whoEndsItsSideStaysUntilAllIsStored() {
        Talk talk;
        talk.enterByJson();
        talk.json(R"({"action":"say","room":"den","text":"x"})");
        talk.handler.peerClosed(talk.context);
        QVERIFY(!talk.context.closed);
        talk.mail({.kind = Kind::Stored, .id = 1});
        QVERIFY(talk.context.closed);
        QVERIFY(talk.context.sent.back().find("\"id\":1") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestChatHandler)
#include "tst_chat_handler.moc"
