// The thread that stores, and what waits for it.

#include <atomic>
#include <future>

#include <QTemporaryDir>
#include <QtTest>

#include "core/storage/chat_store.h"
#include "tests/support/chat_entries.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Outcome = ChatStored::Outcome;

class TestChatStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("history").toStdString();
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

QTEST_APPLESS_MAIN(TestChatStore)
#include "tst_chat_store.moc"
