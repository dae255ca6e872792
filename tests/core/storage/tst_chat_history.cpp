#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <random>

#include <QTemporaryDir>
#include <QtTest>

#include "core/base/chat_error.h"
#include "core/base/unicode_text.h"
#include "core/storage/chat_store.h"

using namespace sscope;
using namespace std::chrono_literals;
using Outcome = ChatStored::Outcome;

namespace {

ChatEntry said(const std::string& text, const std::string& clientId = {}, WallTime time = 1000) {
    return {.room = "den", .author = "ann", .clientId = clientId, .text = text, .time = time};
}

std::vector<ChatStored> add(ChatHistory& history, const std::vector<ChatEntry>& entries) {
    return history.append(entries);
}

std::vector<std::uint64_t> idsOf(const Result<std::vector<ChatMessage>>& messages) {
    std::vector<std::uint64_t> ids;
    for (const ChatMessage& message : messages.value())
        ids.push_back(message.id);
    return ids;
}

using Ids = std::vector<std::uint64_t>;

/// The tables of the first version.
constexpr const char* firstVersion = R"(
    PRAGMA journal_mode = WAL;
    BEGIN IMMEDIATE;
    PRAGMA application_id = 1398099572;
    PRAGMA user_version = 1;
    CREATE TABLE rooms (
        key INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        topic TEXT NOT NULL DEFAULT '',
        last INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE messages (
        room INTEGER NOT NULL REFERENCES rooms (key),
        id INTEGER NOT NULL,
        time INTEGER NOT NULL,
        author TEXT NOT NULL,
        client_id TEXT,
        text TEXT NOT NULL,
        PRIMARY KEY (room, id)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX messages_of_clients ON messages (room, author, client_id)
        WHERE client_id IS NOT NULL;
    CREATE TABLE probe (key INTEGER PRIMARY KEY, value INTEGER NOT NULL);
    INSERT INTO probe VALUES (1, 0);
    COMMIT;
)";

} // namespace

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

    void aSearchFindsWhateverTheCase() {
        const auto history = ChatHistory::open("").value();
        add(*history, {said("Größe"), said("nothing"), said("GRÖSSE 100%"), said("x")});
        QVERIFY(idsOf(history->read({.search = "grösse"})) == (Ids{3, 1}));
        QVERIFY(idsOf(history->read({.room = "den", .search = "0%"})) == Ids{3});
        QVERIFY(idsOf(history->read({.room = "attic", .search = "x"})).empty());
        QVERIFY(idsOf(history->read({.search = "'; DROP TABLE messages"})).empty());
    }

