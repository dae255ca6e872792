// Searches of a history, and the index that they ask.

#include <atomic>
#include <future>
#include <random>

#include <QTemporaryDir>
#include <QtTest>

#include "core/base/unicode_text.h"
#include "core/storage/chat_store.h"
#include "tests/support/chat_entries.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

class TestChatIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("history").toStdString();
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

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_APPLESS_MAIN(TestChatIndex)
#include "tst_chat_index.moc"
