// `socketscope load` as a script uses it: output, errors, exit codes (INTERFACE.md).

#include <csignal>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

QString program() {
    return ownProgram(QStringLiteral("socketscope"));
}

ProgramResult load(const QStringList& arguments) {
    return runProgram(program(), QStringList{"load"} + arguments);
}

QJsonObject object(const QByteArray& line) {
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class TestLoadCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonHasTheKeysThatWerePromised() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = load({server.endpoint(), "--connections", "3", "--size", "100",
                                  "--duration", "0.5", "--rate", "400", "--json"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.errors, QByteArray()); // no terminal, no progress
        QCOMPARE(result.output.count('\n'), 1);
        const QJsonObject json = object(result.output);
        QCOMPARE(json["requests"].toInt(), 200);
        QCOMPARE(json["errors"].toInt(), 0);
        QCOMPARE(json["connections"].toInt(), 3);
        QCOMPARE(json["bytes_per_second"].toDouble(), json["per_second"].toDouble() * 100);
        QVERIFY(json["per_second"].toDouble() > 0 && json["per_second"].toDouble() <= 400);
        const QJsonObject latency = json["latency_us"].toObject();
        double last = 0;
        for (const char* key : {"p50", "p90", "p99", "p999", "max"}) {
            QVERIFY(latency[QLatin1String(key)].toDouble() >= last);
            last = latency[QLatin1String(key)].toDouble();
        }
        QVERIFY(last > 0);
    }

    void textSaysTheSameInWords() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = load({server.endpoint(), "--duration", "0.2", "--rate", "500"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output.startsWith(server.endpoint().toUtf8() +
                                         ": 50 connections, 64 B, open "
                                         "loop, 500 a second"));
        QVERIFY(result.output.contains("requests  100, "));
        QVERIFY(result.output.contains("errors    none"));
        for (const char* word : {"p50", "p90", "p99", "p99.9", "max"})
            QVERIFY(result.output.contains(word));
    }

    void csvHasARowForEachSecond() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = load({server.endpoint(), "--duration", "2", "--rate", "100", "--csv"});
        QCOMPARE(result.exitCode, 0);
        const QList<QByteArray> lines = result.output.trimmed().split('\n');
        QVERIFY(lines.size() >= 3);
        QVERIFY(lines[0].startsWith("begin_s,length_s,requests,errors,"));
        int requests = 0;
        for (qsizetype i = 1; i < lines.size(); ++i)
            requests += lines[i].split(',').at(2).toInt();
        QCOMPARE(requests, 200);
    }

    void everyTransportAndFraming_data() {
        QTest::addColumn<QString>("listen");
        QTest::addColumn<QString>("framing");
        QTest::newRow("udp") << "udp://127.0.0.1:0"
                             << "raw";
        QTest::newRow("unix") << "unix:" + QString::fromStdString(temporaryPath("s")) << "line";
        QTest::newRow("unixgram") << "unixgram:" + QString::fromStdString(temporaryPath("s"))
                                  << "length:u16be";
        QTest::newRow("message") << "tcp://127.0.0.1:0"
                                 << "message";
    }

    void everyTransportAndFraming() {
        QFETCH(QString, listen);
        QFETCH(QString, framing);
        RunningServer server({"--listen", listen, "--framing", framing});
        const auto result = load({server.endpoint(), "--framing", framing, "--duration", "0.3",
                                  "--rate", "200", "--verify", "--json"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(object(result.output)["requests"].toInt(), 60);
        QCOMPARE(object(result.output)["errors"].toInt(), 0);
    }

    void nobodyListeningIsOneSentence() {
        TestSocket listener = TestSocket::listenTcp();
        const QString address = QStringLiteral("127.0.0.1:%1").arg(listener.port());
        listener.close();
        const auto result = load({address});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.output, QByteArray());
        QCOMPARE(result.errors, "socketscope: connect " + address.toUtf8() +
                                    ": Connection refused (ECONNREFUSED). Nothing listens there; "
                                    "start the server, or check the port.\n");
    }

    void aServerThatNeverAnswersIsExitCode3() {
        RunningServer server({"--listen", "127.0.0.1:0"}, "discard");
        const auto result = load({server.endpoint(), "--duration", "0.2", "--json"});
        QCOMPARE(result.exitCode, 3);
        QCOMPARE(object(result.output)["requests"].toInt(), 0);
        QCOMPARE(object(result.output)["never_served"].toInt(), 50);
        QVERIFY(result.errors.contains("no request was answered"));
        QCOMPARE(result.errors.count('\n'), 1);
    }

    void connectionsThatWereNeverServedAreExitCode3() {
        RunningServer server({"--listen", "127.0.0.1:0", "--model", "iterative"}, "echo");
        const auto result =
            load({server.endpoint(), "--duration", "0.2", "--connections", "3", "--json"});
        QCOMPARE(result.exitCode, 3);
        QVERIFY(object(result.output)["requests"].toInt() > 0);
        QVERIFY2(result.errors.contains("2 of 3 connections had no reply"), result.errors);
        QCOMPARE(result.errors.count('\n'), 1);
    }

    void aWrongReplyIsExitCode4() {
        RunningServer server({"--listen", "127.0.0.1:0"}, "upper");
        const auto result = load(
            {server.endpoint(), "--duration", "0.2", "--connections", "1", "--verify", "--json"});
        QCOMPARE(result.exitCode, 4);
        QVERIFY2(result.errors.contains("broke the protocol"), result.errors);
    }

    void usageErrorsOpenNoSocket_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << QStringList{} << "the endpoint is missing";
        QTest::newRow("two") << QStringList{"127.0.0.1:1", "x"} << "'x'";
        QTest::newRow("endpoint") << QStringList{"tcp://127.0.0.1:x"} << "port 'x'";
        QTest::newRow("connections")
            << QStringList{"127.0.0.1:1", "--connections", "0"} << "--connections";
        QTest::newRow("size") << QStringList{"127.0.0.1:1", "--size", "0"} << "--size";
        QTest::newRow("duration") << QStringList{"127.0.0.1:1", "--duration", "never"}
                                  << "--duration";
        QTest::newRow("rate") << QStringList{"127.0.0.1:1", "--rate", "0"} << "--rate";
        QTest::newRow("framing") << QStringList{"127.0.0.1:1", "--framing", "nosuch"}
                                 << "--framing";
        QTest::newRow("ready") << QStringList{"127.0.0.1:1", "--framing", "ready"} << "'ready'";
        QTest::newRow("both") << QStringList{"127.0.0.1:1", "--json", "--csv"} << "--csv";
    }

    void usageErrorsOpenNoSocket() {
        QFETCH(QStringList, words);
        QFETCH(QString, named);
        const auto result = load(words);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.output, QByteArray());
        QVERIFY2(result.errors.contains(named.toUtf8()), result.errors);
    }

    void tooLongForADatagramIsExitCode1() {
        const auto result = load({"udp://127.0.0.1:9", "--size", "65508"});
        QCOMPARE(result.exitCode, 1);
        QVERIFY(result.errors.contains("(EMSGSIZE). A UDP datagram carries at most 65507 bytes"));
    }

    void interruptPrintsWhatWasMeasured() {
        RunningServer server({"--listen", "127.0.0.1:0", "--trace"});
        RunningProgram running(program(), {"load", server.endpoint(), "--duration", "60", "--json",
                                           "--connections", "1"});
        for (int i = 0; i < 2; ++i) // the second request follows the reply to the first
            QVERIFY(!server.readLineWith("\"received\"").isEmpty());
        QCOMPARE(running.endWith(SIGINT), 130);
        const QJsonObject json = object(running.process().readAllStandardOutput());
        QCOMPARE(json["state"].toString(), QStringLiteral("cancelled"));
        QVERIFY(json["requests"].toInt() > 0);
        QVERIFY(json["elapsed_s"].toDouble() < 60);
    }

    void aTerminalShowsProgress() {
        if (!isInstalled("script"))
            QSKIP("script is not installed");
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = runProgram(
            "script",
            {"-qec", program() + " load " + server.endpoint() + " --duration 1.5", "/dev/null"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output.contains("\r1 of 1.5 s, "));
        QVERIFY(result.output.contains("requests  "));
    }

    void helpNamesWhatThereIs() {
        const auto result = load({"--help"});
        QCOMPARE(result.exitCode, 0);
        for (const char* option :
             {"--connections", "--size", "--duration", "--rate", "--framing", "--json", "--csv"})
            QVERIFY2(result.output.contains(option), option);
        QVERIFY(runProgram(program(), {"--help"}).output.contains("socketscope load ENDPOINT"));
    }
};

QTEST_GUILESS_MAIN(TestLoadCommand)
#include "tst_load_command.moc"
