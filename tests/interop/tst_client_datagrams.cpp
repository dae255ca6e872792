// Datagrams to many, and what became of those that were sent, between hosts that are network
// namespaces and programs that we did not write.

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_network.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

QStringList sendWords(const QStringList& arguments) {
    return QStringList{ownProgram("socketscope"), "send"} + arguments;
}

QList<QJsonObject> eventsOf(const QByteArray& output, const QString& event) {
    QList<QJsonObject> found;
    for (const QByteArray& line : output.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.value("event").toString() == event)
            found.append(object);
    }
    return found;
}

/// A Python program that binds a UDP socket, says its port, and then does as the rest says with
/// the socket s.
QStringList pythonPeer(const QString& host, const QString& rest) {
    const QString family = host.contains(':') ? "AF_INET6" : "AF_INET";
    return {"python3", "-c",
            QStringLiteral("import socket, struct\n"
                           "s = socket.socket(socket.%1, socket.SOCK_DGRAM)\n"
                           "s.bind(('%2', 0))\n")
                    .arg(family, host) +
                rest};
}

const QString sayPort = "print(s.getsockname()[1], flush=True)\n";

} // namespace

class TestClientDatagrams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!TestNetwork::isPossible())
            QSKIP("needs root and network namespaces");
        m_network = std::make_unique<TestNetwork>();
    }

    void aBroadcastIsAnsweredByWhoHearsIt() {
        const auto peer = m_network->router.start(
            pythonPeer("0.0.0.0", sayPort + "while True:\n"
                                            "    data, who = s.recvfrom(2000)\n"
                                            "    s.sendto(b'heard ' + data, who)\n"));
        const QString port = peer->readLine().trimmed();
        const QString to = "udp://10.77.1.255:" + port;
        const ProgramResult refused = m_network->client.run(sendWords({to, "x"}));
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.errors.contains("(EACCES)") && refused.errors.contains("--broadcast"),
                 refused.errors.constData());
        const ProgramResult result =
            m_network->client.run(sendWords({to, "x", "--broadcast", "--json"}));
        QCOMPARE(result.exitCode, 0);
        const auto received = eventsOf(result.output, "received");
        QCOMPARE(received.size(), 1);
        QCOMPARE(received[0].value("text").toString(), QString("heard x"));
        QCOMPARE(received[0].value("peer").toString(), "udp://10.77.1.254:" + port);
        const QJsonObject datagrams = eventsOf(result.output, "datagrams").value(0);
        QVERIFY(datagrams.value("lost").isNull()); // it is no echo
        QCOMPARE(datagrams.value("foreign").toInt(), 1);
    }

    void multicastReachesAGroup_data() {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("join");
        QTest::newRow("IPv4") << "239.7.7.7"
                              << "s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, "
                                 "socket.inet_aton('239.7.7.7') + "
                                 "socket.inet_aton('10.77.1.254'))\n";
        QTest::newRow("IPv6") << "ff02::7777"
                              << "s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, "
                                 "socket.inet_pton(socket.AF_INET6, 'ff02::7777') + "
                                 "struct.pack('@I', socket.if_nametoindex('toClient')))\n";
    }

    void multicastReachesAGroup() {
        QFETCH(QString, group);
        QFETCH(QString, join);
        const bool isIpv6 = group.contains(':');
        const auto peer = m_network->router.start(
            pythonPeer(isIpv6 ? "::" : "0.0.0.0", join + sayPort +
                                                      "while True:\n"
                                                      "    data, who = s.recvfrom(2000)\n"
                                                      "    s.sendto(data, who)\n"));
        const QString port = peer->readLine().trimmed();
        const QString host = isIpv6 ? '[' + group + ']' : group;
        const ProgramResult result = m_network->client.run(
            sendWords({"udp://" + host + ':' + port, "one", "two", "--multicast-interface",
                       "toRouter", "--multicast-ttl", "4", "--json"}));
        QVERIFY2(result.exitCode == 0, result.errors + result.output);
        const auto received = eventsOf(result.output, "received");
        QCOMPARE(received.size(), 2);
        const QString sender = received[0].value("peer").toString();
        QVERIFY2(sender.contains(isIpv6 ? "udp://[f" : "10.77.1.254"), qPrintable(sender));
        const QJsonObject datagrams = eventsOf(result.output, "datagrams").value(0);
        QCOMPARE(datagrams.value("lost").toInt(-1), 0);
        QCOMPARE(datagrams.value("received").toInt(), 2);
    }

    void hearsAGroupThatItHasJoined() {
        const ProgramResult badInterface = m_network->client.run(
            sendWords({"udp://239.7.7.8:5000", "x", "--multicast-interface", "nowhere"}));
        QCOMPARE(badInterface.exitCode, 1);
        QVERIFY2(badInterface.errors.contains("(ENODEV)") &&
                     badInterface.errors.contains("lo, toRouter"),
                 badInterface.errors.constData());
        const QStringList join{"udp://239.7.7.8:5000",
                               "--join",
                               "239.7.7.8",
                               "--local",
                               ":5000",
                               "--multicast-interface",
                               "toRouter",
                               "--multicast-loop",
                               "off",
                               "ready",
                               "--replies",
                               "1",
                               "--wait",
                               "10",
                               "--json"};
        const auto one = m_network->client.start(sendWords(join)); // two may have the port
        QVERIFY(one->readLineWith("\"sent\"").contains("sent"));
        const auto two = m_network->client.start(sendWords(join));
        QVERIFY(two->readLineWith("\"sent\"").contains("sent"));
        m_network->router.must({"python3", "-c",
                                "import socket\n"
                                "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                                "s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, "
                                "socket.inet_aton('10.77.1.254'))\n"
                                "s.sendto(b'to all', ('239.7.7.8', 5000))\n"
                                "s.sendto(b'to another', ('239.7.7.9', 5000))\n"});
        for (const auto* client : {one.get(), two.get()}) {
            auto& running = const_cast<RunningProgram&>(*client);
            const QByteArray line = running.readLineWith("\"received\"");
            QVERIFY2(line.contains("to all") && line.contains("10.77.1.254"), line.constData());
            QCOMPARE(running.waitForEnd(), 0);
        }
    }

    void lossAndOrderAreCounted() {
        // The peer keeps every tenth, sends every seventh twice, and every fifth after the next.
        const auto peer = m_network->server.start(
            pythonPeer("10.77.2.1", sayPort + "n = 0\nheld = None\n"
                                              "while True:\n"
                                              "    data, who = s.recvfrom(2000)\n"
                                              "    n += 1\n"
                                              "    if n % 10 == 0: continue\n"
                                              "    if n % 5 == 0 and not held:\n"
                                              "        held = data\n"
                                              "        continue\n"
                                              "    s.sendto(data, who)\n"
                                              "    if n % 7 == 0: s.sendto(data, who)\n"
                                              "    if held:\n"
                                              "        s.sendto(held, who)\n"
                                              "        held = None\n"));
        const QString port = peer->readLine().trimmed();
        QStringList arguments{"udp://10.77.2.1:" + port, "--json", "--replies", "102"};
        for (int i = 1; i <= 100; ++i)
            arguments.append("seq " + QString::number(i));
        const ProgramResult result = m_network->client.run(sendWords(arguments));
        const QJsonObject figures = eventsOf(result.output, "datagrams").value(0);
        // Lost: the ten tenths. Doubled: 7, 14, 21, 28, 42, ... without 35 (held) and 70 (lost).
        QCOMPARE(figures.value("sent").toInt(), 100);
        QCOMPARE(figures.value("lost").toInt(), 10);
        QCOMPARE(figures.value("duplicated").toInt(), 12);
        QCOMPARE(figures.value("reordered").toInt(), 10);
        QCOMPARE(figures.value("received").toInt(), 102);
        QCOMPARE(result.exitCode, 0);
    }

    void whatIsCutHasItsRealSize() {
        const auto peer = m_network->server.start(
            pythonPeer("10.77.2.1", sayPort + "data, who = s.recvfrom(2000)\n"
                                              "s.sendto(b'x' * 1000, who)\n"));
        const QString port = peer->readLine().trimmed();
        const ProgramResult result = m_network->client.run(
            sendWords({"udp://10.77.2.1:" + port, "?", "--receive-size", "100", "--json"}));
        QCOMPARE(result.exitCode, 0);
        const QJsonObject received = eventsOf(result.output, "received").value(0);
        QCOMPARE(received.value("bytes").toInt(), 100);
        QCOMPARE(received.value("real_bytes").toInt(), 1000);
        QCOMPARE(eventsOf(result.output, "datagrams").value(0).value("truncated").toInt(), 1);
        QVERIFY(result.errors.contains("1000 bytes was cut"));
    }

    void whatOurBufferHasNoRoomForIsDropped() {
        const auto peer = m_network->server.start(
            pythonPeer("10.77.2.1", sayPort + "data, who = s.recvfrom(2000)\n"
                                              "for i in range(3000): s.sendto(b'x' * 1000, who)\n"
                                              "s.sendto(b'end', who)\n"));
        const QString port = peer->readLine().trimmed();
        // It stands still while they come.
        const auto client = m_network->client.start(
            sendWords({"udp://10.77.2.1:" + port, "?", "--receive-buffer", "4096", "--replies",
                       "3001", "--wait", "1", "--json"}));
        QVERIFY(client->readLineWith("\"sent\"").contains("sent"));
        const QByteArray figures = client->readLineWith("\"datagrams\"");
        const QJsonObject object = QJsonDocument::fromJson(figures).object();
        QVERIFY2(object.value("dropped").toInt() > 0, figures.constData());
        QCOMPARE(object.value("received").toInt() + object.value("dropped").toInt(), 3001);
        QCOMPARE(client->waitForEnd(), 3);
    }

    void oneRefusalDoesNotEndTheRun() {
        // The server comes while the client goes on sending.
        const auto client = m_network->client.start(
            sendWords({"udp://10.77.2.1:5353", "x", "--repeat", "50", "--interval", "100",
                       "--replies", "1", "--wait", "10", "--json"}));
        QVERIFY(client->readLineWith("ECONNREFUSED").contains("port unreachable"));
        const auto server =
            m_network->server.start({ownProgram("socketscope"), "serve", "echo", "--allow-public",
                                     "--listen", "udp://10.77.2.1:5353"});
        QVERIFY(client->readLineWith("\"received\"").contains("\"x\""));
        client->process().closeReadChannel(QProcess::StandardError);
        QCOMPARE(client->waitForEnd(), 0);
    }

private:
    std::unique_ptr<TestNetwork> m_network;
};

QTEST_GUILESS_MAIN(TestClientDatagrams)
#include "tst_client_datagrams.moc"
