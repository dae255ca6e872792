// Against Python's socket, selectors and socketserver: programs as the tutorials write them.

#include <csignal>

#include <QtTest>

#include "tests/support/program.h"

using namespace sscope::test;

namespace {

QString script(const QString& name) {
    return QStringLiteral(SSCOPE_SOURCE_DIR "/tests/interop/") + name;
}

} // namespace

class TestPythonPeers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
    }

    void initTestCase_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"iterative", "select", "poll", "epoll", "threads", "processes"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }

    void pythonClientsTalkToOurServer_data() {
        QTest::addColumn<QString>("client");
        for (const char* client : {"hello", "bytes", "large", "half_close", "many", "udp"})
            QTest::newRow(client) << QString::fromLatin1(client);
    }

    void pythonClientsTalkToOurServer() {
        QFETCH_GLOBAL(QString, model);
        QFETCH(QString, client);
        const QString scheme = client == "udp" ? "udp" : "tcp";
        RunningServer server({"--model", model, "--listen", scheme + "://127.0.0.1:0"});
        const auto result = runProgram(
            "python3", {script("echo_clients.py"), client, QString::number(server.port())});
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("ok\n"));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void ourClientTalksToPythonServers_data() {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("scheme");
        QTest::newRow("tutorial") << "tutorial"
                                  << "tcp";
        QTest::newRow("selectors") << "selectors"
                                   << "tcp";
        QTest::newRow("socketserver") << "tcp"
                                      << "tcp";
        QTest::newRow("threading") << "threading"
                                   << "tcp";
        QTest::newRow("udp") << "udp"
                             << "udp";
        QTest::newRow("unix stream") << "unix"
                                     << "unix";
        QTest::newRow("unix datagrams") << "unixgram"
                                        << "unixgram";
    }

    void ourClientTalksToPythonServers() {
        QFETCH_GLOBAL(QString, model);
        if (model != "epoll")
            QSKIP("the client does not depend on the model");
        QFETCH(QString, server);
        QFETCH(QString, scheme);
        RunningProgram peer("python3", {script("echo_servers.py"), server});
        const QString where = QString::fromUtf8(peer.readLine());
        QVERIFY(!where.isEmpty());
        const QString endpoint =
            scheme.startsWith("unix") ? scheme + ':' + where : scheme + "://127.0.0.1:" + where;
        const QString program = ownProgram("socketscope");
        const auto hello = runProgram(program, {"send", endpoint, "Hello, world"});
        QVERIFY2(hello.exitCode == 0, hello.errors);
        QCOMPARE(hello.output, QByteArray("Hello, world"));
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all.append(static_cast<char>(i));
        const auto bytes = runProgram(program, {"send", endpoint, "--stdin"}, all);
        QVERIFY2(bytes.exitCode == 0, bytes.errors);
        QCOMPARE(bytes.output, all);
    }
};

QTEST_GUILESS_MAIN(TestPythonPeers)
#include "tst_python_peers.moc"
