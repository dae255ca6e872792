// `send --connections`: what it prints where, and how it ends.

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

ProgramResult send(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(program(), QStringList{"send"} + arguments, input);
}

QString address(const TestSocket& listener) {
    return QStringLiteral("127.0.0.1:%1").arg(listener.port());
}

QList<QJsonObject> objects(const QByteArray& output) {
    QList<QJsonObject> all;
    for (const QByteArray& line : output.trimmed().split('\n'))
        all.append(QJsonDocument::fromJson(line).object());
    return all;
}

} // namespace

class TestCrowdSend : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTutorialsTwoByTwo() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result = send({server.endpoint(), "--connections", "2", "--",
                                  "Message 1 from client.", "Message 2 from client."});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output,
                 QByteArray("Message 1 from client.Message 2 from client.").repeated(2));
        QCOMPARE(result.errors, QByteArray());
    }

    void repliesStandInTheOrderOfTheConnections() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"}, "worker");
        const auto result = send(
            {server.endpoint(), "--connections", "40", "--output", "hex", "--replies", "1", "x"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output.count('\n'), 40);
        // The one that is asked first is answered last; its reply comes first all the same.
        const TestSocket listener = TestSocket::listenTcp();
        RunningProgram two(program(),
                           {"send", address(listener), "--connections", "2", "--", "a question"});
        TestSocket first = listener.accept();
        TestSocket second = listener.accept();
        QCOMPARE(first.receive(10), std::string("a question"));
        second.send("the second");
        QCOMPARE(second.receiveToEnd(), std::string("a question"));
        first.send("the first.");
        QCOMPARE(two.waitForEnd(), 0);
        QCOMPARE(two.process().readAllStandardOutput(), QByteArray("the first.the second"));
    }

    void whatWaitsForItsTurnTakesNoMoreAndMoreMemory() {
        const TestSocket listener = TestSocket::listenTcp();
        RunningProgram two(program(), {"send", address(listener), "--connections", "2",
                                       "--until-close", "--", "a question"});
        const TestSocket first = listener.accept();
        const TestSocket second = listener.accept();
        QCOMPARE(first.receive(10), std::string("a question"));
        const std::string piece = patternOf(1 << 20);
        QByteArray all = "the first.";
        for (int i = 0; i < 96; ++i) {
            second.send(piece);
            all += QByteArray::fromStdString(piece);
        }
        second.shutdownWrite();
        QCOMPARE(second.receiveToEnd(), std::string("a question"));
        QFile status(QStringLiteral("/proc/%1/status").arg(two.process().processId()));
        QVERIFY(status.open(QIODevice::ReadOnly));
        const auto memory =
            QRegularExpression("VmHWM:\\s*(\\d+) kB").match(QString(status.readAll()));
        QVERIFY(memory.hasMatch());
        QVERIFY2(memory.captured(1).toInt() < 64 << 10, qPrintable(memory.captured(1)));
        first.send("the first.");
        first.shutdownWrite();
        QCOMPARE(two.waitForEnd(), 0);
        QVERIFY(two.process().readAllStandardOutput() == all);
    }

    void whatOneDidNotGetIsToldOnce() {
        RunningServer server({"--listen", "udp://127.0.0.1:0"});
        const auto result = send({server.endpoint(), "--connections", "3", "--receive-size", "4",
                                  "--receive-buffer", "2000000000", "--", "longer"});
        QCOMPARE(result.errors.count("SO_RCVBUF"), 1);
        QCOMPARE(result.errors.count("6 bytes"), 1);
    }

    void theDatagramsOfEachAreCounted() {
        RunningServer server({"--listen", "udp://127.0.0.1:0"});
        const auto result =
            send({server.endpoint(), "--connections", "2", "--repeat", "3", "--json", "--", "x"});
        QCOMPARE(result.exitCode, 0);
        QSet<int> counted;
        for (const QJsonObject& object : objects(result.output)) {
            if (object.value("event") != "datagrams")
                continue;
            counted.insert(object.value("connection").toInt());
            QCOMPARE(object.value("sent").toInt(), 3);
            QCOMPARE(object.value("lost").toInt(), 0);
        }
        QCOMPARE(counted, (QSet<int>{1, 2}));
    }

    void textOfEachConnectionHasALineOfItsOwn() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result =
            send({server.endpoint(), "--connections", "3", "--output", "text", "hello"});
        QCOMPARE(result.output, QByteArray("hello\nhello\nhello\n"));
    }

    void jsonNamesTheConnectionAndSumsUp() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result = send(
            {server.endpoint(), "--connections", "3", "--repeat", "2", "--json", "--", "hello"});
        QCOMPARE(result.exitCode, 0);
        QMap<QString, QMap<int, int>> counts;
        const auto all = objects(result.output);
        for (const QJsonObject& object : all)
            ++counts[object.value("event").toString()][object.value("connection").toInt()];
        for (const int connection : {1, 2, 3}) {
            for (const char* event : {"connecting", "connected", "closed"})
                QCOMPARE(counts.value(event).value(connection), 1);
            QVERIFY(counts.value("received").value(connection) >= 1);
        }
        const QJsonObject summary = all.last();
        QCOMPARE(summary.value("event").toString(), QString("summary"));
        QCOMPARE(summary.value("connections").toInt(), 3);
        QCOMPARE(summary.value("done").toInt(), 3);
        QCOMPARE(summary.value("failed").toInt(), 0);
        QCOMPARE(summary.value("sent_bytes").toInt(), 30);
        QCOMPARE(summary.value("received_bytes").toInt(), 30);
        QVERIFY(summary.value("failures").toArray().isEmpty());
    }

    void aNameIsLookedUpOnce() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result = send({QStringLiteral("localhost:%1").arg(server.port()),
                                  "--connections", "5", "--json", "--", "hello"});
        QCOMPARE(result.exitCode, 0);
        QMap<QString, int> resolved;
        for (const QJsonObject& object : objects(result.output)) {
            if (object.value("event") == "resolved")
                ++resolved[object.value("address").toString()];
        }
        QVERIFY(!resolved.isEmpty());
        for (const int times : resolved)
            QCOMPARE(times, 1);
    }

    void failuresAreOneLineForEachReason() {
        TestSocket gone = TestSocket::listenTcp();
        const QString where = address(gone);
        gone.close();
        const auto result = send({where, "--connections", "20", "--", "x"});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.output, QByteArray());
        QCOMPARE(result.errors, QStringLiteral("socketscope: 20 of 20 connections: connect %1: "
                                               "Connection refused (ECONNREFUSED). Nothing listens "
                                               "there; start the server, or check the port.\n")
                                    .arg(where)
                                    .toUtf8());
        const auto json = send({where, "--connections", "20", "--json", "--", "x"});
        const QJsonObject failure =
            objects(json.output).last().value("failures").toArray().first().toObject();
        QCOMPARE(failure.value("errno").toString(), QString("ECONNREFUSED"));
        QCOMPARE(failure.value("connections").toInt(), 20);
    }

    void tooFewBytesEndWithThree() {
        const TestSocket silent = TestSocket::listenTcp();
        const auto result =
            send({address(silent), "--connections", "3", "--wait", "0.1", "--", "x"});
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.errors.contains("3 of 3 connections: receive "), result.errors);
        QVERIFY2(result.errors.contains("nothing for 0.1 s"), result.errors);
        const auto json = objects(
            send({address(silent), "--connections", "2", "--wait", "0.1", "--json", "--", "x"})
                .output);
        const auto isOfTheFirst = [](const QJsonObject& object) {
            return object.value("connection").toInt() == 1;
        };
        const auto last = std::find_if(json.rbegin(), json.rend(), isOfTheFirst);
        QCOMPARE(last->value("event").toString(), QString("closed")); // after the error
    }

    void aBrokenProtocolEndsWithFour() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result = send({server.endpoint(), "--connections", "3", "--framing", "ready",
                                  "--", "this is no offer"});
        QCOMPARE(result.exitCode, 4);
        QVERIFY2(result.errors.contains("3 of 3 connections: "), result.errors);
    }

    void waitZeroOnlySends() {
        const TestSocket listener = TestSocket::listenTcp();
        RunningProgram sender(program(), {"send", address(listener), "--connections", "2", "--wait",
                                          "0", "--", "fire"});
        QCOMPARE(sender.waitForEnd(), 0);
        QCOMPARE(listener.accept().receiveToEnd(), std::string("fire"));
        QCOMPARE(listener.accept().receiveToEnd(), std::string("fire"));
    }

    void halfClosesEachAndReadsToTheEnd() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result = send({server.endpoint(), "--connections", "4", "--half-close",
                                  "--until-close", "--", "all"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray("all").repeated(4));
    }

    void anInterruptEndsItAndSumsUp() {
        const TestSocket silent = TestSocket::listenTcp();
        RunningProgram sender(program(), {"send", address(silent), "--connections", "3", "--wait",
                                          "60", "--json", "--", "x"});
        QVERIFY(!sender.readLineWith("\"connected\"").isEmpty());
        QCOMPARE(sender.endWith(SIGINT), 130);
        const QByteArray rest = sender.process().readAllStandardOutput();
        QCOMPARE(objects(rest).last().value("cancelled").toInt(), 3);
    }

    void aReaderWhoLeavesEndsIt() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"}, "chargen");
        const auto result = runProgram(
            "sh", {"-c", QStringLiteral("{ %1 send %2 --connections 3 --until-close; echo $? >&2; }"
                                        " | head -c 100000 | wc -c")
                             .arg(program(), server.endpoint())});
        QCOMPARE(result.output.trimmed(), QByteArray("100000"));
        QCOMPARE(result.errors, QByteArray("0\n"));
    }

    void aFileGoesOverEachConnection() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const std::string path = temporaryPath("content");
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray content(300'000, 'f');
        file.write(content);
        file.close();
        const auto result =
            send({server.endpoint(), "--connections", "3", "--file", file.fileName()});
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output == content.repeated(3));
    }

    void withFewDescriptorsTheOthersWait() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result = runProgram(
            "sh", {"-c", QStringLiteral("ulimit -n 64; exec %1 send %2 --connections 200 hi --json")
                             .arg(program(), server.endpoint())});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(objects(result.output).last()["done"].toInt(), 200);
        QVERIFY(objects(result.output).last()["most_open"].toInt() < 64);
    }

    void badNumbersAreUsage() {
        for (const char* number : {"0", "-1", "two", "1000001"}) {
            const auto result = send({"127.0.0.1:1", "--connections", number, "--", "x"});
            QCOMPARE(result.exitCode, 2);
            QVERIFY2(result.errors.contains("--connections"), result.errors);
        }
    }
};

QTEST_GUILESS_MAIN(TestCrowdSend)
#include "tst_crowd_send.moc"
