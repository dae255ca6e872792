// socketscope table as a script uses it (INTERFACE.md).

#include <csignal>
#include <cstddef>
#include <cstring>

#include <fcntl.h>
#include <linux/netlink.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "core/base/unique_fd.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

QString program() {
    return ownProgram(QStringLiteral("socketscope"));
}

ProgramResult table(const QStringList& arguments) {
    return runProgram(program(), QStringList{"table"} + arguments);
}

QJsonObject object(const QByteArray& line) {
    return QJsonDocument::fromJson(line).object();
}

QJsonArray rowsOf(const QStringList& arguments) {
    return QJsonDocument::fromJson(table(QStringList{"--json"} + arguments).output).array();
}

QString ofThisProcess() {
    return QStringLiteral("pid:%1").arg(QCoreApplication::applicationPid());
}

/// Sockets of others may have the same number.
QString portTerm(const TestSocket& socket) {
    return ofThisProcess() + QStringLiteral(" port:%1").arg(socket.port());
}

} // namespace

class TestTableCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBadFilterSaysItsColumn() {
        const auto result = table({"tcp", "port:http"});
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.output, QByteArray());
        QVERIFY2(result.errors.startsWith("socketscope: table: filter, column 10: found \"http\", "
                                          "expected a port such as 80"),
                 result.errors);
        QCOMPARE(result.errors.count('\n'), 1);
        QCOMPARE(table({"(tcp"}).exitCode, 2);
        QCOMPARE(table({"--json", "--csv"}).exitCode, 2);
    }

    void filters() {
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const TestSocket accepted = listener.accept();
        const TestSocket other = TestSocket::bindUdp();
        const auto count = [](const QStringList& filter) {
            return table(QStringList{"--no-header", ofThisProcess()} + filter).output.count('\n');
        };
        QCOMPARE(count({}), 4);
        QCOMPARE(count({"is:listening", portTerm(listener)}), 1);
        QCOMPARE(count({"not", "is:listening", "proto:tcp"}), 2);
        QCOMPARE(count({"(" + portTerm(listener) + " or " + portTerm(other) + ")"}), 4);
        QCOMPARE(count({"(proto:udp or is:listening)"}), 2);
        QCOMPARE(count({QStringLiteral("sport:%1").arg(client.port())}), 1);
        QCOMPARE(count({"src:127.0.0.0/8"}), 4);
        QCOMPARE(count({"src:10.0.0.0/8"}), 0);
        QCOMPARE(count({"process:/tst_table_/"}), 4);
        QCOMPARE(count({QStringLiteral("fd:%1").arg(accepted.fd())}), 1);
        QCOMPARE(count({"is:orphan"}), 0);
    }

    void rttIsReadWhereItIsAskedFor() {
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const TestSocket accepted = listener.accept();
        client.send("x");
        (void)accepted.receive(1);
        const QStringList mine{"--no-header", ofThisProcess(), "is:established"};
        QCOMPARE(table(mine + QStringList{"rtt>0us"}).output.count('\n'), 2);
        QCOMPARE(table(mine + QStringList{"rtt>1000s"}).output.count('\n'), 0);
    }

    void writesTcpInfo() {
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const TestSocket accepted = listener.accept();
        client.send("12345");
        (void)accepted.receive(2);
        const QJsonArray rows = rowsOf(
            {ofThisProcess(), QStringLiteral("sport:%1").arg(listener.port()), "is:established"});
        QCOMPARE(rows.size(), 1);
        const QJsonObject row = rows.at(0).toObject();
        QCOMPARE(row.keys().size(), 20);
        QCOMPARE(row.value("recv_queue").toInt(), 3);
        const QJsonObject info = row.value("tcp_info").toObject();
        for (const char* key : {"rtt_us", "rtt_var_us", "cwnd", "retransmits_total",
                                "bytes_received", "bytes_acked", "delivery_rate", "unacked"})
            QVERIFY2(info.value(key).isDouble(), key);
        QCOMPARE(info.value("bytes_received").toInt(), 5);
        QVERIFY(info.value("rtt_us").toInt() > 0);
        QVERIFY(!row.value("congestion").toString().isEmpty());
        QVERIFY(row.value("timer").isNull());
        QCOMPARE(row.value("user").isString(), true);
    }

    void writesATimer() {
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const int on = 1;
        QCOMPARE(::setsockopt(client.fd(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on), 0);
        const QJsonArray rows =
            rowsOf({ofThisProcess(), QStringLiteral("sport:%1").arg(client.port())});
        QCOMPARE(rows.size(), 1);
        const QJsonObject timer = rows.at(0).toObject().value("timer").toObject();
        QCOMPARE(timer.value("name").toString(), QString("keepalive"));
        QVERIFY(timer.value("expires_ms").toInt() > 0);
        QCOMPARE(timer.value("retransmits").toInt(-1), 0);
    }

    void writesCsv() {
        const TestSocket listener = TestSocket::listenTcp();
        const auto result = table({"--csv", portTerm(listener)});
        const QByteArrayList lines = result.output.split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].startsWith("protocol,family,type,state,"));
        QVERIFY2(lines[1].startsWith("tcp,4,stream,LISTEN,0,16,127.0.0.1,"), lines[1]);
        QCOMPARE(lines[0].count(','), lines[1].count(','));
        QCOMPARE(table({"--csv", "--no-header", portTerm(listener)}).output, lines[1] + '\n');
        QVERIFY(table({"--csv", "--style", "ss", portTerm(listener)})
                    .output.startsWith("Netid,State,Recv-Q,Send-Q,Local Address:Port,"));
    }

    void aFormulaInANameIsText() {
        const TestSocket listener = TestSocket::listenTcp();
        UniqueFd named(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string name = "=1+2\n\x1b]0;title\a\xE2\x80\xAE,\"" + std::to_string(::getpid());
        std::memcpy(address.sun_path + 1, name.data(), name.size());
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
        QCOMPARE(::bind(named.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
        for (const QStringList& form :
             {QStringList{}, QStringList{"--csv"}, QStringList{"--json"},
              QStringList{"--style", "ss"}, QStringList{"--style", "netstat"},
              QStringList{"--style", "lsof"}}) {
            const auto result = table(form + QStringList{"--no-header", "--kinds", "unix",
                                                         "\"=1+2\\n\"", ofThisProcess()});
            QVERIFY2(result.output.contains("=1+2\\n") || result.output.contains("=1+2\\\\n"),
                     result.output);
            QVERIFY(!result.output.contains('\x1b') && !result.output.contains("\xE2\x80\xAE"));
            QVERIFY2(result.output.count('\n') == (form.contains("--json") ? 3 : 1), result.output);
        }
        // The abstract namespace's own mark would be a formula in some spreadsheets.
        QVERIFY(table({"--csv", "--kinds", "unix", ofThisProcess()}).output.contains(",\"'@=1+2"));
    }

    void kindsThatAreNotOfferedAreSaid() {
        const auto result = table({"--kinds", "all", "--json", "pid:0"});
        QCOMPARE(result.exitCode, 0);
        for (const QByteArray& line : result.errors.split('\n')) {
            if (!line.isEmpty())
                QVERIFY2(line.startsWith("socketscope: table: ") &&
                             line.endsWith(" sockets are not offered by this kernel"),
                         line);
        }
        const auto bad = table({"--kinds", "tcp,sctp"});
        QCOMPARE(bad.exitCode, 2);
        QVERIFY2(bad.errors.contains("'sctp' is none of tcp, udp, unix, udplite"), bad.errors);
    }

    void readsOtherKinds() {
        UniqueFd packet(::socket(AF_PACKET, SOCK_RAW, 0));
        UniqueFd netlink(::socket(AF_NETLINK, SOCK_RAW, 0));
        sockaddr_nl any{};
        any.nl_family = AF_NETLINK;
        QCOMPARE(::bind(netlink.get(), reinterpret_cast<sockaddr*>(&any), sizeof any), 0);
        UniqueFd pair[2];
        int fds[2] = {};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
        pair[0].reset(fds[0]);
        pair[1].reset(fds[1]);
        const auto count = [](const QString& kind) {
            return table({"--kinds", kind, "--no-header", ofThisProcess()}).output.count('\n');
        };
        QVERIFY(count("unix") >= 2);
        QVERIFY(count("netlink") >= 1);
        if (packet.get() >= 0)
            QCOMPARE(count("packet"), 1);
    }

    void watchTellsWhatAFilterShows() {
        const TestSocket listener = TestSocket::listenTcp();
        RunningProgram watch(program(), {"table", "--watch", "0.05", "--json", "is:established",
                                         portTerm(listener)});
        QCOMPARE(object(watch.readLine()).value("rows").toArray().size(), 0);
        const TestSocket client = TestSocket::connectTcp(listener.port());
        TestSocket accepted = listener.accept();
        QCOMPARE(object(watch.readLine()).value("event").toString(), QString("new"));
        accepted.close(); // both ends leave the state, though their sockets exist
        QJsonObject event;
        do
            event = object(watch.readLine());
        while (event.value("event").toString() == "new" ||
               event.value("event").toString() == "changed");
        QCOMPARE(event.value("event").toString(), QString("gone"));
        QVERIFY(event.value("row").toObject().value("state").toString() != "ESTABLISHED");
    }

    void timeAloneBringsARowToMatch() {
        const TestSocket listener = TestSocket::listenTcp();
        RunningProgram watch(
            program(), {"table", "--watch", "0.05", "--json", "age>300ms", portTerm(listener)});
        QCOMPARE(object(watch.readLine()).value("rows").toArray().size(), 0);
        const QJsonObject event = object(watch.readLine());
        QCOMPARE(event.value("event").toString(), QString("new"));
        QCOMPARE(event.value("row").toObject().value("local_port").toInt(), listener.port());
        const auto still = table({"age>300ms"});
        QCOMPARE(still.exitCode, 0);
        QVERIFY2(still.errors.contains("--watch"), still.errors);
    }

    void watchWritesCsvEvents() {
        TestSocket listener = TestSocket::listenTcp();
        RunningProgram watch(program(), {"table", "--watch", "0.05", "--csv", portTerm(listener)});
        QVERIFY(watch.readLine().startsWith("event,protocol,"));
        QVERIFY(watch.readLine().startsWith("snapshot,tcp,"));
        listener.close();
        QVERIFY(watch.readLine().startsWith("gone,tcp,"));
        QCOMPARE(watch.endWith(SIGINT), 130);
    }

    /// Though nothing changes and so nothing is written.
    void watchEndsWithItsReader() {
        const auto result =
            runProgram("bash", {"-c", "set -o pipefail; '" + program() +
                                          "' table --watch 20 --json port:1 | head -n 1"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.errors, QByteArray());
        QVERIFY(result.output.startsWith("{\"event\":\"snapshot\""));
    }

    void watchRepaintsATerminal() {
        const TestSocket first = TestSocket::listenTcp();
        const TestSocket second = TestSocket::listenTcp();
        const TestSocket third = TestSocket::listenTcp();
        int master = -1;
        winsize size{3, 40, 0, 0};
        const pid_t child = ::forkpty(&master, nullptr, nullptr, &size);
        if (child == 0) {
            const std::string path = program().toStdString();
            const std::string filter = ofThisParent();
            ::execl(path.c_str(), path.c_str(), "table", "--watch", "0.05", filter.c_str(),
                    static_cast<char*>(nullptr));
            ::_exit(127);
        }
        const UniqueFd terminal(master);
        QByteArray painted;
        while (painted.count("\x1b[H") < 2) {
            char buffer[4096];
            const ssize_t count = ::read(terminal.get(), buffer, sizeof buffer);
            QVERIFY(count > 0);
            painted.append(buffer, static_cast<qsizetype>(count));
        }
        ::kill(child, SIGINT);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 130);
        const QByteArray picture = painted.mid(0, painted.indexOf("\x1b[H", 1));
        QCOMPARE(picture.count('\n'), 2); // a header, a row, and what there is more
        QVERIFY2(picture.endsWith("... 2 more lines\x1b[J"), picture);
        for (QByteArray line : picture.split('\n'))
            QVERIFY(line.replace("\x1b[H", "").replace("\x1b[2K", "").size() <= 41); // and a CR
    }

    void namesAreLookedUpWhereTheyAreWanted() {
        const TestSocket listener = TestSocket::listenTcp();
        const QStringList row{"--no-header", portTerm(listener)};
        QVERIFY(table(row).output.contains("127.0.0.1:"));
        QVERIFY(table(QStringList{"--numeric", "on"} + row).output.contains("127.0.0.1:"));
        const auto named = table(QStringList{"--numeric", "off"} + row);
        QVERIFY2(named.output.contains("localhost:"), named.output);
        QCOMPARE(table({"--numeric", "maybe"}).exitCode, 2);
    }

private:
    static std::string ofThisParent() { return "is:listening pid:" + std::to_string(::getppid()); }
};

QTEST_GUILESS_MAIN(TestTableCommand)
#include "tst_table_command.moc"
