// Against the live kernel, with sockets and processes of our own.

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

#include <QtTest>

#include "core/diagnostics/socket_actions.h"
#include "core/diagnostics/socket_table.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

std::optional<SocketRow> rowOf(const TestSocket& socket, bool isUdp = false) {
    std::uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    ::getsockopt(socket.fd(), SOL_SOCKET, SO_COOKIE, &cookie, &size);
    SocketTable table({.tcp = !isUdp, .udp = isUdp});
    if (!table.refresh(SteadyClock::now()))
        return std::nullopt;
    const auto rows = table.rows();
    const auto it = std::ranges::find(rows, cookie, &SocketRow::cookie);
    return it == rows.end() ? std::nullopt : std::optional(*it);
}

/// What the socket has to say after it was closed from outside.
int pendingError(const TestSocket& socket) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

bool isClosedByUs(const Result<void>& result) {
    return result.has_value() || !result.error().isErrno(EOPNOTSUPP);
}

std::string whyNot(const Result<void>& result) {
    return result ? std::string() : errorText(result.error());
}

/// A shell that ends with code 7 when it is asked to.
class Sleeper {
public:
    Sleeper()
        : m_program(QStringLiteral("sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done")}) {
        m_program.readLine(); // the trap is set
    }
    [[nodiscard]] int pid() { return static_cast<int>(m_program.process().processId()); }
    /// Its exit code, or -1 where a signal ended it.
    int wait() { return m_program.waitForEnd(); }

private:
    RunningProgram m_program;
};

std::uint64_t startTimeOf(int pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    return stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(19).toULongLong();
}

} // namespace

class TestSocketActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closesAConnectionAndResetsItsPeer() {
        if (::getuid() != 0)
            QSKIP("needs CAP_NET_ADMIN");
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const TestSocket accepted = listener.accept();
        const auto row = rowOf(client);
        QVERIFY(row.has_value());
        const auto closed = destroySocket(*row);
        if (!isClosedByUs(closed))
            QSKIP("this kernel has no SOCK_DESTROY");
        QVERIFY2(closed.has_value(), whyNot(closed).c_str());
        QCOMPARE(pendingError(client), ECONNABORTED);
        QVERIFY(accepted.isReset());
        // The same row again: its socket has gone.
        const auto again = destroySocket(*row);
        QVERIFY(!again && again.error().isErrno(ENOTCONN));
    }

    void closesAListenerAndUdp() {
        if (::getuid() != 0)
            QSKIP("needs CAP_NET_ADMIN");
        const TestSocket listener = TestSocket::listenTcp();
        const auto row = rowOf(listener);
        QVERIFY(row.has_value());
        const auto closed = destroySocket(*row);
        if (!isClosedByUs(closed))
            QSKIP("this kernel has no SOCK_DESTROY");
        QVERIFY2(closed.has_value(), whyNot(closed).c_str());
        QVERIFY(!rowOf(listener));

        const TestSocket bound = TestSocket::bindUdp();
        const TestSocket connected = TestSocket::connectUdp(bound.port());
        for (const TestSocket* socket : {&connected, &bound}) {
            const auto udp = rowOf(*socket, true);
            QVERIFY(udp.has_value());
            const auto ended = destroySocket(*udp);
            QVERIFY2(ended.has_value(), whyNot(ended).c_str());
            QCOMPARE(pendingError(*socket), ECONNABORTED);
        }
    }

    void meetsNoOtherSocketInTheSamePlace() {
        if (::getuid() != 0)
            QSKIP("needs CAP_NET_ADMIN");
        const TestSocket listener = TestSocket::listenTcp();
        auto row = rowOf(listener);
        QVERIFY(row.has_value());
        row->cookie += 1'000'000'000;
        const auto closed = destroySocket(*row);
        QVERIFY(!closed && closed.error().isErrno(ENOTCONN));
        QVERIFY(rowOf(listener).has_value());
    }

    void saysWhatIsMissingToWhoMayNot() {
        if (::getuid() != 0 || !isInstalled("setpriv"))
            QSKIP("only root can give up its rights, by setpriv(1)");
        if (qEnvironmentVariableIsSet("SSCOPE_INNER")) {
            const TestSocket listener = TestSocket::listenTcp();
            const auto closed = destroySocket(*rowOf(listener));
            QVERIFY(!closed && closed.error().isErrno(EPERM));
            QVERIFY(closed.error().hint.kind == Hint::Kind::Permission);
            QCOMPARE(closed.error().hint.text, std::string("CAP_NET_ADMIN"));
            QVERIFY(rowOf(listener).has_value());
            return;
        }
        // Still root, so that the executable can be read wherever it lies.
        const ProgramResult inner = runProgram(QStringLiteral("setpriv"),
                                               {QStringLiteral("--bounding-set=-net_admin"),
                                                QStringLiteral("--inh-caps=-net_admin"),
                                                QCoreApplication::applicationFilePath(),
                                                QStringLiteral("saysWhatIsMissingToWhoMayNot")},
                                               {}, {QStringLiteral("SSCOPE_INNER=1")});
        QVERIFY2(inner.exitCode == 0, inner.output.constData());
    }

    void refusesWhatHasNoPort() {
        SocketRow row{.protocol = SocketProtocol::Unix, .path = "/run/x"};
        const auto closed = destroySocket(row);
        QVERIFY(!closed && closed.error().isErrno(EOPNOTSUPP));
    }

    void endsAProcess() {
        Sleeper asked;
        QVERIFY(endProcess(asked.pid(), startTimeOf(asked.pid()), false).has_value());
        QCOMPARE(asked.wait(), 7);
        Sleeper forced;
        QVERIFY(endProcess(forced.pid(), startTimeOf(forced.pid()), true).has_value());
        QCOMPARE(forced.wait(), -1);
    }

    void sparesAnotherProcessWithTheSamePid() {
        Sleeper sleeper;
        const auto ended = endProcess(sleeper.pid(), startTimeOf(sleeper.pid()) + 1, true);
        QVERIFY(!ended && ended.error().isErrno(ESRCH));
        const auto unknown = endProcess(sleeper.pid(), 0, true);
        QVERIFY(!unknown && unknown.error().isErrno(ESRCH));
        QCOMPARE(::kill(sleeper.pid(), 0), 0);
        for (const int pid : {-1, 0, 1, static_cast<int>(::getpid())})
            QVERIFY(!endProcess(pid, startTimeOf(pid), true));
    }
};

QTEST_GUILESS_MAIN(TestSocketActions)
#include "tst_socket_actions.moc"
