// The rooms of a chat, their people and their owner.

#include <QtTest>

#include "core/client/chat_event_reader.h"
#include "tests/support/fake_chat.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

class TestChatRooms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMessageIsAnsweredAndDeliveredOnceItIsDurable() {
        FakeHub hub;
        hub.enter(1, "ann");
        hub.enter(2, "bob");
        hub.mails.clear();
        hub.rooms.request(1, {.action = Action::Say, .ref = "r", .room = "DEN", .text = "hi"});
        QVERIFY(hub.mails.empty());
        hub.storeAll();
        QVERIFY(hub.kinds(1) == std::vector{Kind::Stored});
        QVERIFY(hub.last(1).ref == "r" && hub.last(1).id == 1);
        QVERIFY(hub.kinds(2) == std::vector{Kind::Message});
        hub.rooms.request(1, {.action = Action::Say, .room = "den", .text = "hi"});
        hub.storeAll(ChatStored::Outcome::Again);
        QVERIFY(hub.last(1).isAgain);
        QCOMPARE(hub.mails[2].size(), 1u); // nobody hears it twice
        hub.rooms.request(1, {.action = Action::Say, .room = "den", .text = "hi"});
        hub.storeAll(ChatStored::Outcome::Full);
        QVERIFY(hub.last(1).kind == Kind::Refused && hub.last(1).code == ChatCode::StorageFull);
        QCOMPARE(hub.mails[2].size(), 1u);
        hub.rooms.request(1, {.action = Action::Say, .room = "attic", .text = "hi"});
        QVERIFY(hub.last(1).code == ChatCode::NotInRoom);
    }

    void anAnswerOfLongMessagesIsShortened_data() {
        QTest::addColumn<bool>("fromEnd");
        QTest::addColumn<char>("letter");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("kept");
        QTest::newRow("all fit") << false << 'x' << 1000 << 200;
        QTest::newRow("the first") << false << 'x' << 8192 << 32;
        QTest::newRow("the last") << true << 'x' << 8192 << 32;
        QTest::newRow("escaped") << true << '\x01' << 8192 << 5;
        QTest::newRow("quotes") << false << '"' << 8192 << 16;
    }

    void anAnswerOfLongMessagesIsShortened() {
        QFETCH(bool, fromEnd);
        QFETCH(char, letter);
        QFETCH(int, size);
        QFETCH(int, kept);
        FakeHub hub;
        hub.enter(1, "ann");
        hub.rooms.request(1, {.action = Action::History, .room = "den", .fromEnd = fromEnd});
        std::vector<ChatMessage> messages;
        for (std::uint64_t id = 1; id <= 200; ++id)
            messages.push_back({.id = id, .text = std::string(std::size_t(size), letter)});
        hub.rooms.readDone(hub.queries.back().token, messages, 200, false);
        const ChatEvent past = hub.last(1);
        QCOMPARE(past.messages.size(), std::size_t(kept));
        QCOMPARE(past.hasMore, kept < 200);
        QCOMPARE(past.messages.front().id, std::uint64_t(fromEnd ? 201 - kept : 1));
        QVERIFY(past.json.size() < 512 << 10);
    }

    void aNameIsTakenOverOnlyWithItsSecret() {
        FakeHub hub;
        hub.enter(1, "ann");
        const std::string secret = hub.mails[1].front()->resume;
        hub.rooms.connected(2, {});
        hub.rooms.request(2, {.action = Action::Hello, .name = "ANN", .resume = "guess"});
        QVERIFY(hub.last(2).code == ChatCode::NameTaken);
        hub.rooms.request(2, {.action = Action::Hello, .name = "ANN", .resume = secret});
        QVERIFY(hub.last(2).kind == Kind::Welcome && hub.last(2).resume == secret);
        QVERIFY(hub.last(1).kind == Kind::Closing && hub.last(1).code == ChatCode::Replaced);
        hub.rooms.gone(1, {});
        hub.rooms.connected(3, {});
        hub.rooms.request(3, {.action = Action::Hello, .name = "ann"});
        QVERIFY(hub.last(3).code == ChatCode::NameTaken); // 2 has it still
    }

    void theOwnerKicksBansAndAnnounces() {
        FakeHub hub;
        hub.enter(1, "ann");
        hub.enter(2, "bob");
        hub.rooms.announce("soon");
        QVERIFY(hub.last(1).kind == Kind::Notice && hub.last(2).text == "soon");
        QVERIFY(hub.rooms.kick("ANN", "enough"));
        QVERIFY(hub.last(1).kind == Kind::Closing && hub.last(1).code == ChatCode::Kicked);
        QCOMPARE(hub.last(1).text, std::string("the server's owner has sent you away: enough"));
        QVERIFY(hub.last(1).said == "enough");
        QVERIFY(hub.last(2).kind == Kind::PersonLeft);
        QCOMPARE(hub.last(2).text, std::string("sent away by the server's owner: enough"));
        const auto read = readChatEvent(hub.last(2).json); // a window words it anew
        QVERIFY(read && read->hasCode && read->code == ChatCode::Kicked && read->said == "enough");
        QVERIFY(!hub.rooms.kick("ann", {}));
        hub.rooms.gone(1, {});
        hub.enter(3, "ann"); // a kick is for once
        QVERIFY(hub.last(3).kind == Kind::Joined);
        QVERIFY(hub.rooms.ban("ann", "spam"));
        QCOMPARE(hub.last(2).text, std::string("banned by the server's owner: spam"));
        hub.rooms.gone(3, {});
        hub.rooms.connected(4, {.source = "10.0.0.3"});
        hub.rooms.request(4, {.action = Action::Hello, .name = "other"}); // from the same address
        QVERIFY(hub.last(4).code == ChatCode::Banned);
        hub.rooms.connected(5, {.source = "10.0.0.9"});
        hub.rooms.request(5, {.action = Action::Hello, .name = "Ann"});
        QVERIFY(hub.last(5).code == ChatCode::Banned);
        const auto bans = hub.rooms.overview().bans;
        QVERIFY(bans == (std::vector<ChatBan>{{"ann", "", "spam", 1'000'000'000},
                                              {"ann", "10.0.0.3", "spam", 1'000'000'000}}));
        QVERIFY(hub.kept == bans);
        hub.rooms.liftBan("10.0.0.3");
        hub.rooms.liftBan("ANN");
        hub.enter(6, "ann");
        QVERIFY(hub.last(6).kind == Kind::Joined);
        QCOMPARE(hub.rooms.overview().people.size(), 2u);
        QVERIFY(hub.kept.empty()); // lifted ones go
    }

    void aBanHoldsForWhoIsBeingJudged() {
        FakeHub hub(true);
        hub.rooms.connected(1, {.source = "a"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann", .password = "p"});
        hub.rooms.ban("Ann", "spam");
        hub.rooms.judged(1, ChatRooms::Verdict::Right, 0s);
        QVERIFY(hub.last(1).kind == Kind::Closing && hub.last(1).code == ChatCode::Banned);
        QVERIFY(hub.rooms.overview().people.empty());
    }

    /// It is let in by then: what is told it is in the trace.
    void anotherNameIsAnsweredWithoutTheSecret() {
        FakeHub hub;
        hub.enter(1, "ann");
        const std::string secret = hub.mails[1].front()->resume;
        hub.rooms.request(1, {.action = Action::Hello, .ref = "r", .name = "eve"});
        QVERIFY(hub.last(1).kind == Kind::Welcome && hub.last(1).name == "eve");
        QVERIFY(hub.last(1).json.find("resume") == std::string::npos);
        hub.rooms.connected(2, {});
        hub.rooms.request(2, {.action = Action::Hello, .name = "eve", .resume = secret});
        QVERIFY(hub.last(2).kind == Kind::Welcome); // it holds still
    }

    void bansOfBeforeHold() {
        FakeHub hub;
        hub.rooms.restoreBans({{"Ann", "", "spam", 5}, {"Ann", "10.0.0.3", "", 6}});
        QVERIFY(hub.kept.empty()); // they are stored
        hub.rooms.connected(1, {.source = "10.0.0.9"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "aNN"});
        QVERIFY(hub.last(1).code == ChatCode::Banned);
        QVERIFY(hub.last(1).text.find("spam") != std::string::npos);
        hub.rooms.connected(3, {.source = "10.0.0.3"});
        hub.rooms.request(3, {.action = Action::Hello, .name = "other"});
        QVERIFY(hub.last(3).code == ChatCode::Banned);
        QVERIFY(hub.rooms.ban("nobody", {}) == false); // holds for who comes
        QCOMPARE(hub.kept.size(), 3u);
        hub.rooms.liftBan("never banned");
        hub.rooms.liftBan("ann");
        QCOMPARE(hub.kept.size(), 2u);
        hub.enter(4, "ann");
        QVERIFY(hub.last(4).kind == Kind::Joined);
    }

    void whatTheOwnerSaysIsCounted() {
        FakeHub hub;
        hub.rooms.connected(1, {.connection = 7, .source = "local"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann"});
        hub.enter(2, "bob");
        QCOMPARE(hub.rooms.overview().notices, 0u);
        hub.rooms.announce("soon");
        QCOMPARE(hub.rooms.overview().heard, 2u);
        QVERIFY(hub.rooms.notify("BOB", "only you"));
        QVERIFY(hub.last(2).text == "only you" && hub.last(1).text == "soon");
        QCOMPARE(hub.rooms.overview().heard, 1u);
        QVERIFY(!hub.rooms.notify("nobody", "x"));
        const ChatOverview overview = hub.rooms.overview();
        QCOMPARE(overview.notices, 3u);
        QCOMPARE(overview.heard, 0u);
        QCOMPARE(overview.people.at(0).connection, 7u);
        QVERIFY(!overview.people.at(0).isOfOtherMachine && overview.people.at(1).isOfOtherMachine);
    }

    void whoUsesLinesIsMarked() {
        Talk line;
        line.line("ann");
        QVERIFY(line.context.access.posted.front().usesLines);
        QVERIFY(readChatRequest(R"({"action":"hello","name":"ann","usesLines":1,"lines":true})")
                    .value()
                    .usesLines == false); // the server sees it, nobody says it

        FakeHub hub;
        hub.enter(1, "bob");
        hub.rooms.connected(2, {.source = "local"});
        hub.rooms.request(2, line.context.access.posted.front());
        hub.rooms.request(2, {.action = Action::Join, .room = "den"});
        const auto joined = readChatEvent(hub.last(1).json);
        QVERIFY(joined && joined->kind == Kind::PersonJoined && joined->usesLines);
        QVERIFY(hub.last(2).lineUsers == std::vector<std::string>{"ann"});
        hub.rooms.request(2, {.action = Action::Hello, .name = "anna"}); // still with lines
        hub.rooms.request(1, {.action = Action::Who, .room = "den"});
        const auto who = readChatEvent(hub.last(1).json);
        QVERIFY(who && who->lineUsers == std::vector<std::string>{"anna"});
        QCOMPARE(who->people.size(), 2u);
        hub.enter(3, "cid");
        QVERIFY(!readChatEvent(hub.last(1).json)->usesLines);
        QVERIFY(hub.rooms.overview().people.at(0).usesLines);
        QVERIFY(!hub.rooms.overview().people.at(1).usesLines);
    }

    void aPasswordIsJudgedElsewhere() {
        FakeHub hub(true);
        hub.rooms.connected(1, {.source = "a"});
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann", .password = "p"});
        QVERIFY((hub.judged == std::vector<std::pair<ChatMemberId, std::string>>{{1, "p"}}));
        QVERIFY(hub.mails.empty());
        hub.rooms.judged(1, ChatRooms::Verdict::NotYet, 4s);
        QVERIFY(hub.last(1).kind == Kind::HoldBack && hub.last(1).delay == 4s);
        hub.rooms.request(1, {.action = Action::Hello, .name = "ann", .password = "p"});
        hub.rooms.judged(1, ChatRooms::Verdict::Right, 0s);
        QVERIFY(hub.last(1).kind == Kind::Welcome);
        hub.rooms.connected(2, {.source = "b"});
        hub.rooms.request(2, {.action = Action::Hello, .name = "bob", .password = "q"});
        hub.rooms.judged(2, ChatRooms::Verdict::Wrong, 2s);
        QVERIFY(hub.last(2).code == ChatCode::WrongPassword && hub.last(2).closes);
    }

    void anEmptyRoomInWhichNothingWasSaidIsGone() {
        FakeHub hub;
        hub.enter(1, "ann", "one");
        hub.rooms.request(1, {.action = Action::Leave, .room = "one"});
        QVERIFY(hub.rooms.overview().rooms.empty());
        hub.rooms.request(1, {.action = Action::Join, .room = "two"});
        hub.rooms.request(1, {.action = Action::Say, .room = "two", .text = "x"});
        hub.rooms.gone(1, {}); // before it is stored
        hub.storeAll();
        QCOMPARE(hub.rooms.overview().rooms.size(), 1u);
        QCOMPARE(hub.rooms.overview().rooms.front().last, 1u);
    }
};

QTEST_APPLESS_MAIN(TestChatRooms)
#include "tst_chat_rooms.moc"
