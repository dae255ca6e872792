// The file of a history: damaged, of others, or of an earlier version.

#include <filesystem>
#include <fstream>

#include <QTemporaryDir>
#include <QtTest>

#include "core/base/chat_error.h"
#include "tests/support/chat_entries.h"

using namespace sscope;
using namespace sscope::test;

class TestChatFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("history").toStdString();
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

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

QTEST_APPLESS_MAIN(TestChatFile)
#include "tst_chat_file.moc"
