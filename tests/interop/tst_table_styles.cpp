// The tools' columns against the tools themselves: netstat(8), lsof(8) and ss(8), line by line, on
// sockets that this test has made. White space is made one: the tools pad by the terminal's width.

#include <algorithm>
#include <csignal>
#include <cstring>
#include <functional>
#include <memory>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/unique_fd.h"
#include "core/diagnostics/filter_text.h"
#include "core/diagnostics/socket_table.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// Sockets of every kind and most states, held by this process.
class Crowd {
public:
    explicit Crowd(const QString& folder) {
        listener(AF_INET, "127.0.0.1");
        const std::uint16_t port = portOf(m_held.back());
        connectTo(port); // ESTABLISHED on both ends
        const int closing = connectTo(port);
        ::shutdown(closing, SHUT_WR); // FIN_WAIT2 and CLOSE_WAIT
        const int queued = connectTo(port);
        (void)!::write(queued, "hello", 5);
        const std::uint16_t waits = backlogOfOne();
        m_waiting = TestSocket::connectTcp(waits); // in the accept queue
        listener(AF_INET6, "::", false);
        connectTo(portOf(m_held.back())); // a mapped address
        listener(AF_INET6, "::", true);
        listener(AF_INET6, "::1", true);
        onLoopbackDevice();
        bound(AF_INET, SOCK_STREAM, "127.0.0.1"); // which no tool shows
        bound(AF_INET, SOCK_DGRAM, "0.0.0.0");
        connectUdp(portOf(m_held.back()));
        bound(AF_INET6, SOCK_DGRAM, "::1");
        bound(AF_INET6, SOCK_DGRAM, "::");
        unixSockets(folder.toStdString());
        packetAndNetlink();
        hold(::fcntl(m_held.front().get(), F_DUPFD_CLOEXEC, 0)); // twice in one process
        shareWithChild();
    }

    ~Crowd() {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

private:
    /// So every socket has owners in two processes.
    void shareWithChild() {
        m_child = ::fork();
        check(m_child);
        if (m_child == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;)
                ::pause();
        }
    }

    int hold(int fd) {
        if (fd < 0)
            throw std::runtime_error(std::strerror(errno));
        m_held.emplace_back(fd);
        return fd;
    }

    static std::uint16_t portOf(const UniqueFd& socket) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
        return ntohs(reinterpret_cast<sockaddr_in*>(&address)->sin_port); // at the same place
    }

    int bound(int family, int type, const char* host, bool isV6Only = false) {
        const int fd = hold(::socket(family, type | SOCK_CLOEXEC, 0));
        sockaddr_in6 in6{};
        in6.sin6_family = AF_INET6;
        sockaddr_in in4{};
        in4.sin_family = AF_INET;
        if (family == AF_INET6) {
            const int only = isV6Only;
            ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
            ::inet_pton(AF_INET6, host, &in6.sin6_addr);
            check(::bind(fd, reinterpret_cast<sockaddr*>(&in6), sizeof in6));
        } else {
            ::inet_pton(AF_INET, host, &in4.sin_addr);
            check(::bind(fd, reinterpret_cast<sockaddr*>(&in4), sizeof in4));
        }
        return fd;
    }

    static void check(int result) {
        if (result < 0)
            throw std::runtime_error(std::strerror(errno));
    }

    void listener(int family, const char* host, bool isV6Only = false) {
        check(::listen(bound(family, SOCK_STREAM, host, isV6Only), 7));
    }

    std::uint16_t backlogOfOne() {
        listener(AF_INET, "127.0.0.1");
        return portOf(m_held.back());
    }

    /// Connects to the listener that is held last, or first; accepts; the client's descriptor.
    int connectTo(std::uint16_t port) {
        const auto listener = std::ranges::find_if(
            m_held, [port](const UniqueFd& one) { return portOf(one) == port; });
        const int listening = listener->get();
        const int client = hold(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        check(::connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address));
        hold(::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC));
        return client;
    }

    void connectUdp(std::uint16_t port) {
        const int fd = hold(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        check(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address));
    }

    void onLoopbackDevice() {
        const int fd = bound(AF_INET, SOCK_STREAM, "127.0.0.1");
        ::setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
        check(::listen(fd, 3));
    }

    void unixSocket(int type, const std::string& path, bool listens) {
        const int fd = hold(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
        check(::bind(fd, reinterpret_cast<sockaddr*>(&address), size));
        if (listens)
            check(::listen(fd, 4));
    }

    void unixSockets(const std::string& folder) {
        unixSocket(SOCK_STREAM, folder + "/stream", true);
        unixSocket(SOCK_DGRAM, folder + "/datagrams", false);
        unixSocket(SOCK_STREAM, std::string("\0abstract-", 10) + std::to_string(::getpid()), true);
        for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET}) {
            int pair[2] = {};
            check(::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, pair));
            hold(pair[0]);
            hold(pair[1]);
        }
    }

    /// A packet socket where it is permitted.
    void packetAndNetlink() {
        m_held.emplace_back(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ARP)));
        m_held.emplace_back(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons(ETH_P_ALL)));
        sockaddr_nl any{};
        any.nl_family = AF_NETLINK;
        const int fd = hold(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
        check(::bind(fd, reinterpret_cast<sockaddr*>(&any), sizeof any));
    }

    std::vector<UniqueFd> m_held;
    TestSocket m_waiting;
    pid_t m_child = -1;
};

