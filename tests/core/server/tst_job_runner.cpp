#include <atomic>
#include <mutex>

#include <QtTest>

#include "core/server/job_runner.h"

using namespace sscope;

class TestJobRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsJobsInTheirOrderOnAnotherThread() {
        JobRunner runner;
        std::mutex mutex;
        std::vector<std::string> outputs;
        std::atomic<int> done = 0;
        std::atomic<bool> elsewhere = true;
        const auto here = std::this_thread::get_id();
        for (int i = 0; i < 20; ++i)
            runner.submit(
                [i, here, &elsewhere] {
                    elsewhere = elsewhere && std::this_thread::get_id() != here;
                    return std::to_string(i);
                },
                [&](std::string output) {
                    const std::lock_guard lock(mutex);
                    outputs.push_back(std::move(output));
                    ++done;
                });
        QTRY_COMPARE(done.load(), 20);
        const std::lock_guard lock(mutex);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(outputs[static_cast<std::size_t>(i)], std::to_string(i));
        QVERIFY(elsewhere);
    }

    void dropsWhatHasNotBegunAtTheEnd() {
        std::atomic<int> done = 0;
        std::atomic<bool> begun = false;
        std::atomic<bool> mayEnd = false;
        std::thread releaser;
        {
            JobRunner runner;
            runner.submit(
                [&] {
                    begun = true;
                    while (!mayEnd)
                        std::this_thread::yield();
                    return std::string();
                },
                [&](const std::string&) { ++done; });
            for (int i = 0; i < 10; ++i)
                runner.submit([] { return std::string(); }, [&](const std::string&) { ++done; });
            QTRY_VERIFY(begun.load());
            releaser = std::thread([&] { mayEnd = true; });
        }
        releaser.join();
        QVERIFY(done >= 1); // what had begun was waited for
    }

    void endsAtOnceWhereThereWasNothingToDo() { JobRunner runner; }
};

QTEST_GUILESS_MAIN(TestJobRunner)
#include "tst_job_runner.moc"
