// Whatever goes wrong for a client is said in words, with the errno, what it concerns and what to
// try; what had been received is not lost.

#include <chrono>
#include <csignal>

#include <sys/stat.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "core/engine/client_manager.h"
#include "tests/support/event_log.h"
#include "tests/support/program.h"
#include "tests/support/test_network.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

QStringList sendWords(const QStringList& arguments) {
    return QStringList{ownProgram("socketscope"), "send"} + arguments;
}

ProgramResult send(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(ownProgram("socketscope"), QStringList{"send"} + arguments, input);
}

/// The fields of the first JSON line with that event; empty where there is none.
QJsonObject eventOf(const ProgramResult& result, const QString& event) {
    for (const QByteArray& line : result.output.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.value("event").toString() == event)
            return object;
    }
    return {};
}

QString addressOf(const TestSocket& socket) {
    return QStringLiteral("127.0.0.1:%1").arg(socket.port());
}

/// A host's only rule.
void setRule(const TestHost& host, const QByteArray& hook, const QByteArray& rule) {
    host.must({"nft", "-f", "-"}, "table inet t {\nchain c {\ntype filter hook " + hook +
                                      " priority 0;\n" + rule + "\n}\n}\n");
}

} // namespace

/// Each of the parts is in what it has said on standard error.
#define VERIFY_SAYS(result, ...)                                                                   \
    do {                                                                                           \
        const ProgramResult& said = (result);                                                      \
        for (const QByteArray& part : QByteArrayList{__VA_ARGS__})                                 \
            QVERIFY2(said.errors.contains(part), said.errors.constData());                         \
    } while (false)

class TestClientFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (TestNetwork::isPossible())
            m_network = std::make_unique<TestNetwork>();
    }

    void refused() {
        TestSocket gone = TestSocket::listenTcp();
        const QString address = addressOf(gone);
        gone.close();
        const ProgramResult result = send({address, "x"});
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "connect " + address.toUtf8(), "(ECONNREFUSED)", "Nothing listens");
    }

    void refusedByAnotherHost() {
        if (!m_network)
            QSKIP("needs root and network namespaces");
        const ProgramResult stream = m_network->client.run(sendWords({"10.77.2.1:9", "x"}));
        QCOMPARE(stream.exitCode, 1);
        VERIFY_SAYS(stream, "connect 10.77.2.1:9", "(ECONNREFUSED)", "Nothing listens");
        const ProgramResult datagram =
            m_network->client.run(sendWords({"udp://10.77.2.1:9", "x", "--json"}));
        QCOMPARE(datagram.exitCode, 1);
        VERIFY_SAYS(datagram, "(ECONNREFUSED)",
                    "ICMP port unreachable (type 3, code 3) from 10.77.2.1", "Nothing listens");
        QCOMPARE(eventOf(datagram, "datagrams").value("icmp_errors").toInt(), 1);
    }

    void noAnswer() {
        if (!m_network || !isInstalled("nft"))
            QSKIP("needs root, network namespaces and nft");
        setRule(m_network->router, "forward", "drop");
        const ProgramResult result =
            m_network->client.run(sendWords({"10.77.2.1:9", "x", "--connect-timeout", "0.3"}));
        const ProgramResult datagram =
            m_network->client.run(sendWords({"udp://10.77.2.1:9", "x", "--wait", "0.3"}));
        m_network->router.must({"nft", "delete", "table", "inet", "t"});
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "connect 10.77.2.1:9", "(ETIMEDOUT)", "firewall on the way");
        QCOMPARE(datagram.exitCode, 3); // nobody said no
    }

    void forbiddenOnTheWay() {
        if (!m_network || !isInstalled("nft"))
            QSKIP("needs root, network namespaces and nft");
        setRule(m_network->router, "forward",
                "udp dport 9 reject with icmpx type admin-prohibited");
        const ProgramResult result = m_network->client.run(sendWords({"udp://10.77.2.1:9", "x"}));
        m_network->router.must({"nft", "delete", "table", "inet", "t"});
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "ICMP communication prohibited (type 3, code 13) from 10.77.1.254",
                    "A firewall on the way forbids it");
    }

    void forbiddenHere() {
        if (!m_network || !isInstalled("nft"))
            QSKIP("needs root, network namespaces and nft");
        setRule(m_network->client, "output", "udp dport 9 drop");
        const ProgramResult result = m_network->client.run(sendWords({"udp://10.77.2.1:9", "x"}));
        m_network->client.must({"nft", "delete", "table", "inet", "t"});
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "send 10.77.2.1:9", "(EPERM)", "firewall of this machine");
    }

    void noRoute_data() {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QByteArray>("errnoName");
        QTest::addColumn<QByteArray>("report");
        const QByteArray from = "ICMP net unreachable (type 3, code 0) from 10.77.1.254";
        QTest::newRow("here") << "tcp://203.0.113.1:9" << QByteArray("ENETUNREACH") << QByteArray();
        QTest::newRow("datagram here")
            << "udp://203.0.113.1:9" << QByteArray("ENETUNREACH") << QByteArray();
        QTest::newRow("at the router")
            << "tcp://10.77.9.1:9" << QByteArray("ENETUNREACH") << QByteArray();
        QTest::newRow("datagram at the router")
            << "udp://10.77.9.1:9" << QByteArray("ENETUNREACH") << from;
    }

    void noRoute() {
        if (!m_network)
            QSKIP("needs root and network namespaces");
        QFETCH(QString, endpoint);
        QFETCH(QByteArray, errnoName);
        QFETCH(QByteArray, report);
        const ProgramResult result =
            m_network->client.run(sendWords({endpoint, "x", "--connect-timeout", "5"}));
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "(" + errnoName + ")", report, "check the network and the address");
    }

    void whatMustBeCutOnTheWayNamesTheSizeThatGetsThrough() {
        if (!m_network)
            QSKIP("needs root and network namespaces");
        m_network->router.must({"ip", "link", "set", "toServer", "mtu", "1280"});
        const ProgramResult result = m_network->client.run(
            sendWords({"udp://10.77.2.1:9", "--stdin", "--json"}), QByteArray(1400, 'x'));
        m_network->router.must({"ip", "link", "set", "toServer", "mtu", "1500"});
        m_network->client.must({"ip", "route", "flush", "cache"});
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "(EMSGSIZE)",
                    "ICMP fragmentation needed (type 3, code 4) from 10.77.1.254",
                    "over 1252 bytes");
    }

    void aNameThatIsNotKnown() {
        const ProgramResult result =
            withResolver("hosts: files\n", {}, {"nowhere.invalid:80", "x"});
        if (result.exitCode < 0)
            QSKIP("needs root and mount namespaces");
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "resolve nowhere.invalid", "(EAI_NONAME)", "Check the name");
    }

    void aResolverThatHangs() {
        const ProgramResult result =
            withResolver("hosts: dns\n", "nameserver 10.77.2.1\noptions timeout:30 attempts:5\n",
                         {"silent.example:80", "x", "--lookup-timeout", "0.3"}, true);
        if (result.exitCode < 0)
            QSKIP("needs root, network and mount namespaces");
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "resolve silent.example", "has not answered within 0.3 s",
                    "/etc/resolv.conf");
    }

    void resetAmidAMessage() {
        const TestSocket server = TestSocket::listenTcp();
        RunningProgram client(ownProgram("socketscope"),
                              {"send", addressOf(server), "x", "--framing", "length:u32be"});
        TestSocket accepted = server.accept();
        QCOMPARE(accepted.receive(5), std::string("\0\0\0\1x", 5));
        accepted.send(std::string("\0\0\0\3abc\0\0\0\11only", 15)); // one whole, and a part
        QVERIFY(client.process().waitForReadyRead());
        accepted.reset();
        QCOMPARE(client.waitForEnd(), 0); // it has the one reply that it waited for
        QCOMPARE(client.process().readAllStandardOutput(), QByteArray("abc"));
    }

    void resetBeforeTheMessageIsWhole() {
        const TestSocket server = TestSocket::listenTcp();
        RunningProgram client(ownProgram("socketscope"),
                              {"send", addressOf(server), "x", "--json", "--framing",
                               "length:u32be", "--replies", "2"});
        TestSocket accepted = server.accept();
        QCOMPARE(accepted.receive(5), std::string("\0\0\0\1x", 5));
        accepted.send(std::string("\0\0\0\3abc\0\0\0\11only", 15));
        QVERIFY(client.readLineWith("\"received\"").contains("abc"));
        accepted.reset();
        QVERIFY(client.readLineWith("\"error\"").contains("ECONNRESET"));
        QCOMPARE(client.waitForEnd(), 1);
        const QByteArray errors = client.process().readAllStandardError();
        QVERIFY2(errors.contains("(ECONNRESET)") && errors.contains("has closed the connection"),
                 errors.constData());
    }

    void theServerGoesAmidAFile() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.resize(64 << 20));
        TestSocket server = TestSocket::listenTcp();
        RunningProgram client(ownProgram("socketscope"),
                              {"send", addressOf(server), "--file", file.fileName()});
        TestSocket accepted = server.accept();
        QCOMPARE(accepted.receive(100'000).size(), std::size_t{100'000});
        accepted.send("so far");
        accepted.close(); // much is unread: a reset
        QCOMPARE(client.waitForEnd(), 1);
        QCOMPARE(client.process().readAllStandardOutput(), QByteArray("so far"));
        const QByteArray errors = client.process().readAllStandardError();
        QVERIFY2(errors.contains("ECONNRESET") || errors.contains("EPIPE"), errors.constData());
        QVERIFY2(errors.contains("connect again"), errors.constData());
    }

    void unixPaths() {
        const QString missing = QString::fromStdString(temporaryPath("missing"));
        VERIFY_SAYS(send({"unix:" + missing, "x"}), "(ENOENT)", "Check the path");
        VERIFY_SAYS(send({"unixgram:" + missing, "x"}), "(ENOENT)", "Check the path");
        const QString plain = QString::fromStdString(temporaryPath("plain"));
        QFile file(plain);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const ProgramResult notASocket = send({"unix:" + plain, "x"});
        QCOMPARE(notASocket.exitCode, 1);
        VERIFY_SAYS(notASocket, "(ECONNREFUSED)", "not a socket");
        RunningServer server({"--listen", "unix:" + missing});
        const ProgramResult otherType = send({"unixgram:" + missing, "x"});
        QCOMPARE(otherType.exitCode, 1);
        VERIFY_SAYS(otherType, "(EPROTOTYPE)", "try unix:" + missing.toUtf8());
        QVERIFY(server.endWith(SIGKILL) != 0); // its file stays
        VERIFY_SAYS(send({"unix:" + missing, "x"}), "(ECONNREFUSED)", "nobody serves it");
    }

    void aUnixPathOfAnotherUser() {
        if (::geteuid() != 0 || !isInstalled("setpriv"))
            QSKIP("needs root and setpriv");
        const QString path = QString::fromStdString(temporaryPath("private"));
        RunningServer server({"--listen", "unix:" + path});
        QCOMPARE(::chmod(path.toUtf8().constData(), 0600), 0);
        const QString folder = QFileInfo(path).path();
        QCOMPARE(::chmod(folder.toUtf8().constData(), 0755), 0);
        const ProgramResult result =
            runProgram("setpriv", QStringList{"--reuid=65534", "--clear-groups"} +
                                      sendWords({"unix:" + path, "x"}));
        if (result.exitCode == 127 || result.exitCode == 126)
            QSKIP("the program cannot be reached by another user here");
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "(EACCES)", "Run it as a user who may");
    }

    void aDatagramThatIsTooLong() {
        const TestSocket server = TestSocket::bindUdp();
        const ProgramResult result =
            send({"udp://" + addressOf(server), "--stdin"}, QByteArray(65508, 'x'));
        QCOMPARE(result.exitCode, 1);
        VERIFY_SAYS(result, "(EMSGSIZE)", "at most 65507 bytes");
    }

    void noDescriptors() {
        if (!isInstalled("prlimit"))
            QSKIP("prlimit is not installed");
        const TestSocket server = TestSocket::listenTcp();
        bool isSeen = false;
        for (int limit = 4; limit < 12 && !isSeen; ++limit) {
            const ProgramResult result =
                runProgram("prlimit", QStringList{QStringLiteral("--nofile=%1").arg(limit)} +
                                          sendWords({addressOf(server), "x", "--wait", "0"}));
            if (result.exitCode == 0)
                break;
            QVERIFY(result.exitCode == 1 || result.exitCode == 127); // not even libraries
            if (result.errors.contains("socket 127.0.0.1")) {
                VERIFY_SAYS(result, "(EMFILE)", "ulimit -n");
                isSeen = true;
            }
        }
        QVERIFY(isSeen);
    }

    void ourOwnEnd() {
        const TestSocket server = TestSocket::listenTcp();
        const TestSocket other = TestSocket::listenTcp();
        const QString peer = addressOf(server);
        const ProgramResult inUse = send({peer, "x", "--local", addressOf(other)});
        QCOMPARE(inUse.exitCode, 1);
        VERIFY_SAYS(inUse, "bind " + addressOf(other).toUtf8(), "(EADDRINUSE)",
                    "held by another socket");
        const ProgramResult foreign = send({peer, "x", "--local", "203.0.113.9"});
        QCOMPARE(foreign.exitCode, 1);
        VERIFY_SAYS(foreign, "bind 203.0.113.9:0", "(EADDRNOTAVAIL)", "not one of this machine");
        const ProgramResult family = send({peer, "x", "--local", "[::1]:0"});
        QCOMPARE(family.exitCode, 1);
        VERIFY_SAYS(family, "bind [::1]:0", "(EAFNOSUPPORT)", "both be IPv4, or both IPv6");
    }

    void aHundredClientsWhoseServerDies() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        EventLog log;
        ClientManager clients(log.outbox());
        const ClientConfig config{
            .endpoint = {.host = "127.0.0.1", .port = static_cast<std::uint16_t>(server.port())}};
        for (OwnerId id = 1; id <= 100; ++id)
            QVERIFY(clients.open({id, 1}, config));
        QVERIFY(log.waitFor<lifecycle::Connected>(100));
        for (OwnerId id = 1; id <= 100; ++id)
            clients.send({id, 1}, OwnedMessage::of({.content = bytesOf("kept")}));
        QVERIFY(log.waitUntil([&] {
            for (OwnerId id = 1; id <= 100; ++id) {
                if (log.countersOf({id, 1}).receivedBytes != 4)
                    return false;
            }
            return true;
        }));
        ::kill(static_cast<pid_t>(server.process().processId()), SIGKILL);
        QVERIFY(log.waitFor<lifecycle::Closed>(100));
        for (const LifecycleEvent& event : log.all<lifecycle::Closed>()) {
            const auto& closed = std::get<lifecycle::Closed>(event.what);
            QVERIFY(closed.reason == CloseReason::Peer || closed.reason == CloseReason::Reset);
            QCOMPARE(closed.counters.receivedBytes, std::uint64_t{4});
        }
        clients.stopAndJoin();
    }