QStringList linesOf(const QByteArray& output, const std::function<bool(const QString&)>& isOurs) {
    QStringList lines;
    for (const QString& line : QString::fromUtf8(output).split('\n')) {
        if (isOurs(line))
            lines.append(line.simplified());
    }
    lines.sort();
    return lines;
}

QStringList ours(const QStringList& arguments, const std::function<bool(const QString&)>& isOurs) {
    return linesOf(runProgram(ownProgram("socketscope"), QStringList{"table"} + arguments).output,
                   isOurs);
}

bool isOfNetstat(const QString& line) {
    return line.contains(QStringLiteral(" %1/").arg(::getpid()));
}
bool isOfSs(const QString& line) {
    return line.contains(QStringLiteral(",pid=%1,").arg(::getpid()));
}
bool isOfLsof(const QString& line) {
    return line.contains(QStringLiteral(" %1 ").arg(::getpid()));
}

} // namespace

class TestTableStyles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        for (const char* tool : {"netstat", "lsof", "ss"}) {
            if (!isInstalled(tool))
                QSKIP("netstat, lsof and ss are not all installed");
        }
        QVERIFY(m_folder.isValid());
        m_crowd = std::make_unique<Crowd>(m_folder.path());
    }

    void netstatListsTheSame() {
        const QStringList theirs = linesOf(runProgram("netstat", {"-tunapW"}).output, isOfNetstat);
        QVERIFY(theirs.size() >= 16);
        QCOMPARE(ours({"--style", "netstat"}, isOfNetstat), theirs);
    }

    /// But for the count of references, which sock_diag does not tell.
    void netstatListsTheSameUnixSockets() {
        const auto withoutCount = [](QStringList lines) {
            static const QRegularExpression count("^unix (\\d+|-) ");
            lines.replaceInStrings(count, "unix ");
            lines.sort();
            return lines;
        };
        const QStringList theirs =
            withoutCount(linesOf(runProgram("netstat", {"-xanp"}).output, isOfNetstat));
        QVERIFY(theirs.size() >= 9);
        QCOMPARE(withoutCount(ours({"--style", "netstat", "--kinds", "unix"}, isOfNetstat)),
                 theirs);
    }

    void ssListsTheSame() {
        const QStringList theirs = linesOf(runProgram("ss", {"-tunap"}).output, isOfSs);
        QVERIFY(theirs.size() >= 16);
        QCOMPARE(ours({"--style", "ss"}, isOfSs), theirs);
    }

    void ssListsTheSameUnixSockets() {
        const QStringList theirs = linesOf(runProgram("ss", {"-xanp"}).output, isOfSs);
        QVERIFY(theirs.size() >= 9);
        QCOMPARE(ours({"--style", "ss", "--kinds", "unix"}, isOfSs), theirs);
    }

    /// Frames may arrive at a packet socket between the two readings, so without its queue.
    void ssListsTheSamePacketSockets() {
        if (::geteuid() != 0)
            QSKIP("packet sockets need root");
        static const QRegularExpression queue("^(p_\\w+ UNCONN) \\d+");
        const auto withoutQueue = [](QStringList lines) {
            lines.replaceInStrings(queue, "\\1");
            lines.sort();
            return lines;
        };
        const QStringList theirs =
            withoutQueue(linesOf(runProgram("ss", {"-0anp"}).output, isOfSs));
        QCOMPARE(theirs.size(), 2);
        QCOMPARE(withoutQueue(ours({"--style", "ss", "--kinds", "packet"}, isOfSs)), theirs);
    }

    void lsofListsTheSameOfOtherKinds() {
        const auto isOther = [](const QString& line) {
            return isOfLsof(line) && (line.contains(" pack ") || line.contains(" netlink "));
        };
        const QStringList theirs =
            linesOf(runProgram("lsof", {"-nP", "-p", QString::number(::getpid())}).output, isOther);
        QVERIFY(!theirs.isEmpty());
        QCOMPARE(ours({"--style", "lsof", "--kinds", "packet,netlink"}, isOther), theirs);
    }

    void lsofListsTheSame() {
        const QStringList theirs = linesOf(runProgram("lsof", {"-nP", "-i"}).output, isOfLsof);
        QVERIFY(theirs.size() >= 16);
        QCOMPARE(ours({"--style", "lsof"}, isOfLsof), theirs);
    }

    /// But for the kernel's address of a socket, which sock_diag keeps back.
    void lsofListsTheSameUnixSockets() {
        QStringList theirs = linesOf(runProgram("lsof", {"-nP", "-U"}).output, isOfLsof);
        static const QRegularExpression address(" 0x[0-9a-f]+ ");
        theirs.replaceInStrings(address, " ");
        theirs.sort();
        QVERIFY(theirs.size() >= 9);
        QCOMPARE(ours({"--style", "lsof", "--kinds", "unix"}, isOfLsof), theirs);
    }

    void lineOneIsThatOfTheTool() {
        const auto first = [](const QString& tool, const QStringList& arguments, qsizetype line) {
            return QString::fromUtf8(runProgram(tool, arguments).output.split('\n').value(line))
                .simplified();
        };
        const auto mine = [&](const QString& style, qsizetype line) {
            return first(ownProgram("socketscope"), {"table", "--style", style}, line);
        };
        QCOMPARE(mine("netstat", 0), first("netstat", {"-tunap"}, 0));
        QCOMPARE(mine("netstat", 1), first("netstat", {"-tunap"}, 1));
        QCOMPARE(mine("ss", 0), first("ss", {"-tunap"}, 0));
        QCOMPARE(mine("lsof", 0), first("lsof", {"-nP", "-i"}, 0));
    }

    /// What "copy as ss filter" gives is understood by ss and finds the row.
    void ssUnderstandsOurFilters() {
        SocketTable table(TableKinds{.unixSockets = true});
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        int asked = 0;
        for (const SocketRow& row : table.rows()) {
            const std::string filter = ssFilterFor(row);
            if (!row.isOwnedBy(::getpid()) || filter.empty() || row.state == SocketState::Bound)
                continue;
            ++asked;
            QStringList arguments{row.protocol == SocketProtocol::Tcp   ? "-Htanp"
                                  : row.protocol == SocketProtocol::Udp ? "-Huanp"
                                                                        : "-Hxanp"};
            arguments += QString::fromStdString(filter).split(' ');
            const auto result = runProgram("ss", arguments);
            QVERIFY2(result.exitCode == 0, filter.c_str());
            const QString fd =
                QStringLiteral("pid=%1,fd=%2)").arg(::getpid()).arg(row.owners[0].fd);
            QVERIFY2(result.output.contains(fd.toUtf8()),
                     (filter + ": ").append(result.output).c_str());
        }
        QVERIFY(asked >= 18);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Crowd> m_crowd;
};

QTEST_GUILESS_MAIN(TestTableStyles)
#include "tst_table_styles.moc"
