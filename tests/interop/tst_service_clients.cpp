// The services against Python's clients and curl.

#include <csignal>

#include <QtTest>

#include "tests/support/program.h"

using namespace sscope::test;

namespace {

const QString replyText = QStringLiteral("J\u00e4!");

QStringList over(const QString& scheme, const QString& model) {
    return {"--model", model, "--listen", scheme + "://127.0.0.1:0"};
}

} // namespace

class TestServiceClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"iterative", "select", "poll", "epoll", "threads", "processes"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }

    void pythonIsServed_data() {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("client");
        const auto row = [](const char* service, const char* client) {
            QTest::newRow(client) << QString::fromLatin1(service) << QString::fromLatin1(client);
        };
        row("reply", "reply");
        row("upper", "upper");
        row("upper", "upper_udp");
        row("welcome", "welcome");
        row("discard", "discard");
        row("chargen", "chargen");
        row("chargen", "chargen_udp");
        row("daytime", "daytime");
        row("daytime", "daytime_udp");
        row("time", "rfc868");
        row("time", "rfc868_udp");
    }

    void pythonIsServed() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
        QFETCH_GLOBAL(QString, model);
        QFETCH(QString, service);
        QFETCH(QString, client);
        if (client == "chargen" && model == "iterative")
            client = "chargen_alone"; // one at a time
        QStringList arguments = over(client.endsWith("_udp") ? "udp" : "tcp", model);
        if (service == "reply")
            arguments << "--http"
                      << "--reply" << replyText;
        RunningServer server(arguments, service);
        const auto result =
            runProgram("python3", {SSCOPE_SOURCE_DIR "/tests/interop/service_clients.py", client,
                                   QString::number(server.port())});
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("ok\n"));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void curlIsServed_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray yes = replyText.toUtf8() + "200";
        QTest::newRow("GET") << QStringList() << yes;
        QTest::newRow("HTTP/1.0") << QStringList{"-0"} << yes;
        QTest::newRow("HEAD") << QStringList{"-I", "-o", "/dev/null"} << QByteArray("200");
        QTest::newRow("a body, announced") << QStringList{"--data-binary", "@-"} << yes;
        QTest::newRow("a body at once")
            << QStringList{"-H", "Expect:", "--data-binary", "@-"} << yes;
        QTest::newRow("chunked") << QStringList{"-H", "Transfer-Encoding: chunked", "--data-binary",
                                                "@-"}
                                 << yes;
        QTest::newRow("too long") << QStringList{"-H", "Content-Length: 16777217",
                                                 "-d", "x",
                                                 "-o", "/dev/null"}
                                  << QByteArray("413");
        QTest::newRow("a header too long")
            << QStringList{"-H", "X: " + QString(20'000, 'x'), "-o", "/dev/null"}
            << QByteArray("431");
    }

    void curlIsServed() {
        if (!isInstalled("curl"))
            QSKIP("curl is not installed");
        QFETCH_GLOBAL(QString, model);
        QFETCH(QStringList, options);
        QFETCH(QByteArray, answer);
        RunningServer server(over("tcp", model) + QStringList{"--http", "--reply", replyText},
                             "reply");
        const QString url = QStringLiteral("http://127.0.0.1:%1/").arg(server.port());
        const auto result =
            runProgram("curl", QStringList{"-sS", "-w", "%{http_code}", url} + options,
                       QByteArray(10 << 20, 'x'));
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, answer);
    }
};

QTEST_GUILESS_MAIN(TestServiceClients)
#include "tst_service_clients.moc"
