// What a history keeps: ids, their order, bans, and what is past its time.

#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/chat_entries.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Outcome = ChatStored::Outcome;

class TestChatHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("history").toStdString();
    }

    void idsGrowByOneInEachRoomAndAcrossStarts() {
        {
            const auto history = ChatHistory::open(m_path).value();
            ChatEntry other = said("x");
            other.room = "attic";
            const auto stored = add(*history, {said("a"), other, said("b")});
            QCOMPARE(stored[0].id, 1u);
            QCOMPARE(stored[1].id, 1u);
            QCOMPARE(stored[2].id, 2u);
        }
        const auto history = ChatHistory::open(m_path).value();
        QCOMPARE(add(*history, {said("c")})[0].id, 3u);
        QCOMPARE(history->rooms().size(), 2u);
        ChatEntry topic = said("tea");
        topic.kind = ChatEntry::Kind::Topic;
        QVERIFY(add(*history, {topic})[0].outcome == Outcome::New);
        const auto rooms = history->rooms();
        const auto den = std::ranges::find(rooms, "den", &ChatRoomRecord::name);
        QCOMPARE(den->topic, std::string("tea"));
        QCOMPARE(den->last, 3u);
    }

    void aResendIsStoredOnceAlsoWithinOneBatch() {
        const auto history = ChatHistory::open(m_path).value();
        const auto first = add(*history, {said("a", "1", 5), said("a", "1", 6), said("b", "2")});
        QVERIFY(first[0].outcome == Outcome::New && first[1].outcome == Outcome::Again);
        QCOMPARE(first[1].id, 1u);
        QCOMPARE(first[1].time, WallTime(5));
        QCOMPARE(first[2].id, 2u);
        QCOMPARE(add(*history, {said("a", "1")})[0].id, 1u);
        ChatEntry other = said("a", "1"); // of another person
        other.author = "bob";
        QCOMPARE(add(*history, {other})[0].id, 3u);
    }

    void historyIsReadInOrderFromEitherEnd() {
        const auto history = ChatHistory::open(m_path).value();
        for (int i = 1; i <= 10; ++i)
            add(*history, {said(std::to_string(i))});
        const auto reader = ChatHistory::openReader(m_path).value();
        QVERIFY(idsOf(reader->read({.room = "den", .after = 3, .before = 7})) == (Ids{4, 5, 6}));
        // One more than was asked for tells that there is more.
        QVERIFY(idsOf(reader->read({.room = "den", .after = 3, .limit = 2})) == (Ids{4, 5, 6}));
        QVERIFY(idsOf(reader->read({.room = "den", .fromEnd = true, .limit = 2})) ==
                (Ids{8, 9, 10}));
        QVERIFY(idsOf(reader->read({.room = "nowhere"})).empty());
    }

    /// However many rooms there are, those who write wait for that many.
    void soManyGoAtOnceInAllRooms() {
        const auto history = ChatHistory::open("").value();
        for (int room = 0; room < 5; ++room) {
            ChatEntry entry = said("x");
            entry.room = "room" + std::to_string(room);
            add(*history, std::vector(10, entry));
        }
        QCOMPARE(history->prune({.count = 3}, 0, 16).value(), 16u);
        QCOMPARE(history->prune({.count = 3}, 0, 16).value(), 16u);
        QCOMPARE(history->prune({.count = 3}, 0, 16).value(), 3u);
    }

    void whatIsPastItsTimeGoesAndItsIdsDoNotComeBack() {
        const auto history = ChatHistory::open(m_path).value();
        for (int i = 1; i <= 10; ++i)
            add(*history, {said(std::to_string(i), {}, i * 1'000'000'000LL)});
        const WallTime now = 10'000'000'000;
        QCOMPARE(history->prune({.age = 6s}, now, 2).value(), 2u);
        QCOMPARE(history->prune({.age = 6s}, now, 100).value(), 1u);
        QVERIFY(idsOf(history->read({.room = "den"})).front() == 4);
        QCOMPARE(history->prune({.count = 3}, now, 100).value(), 4u);
        QVERIFY(idsOf(history->read({.room = "den"})) == (Ids{8, 9, 10}));
        QCOMPARE(history->prune({.age = 1s, .count = 1}, now + 1'000'000'000'000, 100).value(), 3u);
        QCOMPARE(add(*history, {said("new")})[0].id, 11u);
    }

    void bansStayUntilTheyAreLifted() {
        const std::vector<ChatBan> bans{{"ann", "", "spam", 5}, {"ann", "10.0.0.3", "", 6}};
        {
            const auto history = ChatHistory::open(m_path).value();
            QVERIFY(history->bans().empty());
            QVERIFY(history->saveBans(bans) == ChatStorageState::Good);
        }
        {
            const auto history = ChatHistory::open(m_path).value();
            QVERIFY(history->bans() == bans);
            QVERIFY(history->saveBans({}) == ChatStorageState::Good);
        }
        QVERIFY(ChatHistory::open(m_path).value()->bans().empty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_APPLESS_MAIN(TestChatHistory)
#include "tst_chat_history.moc"
