#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <sys/resource.h>

#include <QtTest>

#include "core/server/job_runner.h"

using namespace sscope;

namespace {

/// No new mapping meanwhile, so no stack for a thread.
class NoMemory {
public:
    NoMemory() {
        ::getrlimit(RLIMIT_AS, &m_before);
        const rlimit none{1, m_before.rlim_max};
        ::setrlimit(RLIMIT_AS, &none);
    }
    NoMemory(const NoMemory&) = delete;
    NoMemory& operator=(const NoMemory&) = delete;
    ~NoMemory() { ::setrlimit(RLIMIT_AS, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class TestJobRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // First: threads that have ended leave stacks for others.
    void saysWhereNoThreadCanBeStarted() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer needs the memory");
#endif
        JobRunner runner;
        bool isTaken = true;
        {
            const NoMemory none;
            isTaken = runner.submit([] { return std::string(); }, [](const std::string&) {});
        }
        QVERIFY(!isTaken);
        std::atomic<int> done = 0;
        QVERIFY(runner.submit([] { return std::string(); }, [&](const std::string&) { ++done; }));
        QTRY_COMPARE(done.load(), 1); // the one before was dropped
    }

    void runsJobsOnOtherThreads() {
        std::mutex mutex;
        std::set<std::string> outputs;
        std::set<std::thread::id> threads;
        {
            JobRunner runner;
            for (int i = 0; i < 200; ++i)
                (void)runner.submit(
                    [&, i] {
                        const std::lock_guard lock(mutex);
                        threads.insert(std::this_thread::get_id());
                        return std::to_string(i);
                    },
                    [&](std::string output) {
                        const std::lock_guard lock(mutex);
                        outputs.insert(std::move(output));
                    });
            const auto count = [&] {
                const std::lock_guard lock(mutex);
                return outputs.size();
            };
            QTRY_COMPARE(count(), std::size_t{200});
        }
        QVERIFY(!threads.contains(std::this_thread::get_id()));
    }

    void runsSoManyAtOnceAndNoMore() {
        std::atomic<std::size_t> running = 0;
        std::atomic<std::size_t> done = 0;
        std::atomic<bool> mayEnd = false;
        JobRunner runner;
        const std::size_t all = JobRunner::mostAtOnce + 10;
        for (std::size_t i = 0; i < all; ++i)
            (void)runner.submit(
                [&] {
                    ++running;
                    mayEnd.wait(false);
                    return std::string();
                },
                [&](const std::string&) { ++done; });
        QTRY_COMPARE(running.load(), JobRunner::mostAtOnce);
        QCOMPARE(done.load(), std::size_t{0});
        mayEnd = true;
        mayEnd.notify_all();
        QTRY_COMPARE(done.load(), all);
    }

    void dropsWhatHasNotBegunAtTheEnd() {
        std::atomic<std::size_t> begun = 0;
        std::atomic<std::size_t> done = 0;
        std::atomic<bool> mayEnd = false;
        std::thread releaser;
        {
            JobRunner runner;
            for (std::size_t i = 0; i < JobRunner::mostAtOnce * 2; ++i)
                (void)runner.submit(
                    [&] {
                        ++begun;
                        mayEnd.wait(false);
                        return std::string();
                    },
                    [&](const std::string&) { ++done; });
            QTRY_COMPARE(begun.load(), JobRunner::mostAtOnce);
            releaser = std::thread([&] {
                mayEnd = true;
                mayEnd.notify_all();
            });
        }
        releaser.join();
        QVERIFY(done >= JobRunner::mostAtOnce); // what had begun was waited for
        QCOMPARE(done.load(), begun.load());
    }

    void whatWaitsGoesWithoutTheLock() {
        std::atomic<bool> mayEnd = false;
        const auto nothing = [](const std::string&) {};
        {
            JobRunner runner;
            for (std::size_t i = 0; i < JobRunner::mostAtOnce; ++i)
                (void)runner.submit([&] { return mayEnd.wait(false), std::string(); }, nothing);
            // What this job holds needs the lock as it goes.
            const std::shared_ptr<bool> held(new bool, [&](const bool* one) {
                delete one;
                (void)runner.submit([] { return std::string(); }, nothing);
                mayEnd = true;
                mayEnd.notify_all();
            });
            (void)runner.submit([held] { return std::string(); }, nothing);
        }
        QVERIFY(mayEnd);
    }

    void endsAtOnceWhereThereWasNothingToDo() {
        JobRunner runner;
    }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
