// 5 000 connections a second that live for an instant are in the history of closed sockets, or the
// gap says how many are not; as root and as somebody who may nothing. SSCOPE_CLOSED_SECONDS says
// for how long.

#include <atomic>
#include <thread>
#include <unordered_set>

#include <pwd.h>
#include <unistd.h>

#include <QtTest>

#include "core/engine/closed_reader.h"
#include "tests/support/connection_churn.h"
#include "tests/support/program.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// Takes from the reader 30 times a second, as the window does.
class Consumer {
public:
    explicit Consumer(ClosedReader& reader) : m_reader(reader), m_thread([this] { run(); }) {}

    /// Ends, and gives all that was taken.
    ClosedHistory& finish() {
        m_isOver = true;
        m_thread.join();
        take();
        return m_history;
    }
    [[nodiscard]] std::uint64_t told() const { return m_told; }

private:
    void run() {
        while (!m_isOver) {
            take();
            std::this_thread::sleep_for(33ms);
        }
    }
    void take() {
        for (HistoryEntry& entry : m_reader.take())
            m_history.add(std::move(entry));
        m_told = m_history.counters().closed + m_history.counters().lost;
    }

    ClosedReader& m_reader;
    ClosedHistory m_history;
    std::atomic<std::uint64_t> m_told = 0;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

std::size_t countIn(const ClosedHistory& history, const std::vector<std::uint64_t>& cookies) {
    std::unordered_set<std::uint64_t> there;
    for (std::uint64_t i = history.begin(); i < history.end(); ++i) {
        if (const auto* closed = std::get_if<ClosedSocket>(&history.at(i)))
            there.insert(closed->row.cookie);
    }
    return static_cast<std::size_t>(std::ranges::count_if(
        cookies, [&](std::uint64_t cookie) { return there.contains(cookie); }));
}

} // namespace

class TestClosedSockets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Where that is allowed: what stays in TIME_WAIT goes with it.
    void initTestCase() { enterOwnNetwork(); }

    void areInTheHistoryOrInAGap() {
        bool isGiven = false;
        const int given = qEnvironmentVariableIntValue("SSCOPE_CLOSED_SECONDS", &isGiven);
        ClosedReader reader({});
        QVERIFY(reader.start().has_value());
        Consumer consumer(reader);
        const ChurnResult churn = churnConnections(5000, std::chrono::seconds(isGiven ? given : 2));
        QTRY_VERIFY_WITH_TIMEOUT(consumer.told() >= churn.cookies.size(), 30'000);
        const ClosedHistory& history = consumer.finish();
        const std::size_t found = countIn(history, churn.cookies);
        const auto offered = churn.cookies.size();
        qInfo("uid %u: %zu sockets in %.1f s, %zu (%.3f %%) in the history, %llu in gaps",
              ::getuid(), offered, churn.took.count(), found,
              100 * static_cast<double>(found) / static_cast<double>(offered),
              static_cast<unsigned long long>(history.counters().lost));
        QCOMPARE(history.counters().forgotten, std::uint64_t{0});
        QVERIFY(found * 100 >= offered * 99 || found + history.counters().lost >= offered);
    }

    /// The same slot, in a process that has given up all rights.
    void areThereForWhoMayNothing() {
        const passwd* nobody = ::getpwnam("nobody");
        const QString self = QCoreApplication::applicationFilePath();
        if (::getuid() != 0 || !nobody || !isInstalled("setpriv"))
            QSKIP("only root can give up its rights, by setpriv(1)");
        const QStringList words{QStringLiteral("--reuid=nobody"), QStringLiteral("--clear-groups"),
                                QStringLiteral("--bounding-set=-all"), self,
                                QStringLiteral("areInTheHistoryOrInAGap")};
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("setpriv"), words);
        QVERIFY(process.waitForFinished(120'000));
        const QByteArray output = process.readAll();
        if (process.exitCode() == 126 || output.contains("failed to execute"))
            QSKIP("nobody may not run this test where it lies");
        for (const QByteArray& line : output.split('\n')) {
            if (line.contains("in the history"))
                qInfo("%s", line.constData());
        }
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
                 output.constData());
        QVERIFY(output.contains("uid " + QByteArray::number(nobody->pw_uid)));
    }
};

QTEST_GUILESS_MAIN(TestClosedSockets)
#include "tst_closed_sockets.moc"