    void aSearchIsThatOfALookAtEachMessage_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("indexed");
        for (const char* const text : {"a",
                                       "ab",
                                       "abc",
                                       "bca",
                                       "cab abc",
                                       "b",
                                       "bb",
                                       "北",
                                       "北京",
                                       "北京天",
                                       "京天安门",
                                       "ﬁ",
                                       "FI",
                                       "100%",
                                       "%",
                                       "\"'*",
                                       "a\" OR \"b",
                                       " ",
                                       "  ",
                                       "é",
                                       "E\u0301",
                                       "x\ty",
                                       "no such words",
                                       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                       "NEAR(a b)",
                                       "😀"})
            for (const int indexed : {1, 300, 600})
                QTest::newRow((std::string(text) + ", " + std::to_string(indexed)).c_str())
                    << QString::fromUtf8(text) << indexed;
    }

    void aSearchIsThatOfALookAtEachMessage() {
        QFETCH(QString, text);
        const auto history = ChatHistory::open(m_path).value();
        const std::vector<std::string> pieces{"a",      "b", "c",  " ", "北",   "京",
                                              "天安门", "é", "fi", "ﬁ", "100%", "\"'*",
                                              "x\ty",   "😀", "AB", "  "};
        std::mt19937 random(7);
        std::vector<ChatEntry> entries;
        for (int i = 0; i < 600; ++i) {
            ChatEntry entry = said("", {}, i * 1000);
            for (auto left = random() % 12; left > 0; --left)
                entry.text += pieces[random() % pieces.size()];
            entry.room = i % 3 == 0 ? "attic" : "den";
            entries.push_back(entry);
        }
        add(*history, entries);
        QFETCH(int, indexed);
        QCOMPARE(history->index(static_cast<std::size_t>(indexed)).value(), indexed < 600);
        const auto folded = foldedCase(text.toStdString());
        for (const std::string room : {"", "den", "attic"}) {
            std::vector<WallTime> expected;
            for (const ChatEntry& entry : entries) {
                if ((room.empty() || entry.room == room) &&
                    foldedCase(entry.text).find(folded) != std::string::npos)
                    expected.insert(expected.begin(), entry.time);
            }
            expected.resize(std::min<std::size_t>(expected.size(), 21));
            const auto found =
                history->read({.room = room, .limit = 20, .search = text.toStdString()});
            std::vector<WallTime> times;
            for (const ChatMessage& message : found.value())
                times.push_back(message.time);
            QCOMPARE(times, expected);
        }
    }

    void anOlderFileIsIndexedPieceByPiece() {
        {
            auto file = SqliteFile::open(m_path, false).value();
            QVERIFY(file.run(firstVersion));
            QVERIFY(file.run(R"(
                INSERT INTO rooms VALUES (1, 'den', 'tea', 25), (2, 'attic', '', 0);
                WITH RECURSIVE n (i) AS (SELECT 6 UNION ALL SELECT i + 1 FROM n WHERE i < 25)
                    INSERT INTO messages SELECT 1, i, i, 'ann', NULL, 'word ' || i FROM n;
            )"));
        }
        auto history = ChatHistory::open(m_path).value();
        QCOMPARE(add(*history, {said("word 26", {}, 26)})[0].id, 26u);
        QVERIFY(idsOf(history->read({.search = "word 2"})) == (Ids{26, 25, 24, 23, 22, 21, 20}));
        QVERIFY(history->index(8).value());
        history.reset(); // or killed: a piece is a transaction
        history = ChatHistory::open(m_path).value();
        QVERIFY(idsOf(history->read({.search = "word 2"})).size() == 7);
        QVERIFY(history->index(8).value());
        QVERIFY(!history->index(8).value() && !history->index(8).value());
        QVERIFY(idsOf(history->read({.search = "word 2"})) == (Ids{26, 25, 24, 23, 22, 21, 20}));
        QVERIFY(idsOf(history->read({.search = "word 6"})) == Ids{6});
        QCOMPARE(history->rooms().size(), 2u);
    }

    void theIndexForgetsWhatIsPastItsTime_data() {
        QTest::addColumn<std::size_t>("indexed"); // when it goes
        for (const std::size_t indexed : {1u, 27u, 28u, 30u})
            QTest::addRow("%zu", indexed) << indexed;
    }

    void theIndexForgetsWhatIsPastItsTime() {
        QFETCH(std::size_t, indexed);
        const auto history = ChatHistory::open(m_path).value();
        for (int i = 1; i <= 30; ++i)
            add(*history, {said("one " + std::to_string(i))});
        QVERIFY(history->index(indexed).has_value());
        QCOMPARE(history->prune({.count = 3}, 0, 100).value(), 27u);
        QVERIFY(idsOf(history->read({.search = "one "})) == (Ids{30, 29, 28}));
        QVERIFY(!history->index(100).value());
        QVERIFY(idsOf(history->read({.search = "one "})) == (Ids{30, 29, 28}));
        auto file = SqliteFile::open(m_path, false).value();
        QVERIFY(file.run("INSERT INTO grams (grams) VALUES ('integrity-check')"));
        QVERIFY(file.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, grams, row)"));
        QCOMPARE(file.textOf("SELECT doc FROM words WHERE term = 'one'").value(), std::string("3"));
        QCOMPARE(file.textOf("SELECT count(*) FROM words WHERE term LIKE '%12%'").value(),
                 std::string("0"));
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

    void aDamagedIndexIsBegunAnew() {
        {
            const auto history = ChatHistory::open(m_path).value();
            for (int i = 1; i <= 50; ++i) {
                add(*history, {said("word " + std::to_string(i))});
                QVERIFY(!history->index(100).value());
            }
        }
        {
            auto file = SqliteFile::open(m_path, false).value();
            QVERIFY(
                file.run("UPDATE grams_data SET block = x'00000000a0ffff7f7f7f7f' WHERE id = 10"));
        }
        const auto history = ChatHistory::open(m_path).value();
        QCOMPARE(idsOf(history->read({.search = "word 3"})).size(), 11u); // by a look at each
        for (int i = 51; i <= 90; ++i) { // until it looks at what is damaged
            QCOMPARE(add(*history, {said("word " + std::to_string(i))})[0].id, std::uint64_t(i));
            QVERIFY(history->index(1).has_value());
        }
        while (history->index(1000).value()) {
        }
        auto file = SqliteFile::open(m_path, false).value();
        QVERIFY(file.run("INSERT INTO grams (grams) VALUES ('integrity-check')"));
        QCOMPARE(idsOf(history->read({.search = "word 3"})).size(), 11u);
    }

    /// It is indexed soon, and a search finds it at once.
    void theStoreIndexesWhatItHasStored() {
        std::atomic<int> stored = 0;
        std::promise<std::size_t> found;
        auto writer = ChatHistory::open(m_path).value(); // before the reader
        ChatStore store(std::move(writer), ChatHistory::openReader(m_path).value(), {},
                        {.stored =
                             [&](const std::vector<ChatStored>& results) {
                                 stored += static_cast<int>(results.size());
                             },
                         .read =
                             [&](std::uint64_t, const Result<std::vector<ChatMessage>>& messages) {
                                 found.set_value(messages.value().size());
                             },
                         .state = [](ChatStorageState) {}});
        QVERIFY(store.start());
        for (int i = 1; i <= 700; ++i)
            store.append(said("word " + std::to_string(i)));
        QTRY_COMPARE(stored.load(), 700);
        store.read({.limit = 1000, .search = "word"});
        auto future = found.get_future();
        QVERIFY(future.wait_for(20s) == std::future_status::ready);
        QCOMPARE(future.get(), std::size_t{700});
        auto file = SqliteFile::open(m_path, true).value();
        QTRY_COMPARE(file.textOf("SELECT count(*) FROM grams_to_come").value(), std::string("0"));
        QVERIFY(file.textOf("SELECT count(*) FROM grams WHERE grams MATCH 'wor'").value() == "700");
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

    void aDamagedFileIsMovedAside_data() {
        QTest::addColumn<bool>("isNoDatabase");
        QTest::newRow("another content") << true;
        QTest::newRow("a page overwritten") << false;
    }

    void aDamagedFileIsMovedAside() {
        QFETCH(bool, isNoDatabase);
        {
            const auto history = ChatHistory::open(m_path).value();
            for (int i = 0; i < 300; ++i)
                add(*history, {said(std::string(500, 'x'), std::to_string(i))});
        }
        const auto size = std::filesystem::file_size(m_path);
        {
            std::fstream file(m_path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(isNoDatabase ? 0 : static_cast<std::streamoff>(size / 2));
            file << std::string(8192, '\xAA');
        }
        const auto history = ChatHistory::open(m_path);
        QVERIFY(history.has_value());
        QVERIFY(!(*history)->movedTo().empty());
        QCOMPARE(std::filesystem::file_size((*history)->movedTo()), size);
        QCOMPARE(add(**history, {said("new")})[0].id, 1u);
    }

    void aFileThatIsNoneOfOursIsNotMoved() {
        const std::string text(5000, 'n');
        std::ofstream(m_path) << text;
        for (int i = 0; i < 2; ++i) {
            const auto history = ChatHistory::open(m_path);
            QVERIFY(!history && isChatFault(history.error(), ChatFault::HistoryForeign));
        }
        QVERIFY(!std::filesystem::exists(m_path + "-lock"));
        QCOMPARE(std::filesystem::file_size(m_path), text.size());
        {
            auto file = SqliteFile::open(m_path + "2", false).value();
            QVERIFY(file.run("PRAGMA application_id = 7; CREATE TABLE t (x); "
                             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                             "WHERE i < 900) INSERT INTO t SELECT randomblob(99) FROM n"));
        }
        {
            std::fstream file(m_path + "2", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(8192);
            file << std::string(20000, '\xAA');
        }
        std::ofstream(m_path + "2-lock") << "";
        const auto damaged = ChatHistory::open(m_path + "2"); // another program's
        QVERIFY(!damaged && isChatFault(damaged.error(), ChatFault::HistoryForeign));
    }

    void aDamagedFileWithOurMarkNeedsNoLock() {
        {
            const auto history = ChatHistory::open(m_path).value();
            for (int i = 0; i < 300; ++i)
                add(*history, {said(std::string(500, 'x'), std::to_string(i))});
        }
        std::filesystem::remove(m_path + "-lock"); // copied without it
        {
            std::fstream file(m_path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(m_path) / 2));
            file << std::string(8192, '\xAA');
        }
        const auto history = ChatHistory::open(m_path);
        QVERIFY(history && !(*history)->movedTo().empty());
    }

    void aFileOfAnotherProgramOrAnotherServerIsLeftAlone() {
        {
            auto file = SqliteFile::open(m_path, false).value();
            QVERIFY(file.run("CREATE TABLE precious (x)"));
        }
        const auto foreign = ChatHistory::open(m_path);
        QVERIFY(!foreign && isChatFault(foreign.error(), ChatFault::HistoryForeign));
        const std::string path = m_path + "2";
        const auto first = ChatHistory::open(path);
        QVERIFY(first.has_value());
        const auto second = ChatHistory::open(path);
        QVERIFY(!second && isChatFault(second.error(), ChatFault::HistoryInUse));
        const auto nowhere = ChatHistory::open(m_path + "/no/such");
        QVERIFY(!nowhere);
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

    void theStoreKeepsTheLastBansThatItWasGiven() {
        {
            auto writer = ChatHistory::open(m_path).value();
            auto reader = ChatHistory::openReader(m_path).value();
            ChatStore store(std::move(writer), std::move(reader), {},
                            {[](const auto&) {}, [](auto, const auto&) {}, [](auto) {}});
            QVERIFY(store.start());
            store.keepBans({{"ann", "", "", 1}});
            store.keepBans({{"bob", "", "", 2}});
        }
        const auto bans = ChatHistory::open(m_path).value()->bans();
        QVERIFY(bans == (std::vector<ChatBan>{{"bob", "", "", 2}}));
    }

    void bansThatCannotBeWrittenAreTriedAgain() {
        auto writer = ChatHistory::open(m_path).value();
        auto other = SqliteFile::open(m_path, false).value();
        QVERIFY(other.run("CREATE TRIGGER no BEFORE INSERT ON bans "
                          "BEGIN SELECT RAISE(ABORT, 'no'); END"));
        std::atomic<ChatStorageState> state = ChatStorageState::Good;
        std::atomic<int> changes = 0;
        ChatStore store(std::move(writer), ChatHistory::openReader(m_path).value(), {},
                        {[](const auto&) {}, [](auto, const auto&) {},
                         [&](ChatStorageState now) {
                             state = now;
                             ++changes;
                         }});
        QVERIFY(store.start());
        store.keepBans({{"ann", "", "spam", 1}});
        QTRY_VERIFY(state == ChatStorageState::Failed);
        QVERIFY(other.run("DROP TRIGGER no"));
        QTRY_VERIFY(state == ChatStorageState::Good);
        QCOMPARE(changes.load(), 2);
        QCOMPARE(ChatHistory::openReader(m_path).value()->bans().size(), 1u);
    }

    void aFileOfTheFirstVersionIsBroughtUp() {
        {
            auto file = SqliteFile::open(m_path, false).value();
            QVERIFY(file.run(firstVersion));
            QVERIFY(file.run(R"(
                INSERT INTO rooms VALUES (1, 'den', 'tea', 2);
                INSERT INTO messages VALUES (1, 1, 1000, 'ann', NULL, 'a'),
                    (1, 2, 1001, 'ann', 'mine', 'b');
            )"));
        }
        const auto history = ChatHistory::open(m_path).value();
        QVERIFY(history->movedTo().empty());
        QCOMPARE(history->rooms().front().topic, std::string("tea"));
        QCOMPARE(idsOf(history->read({.room = "den"})), (Ids{1, 2}));
        QCOMPARE(add(*history, {said("again", "mine")})[0].id, 2u);
        QCOMPARE(add(*history, {said("c")})[0].id, 3u);
        QVERIFY(history->bans().empty());
        QVERIFY(history->saveBans(std::vector<ChatBan>{{"ann", "", "spam", 5}}) ==
                ChatStorageState::Good);
        QCOMPARE(ChatHistory::openReader(m_path).value()->bans().size(), 1u);
    }

    void manyThatWaitAreOneTransaction() {
        std::promise<void> done;
        std::atomic<int> batches = 0;
        std::uint64_t last = 0;
        {
            auto writer = ChatHistory::open(m_path).value(); // makes the file
            ChatStore store(std::move(writer), ChatHistory::openReader(m_path).value(), {},
                            {.stored =
                                 [&](std::vector<ChatStored> results) {
                                     ++batches;
                                     for (const ChatStored& result : results) {
                                         QVERIFY(result.outcome == Outcome::New);
                                         QCOMPARE(result.id, ++last);
                                     }
                                     if (last == 2000)
                                         done.set_value();
                                 },
                             .read = [](std::uint64_t, auto) {},
                             .state = [](ChatStorageState) {}});
            for (int i = 0; i < 2000; ++i)
                store.append(said(std::to_string(i)));
            QVERIFY(store.start()); // all of them wait by then
            QVERIFY(done.get_future().wait_for(20s) == std::future_status::ready);
        }
        QCOMPARE(batches.load(), 1);
        QCOMPARE(ChatHistory::open(m_path).value()->rooms().front().last, 2000u);
    }

    /// Whoever comes back waits for nobody's searches.
    void searchesWaitForHistory() {
        std::promise<void> goOn;
        const std::shared_future<void> mayGoOn(goOn.get_future());
        std::promise<void> allThere;
        std::vector<std::uint64_t> tokens;
        ChatStore store(ChatHistory::open("").value(), nullptr, {},
                        {.stored = [](const std::vector<ChatStored>&) {},
                         .read =
                             [&](std::uint64_t token, const Result<std::vector<ChatMessage>>&) {
                                 mayGoOn.wait();
                                 tokens.push_back(token);
                                 if (tokens.size() == 4)
                                     allThere.set_value();
                             },
                         .state = [](ChatStorageState) {}});
        QVERIFY(store.start());
        store.read({.token = 1, .room = "den"});
        store.read({.token = 2, .search = "x"});
        store.read({.token = 3, .search = "x"});
        store.read({.token = 4, .room = "den"});
        goOn.set_value();
        QVERIFY(allThere.get_future().wait_for(20s) == std::future_status::ready);
        const auto at = [&](std::uint64_t token) { return std::ranges::find(tokens, token); };
        QVERIFY(at(4) < at(3) && at(2) < at(3));
    }

    void whatWasSaidBehindWhatIsMissingWaits() {
        ChatOrder order;
        const TimePoint now = TimePoint() + 1h;
        QVERIFY(!order.holdsBack(said("a", "1"), now));
        for (const char* const id : {"1", "2"}) // of one transaction
            order.refused(said("a", id), Outcome::Full, now);
        QVERIFY(order.holdsBack(said("a", "2"), now) == Outcome::Full);
        QVERIFY(order.holdsBack(said("a", "3"), now) == Outcome::Full);
        QVERIFY(!order.holdsBack(said("a"), now)); // nobody will send it again
        ChatEntry other = said("a", "3");
        other.author = "bob";
        QVERIFY(!order.holdsBack(other, now));
        QVERIFY(!order.holdsBack(said("a", "1"), now)); // again
        QVERIFY(!order.holdsBack(said("a", "2"), now) && order.isEmpty());
        order.refused(said("a", "2"), Outcome::Failed, now);
        QVERIFY(order.holdsBack(said("a", "3"), now + 9s) == Outcome::Failed);
        QVERIFY(!order.holdsBack(said("a", "3"), now + 10s) && order.isEmpty());
    }

    void whatWasGivenIsWrittenBeforeTheEnd() {
        {
            ChatStore store(ChatHistory::open(m_path).value(), nullptr, {},
                            {.stored = [](auto) {},
                             .read = [](std::uint64_t, auto) {},
                             .state = [](ChatStorageState) {}});
            QVERIFY(store.start());
            for (int i = 0; i < 500; ++i)
                store.append(said(std::to_string(i)));
        }
        QCOMPARE(ChatHistory::open(m_path).value()->rooms().front().last, 500u);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_APPLESS_MAIN(TestChatHistory)
#include "tst_chat_history.moc"
