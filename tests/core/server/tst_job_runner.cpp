#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include <QtTest>

#include "core/server/job_runner.h"

using namespace sscope;

class TestJobRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsJobsOnOtherThreads() {
        std::mutex mutex;
        std::set<std::string> outputs;
        std::set<std::thread::id> threads;
        {
            JobRunner runner;
            for (int i = 0; i < 200; ++i)
                runner.submit(
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
            runner.submit(
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
                runner.submit(
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

    void endsAtOnceWhereThereWasNothingToDo() { JobRunner runner; }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