private:
    /// send with these files in place of /etc/nsswitch.conf and /etc/resolv.conf; exit code -1
    /// where that cannot be done.
    ProgramResult withResolver(const QByteArray& switches, const QByteArray& servers,
                               const QStringList& arguments, bool inNetwork = false) {
        if (!m_network)
            return {};
        QTemporaryDir folder;
        for (const auto& [name, content] :
             {std::pair{"nsswitch.conf", switches}, std::pair{"resolv.conf", servers}}) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
                return {};
        }
        const QString script =
            QStringLiteral("mount --bind %1/nsswitch.conf /etc/nsswitch.conf && "
                           "mount --bind %1/resolv.conf /etc/resolv.conf && exec \"$@\"")
                .arg(folder.path());
        const QStringList words =
            QStringList{"unshare", "--mount", "sh", "-c", script, "sh"} + sendWords(arguments);
        std::unique_ptr<RunningProgram> silent;
        if (inNetwork) { // who holds port 53 there never answers
            silent = m_network->server.start(
                {"python3", "-c",
                 "import socket, time\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                 "s.bind(('10.77.2.1', 53))\nprint('ready', flush=True)\ntime.sleep(60)"});
            if (!silent->readLineWith("ready").contains("ready"))
                return {};
        }
        return m_network->client.run(words);
    }

    std::unique_ptr<TestNetwork> m_network;
};

QTEST_GUILESS_MAIN(TestClientFailures)
#include "tst_client_failures.moc"
