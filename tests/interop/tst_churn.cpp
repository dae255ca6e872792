// Connections that come and are reset, thousands a second, leave nothing behind.
// SSCOPE_CHURN_SECONDS says for how long under each model.

#include <atomic>
#include <csignal>
#include <thread>

#include <QtTest>

#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Connects and resets at a rate, from a thread of its own.
class Churn {
public:
    Churn(std::uint16_t port, int perSecond, std::chrono::seconds length)
        : m_thread([this, port, perSecond, length] { run(port, perSecond, length); }) {}
    ~Churn() { m_thread.join(); }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    [[nodiscard]] int count() const { return m_count; }

private:
    void run(std::uint16_t port, int perSecond, std::chrono::seconds length) {
        const auto start = Clock::now();
        const auto step = std::chrono::nanoseconds(1s) / perSecond;
        while (Clock::now() - start < length) {
            std::this_thread::sleep_until(start + m_count.load() * step);
            try {
                TestSocket socket = TestSocket::connectTcp(port);
                if (m_count % 2 == 0)
                    socket.send("x");
                socket.reset();
                ++m_count;
            } catch (const std::runtime_error&) {
                std::this_thread::sleep_for(1ms); // out of ports for a moment
            }
        }
        m_isOver = true;
    }

    std::atomic<int> m_count = 0;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

void churn(RunningServer& server, int perSecond, std::chrono::seconds length) {
    const Churn running(static_cast<std::uint16_t>(server.port()), perSecond, length);
    while (!running.isOver()) {
        server.process().waitForReadyRead(20);
        server.process().readAllStandardOutput(); // nobody reads it, but it does not pile up
    }
    qInfo("%d a second for %lld s", running.count() / static_cast<int>(length.count()),
          static_cast<long long>(length.count()));
}

} // namespace

class TestChurn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesNothingBehind_data() {
        QTest::addColumn<int>("perSecond");
        for (const char* model : {"select", "poll", "epoll", "threads"})
            QTest::newRow(model) << 5000;
        QTest::newRow("processes") << 500;
        if (hasQtProgram())
            QTest::newRow("qt") << 2000;
    }

    void leavesNothingBehind() {
        QFETCH(int, perSecond);
        const int seconds = qEnvironmentVariableIntValue("SSCOPE_CHURN_SECONDS");
        const QString model = QString::fromLatin1(QTest::currentDataTag());
        RunningServer server({"--model", model, "--listen", "tcp://127.0.0.1:0"});
        const auto pid = static_cast<pid_t>(server.process().processId());
        const ProcessInfo start = processInfo(pid);
        // So that the memory which it keeps is there: the allocator's high-water mark takes some
        // seconds of bursts.
        churn(server, perSecond, seconds > 0 ? 15s : 1s);
        QTRY_COMPARE_WITH_TIMEOUT(processInfo(pid).descriptors, start.descriptors, 10'000);
        const std::uint64_t memory = processInfo(pid).residentBytes;
        churn(server, perSecond, std::chrono::seconds(qMax(1, seconds)));
        QTRY_COMPARE_WITH_TIMEOUT(processInfo(pid).descriptors, start.descriptors, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(processInfo(pid).threads, start.threads, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(processInfo(pid).children, start.children, 10'000);
        const std::uint64_t now = processInfo(pid).residentBytes;
        qInfo("%s: %llu KiB when it was warm, %llu KiB now", qPrintable(model),
              static_cast<unsigned long long>(memory >> 10),
              static_cast<unsigned long long>(now >> 10));
        // A twentieth, or what the allocator keeps of a burst; a leak of a few bytes for each of
        // 300 000 connections is more.
        if (seconds > 0)
            QVERIFY(now <= memory + std::max<std::uint64_t>(memory / 20, 1 << 20));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }
};

QTEST_GUILESS_MAIN(TestChurn)
#include "tst_churn.moc"
