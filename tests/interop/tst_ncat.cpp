// Against ncat and socat, in both directions.

#include <csignal>

#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

class TestNcat : public QObject {
    Q_OBJECT

private:
    static int freePort() { return TestSocket::listenTcp().port(); }

    /// Asks until the peer, which tells nothing of itself, listens.
    static ProgramResult sendWhenUp(const QString& endpoint, const QStringList& arguments) {
        ProgramResult result;
        for (int i = 0; i < 100; ++i) {
            result =
                runProgram(ownProgram("socketscope"), QStringList{"send", endpoint} + arguments);
            if (result.exitCode != 1 && result.exitCode != 3)
                break;
            QTest::qWait(50);
        }
        return result;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("ncat") || !isInstalled("socat"))
            QSKIP("ncat or socat is not installed");
    }

    void initTestCase_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"select", "poll", "epoll"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }

    void ncatTalksToOurServer() {
        QFETCH_GLOBAL(QString, model);
        RunningServer tcp({"--model", model, "--listen", "127.0.0.1:0"});
        QByteArray text;
        for (int i = 0; i < 50'000; ++i)
            text += QByteArray::number(i) + '\n';
        const auto stream = runProgram("ncat", {"127.0.0.1", QString::number(tcp.port())}, text);
        QCOMPARE(stream.exitCode, 0);
        QVERIFY(stream.output == text);
        RunningServer udp({"--model", model, "--listen", "udp://127.0.0.1:0"});
        // Over UDP ncat ends with its input, so that stays open until the answer has come.
        RunningProgram datagrams("ncat", {"-u", "127.0.0.1", QString::number(udp.port())});
        datagrams.process().write("ping\n");
        QCOMPARE(datagrams.readLine(), QByteArray("ping"));
    }

    void socatTalksToOurServer() {
        QFETCH_GLOBAL(QString, model);
        const QString path = QString::fromStdString(temporaryPath("sock"));
        RunningServer server({"--model", model, "--listen", "unix:" + path, "--listen", "[::1]:0"});
        const auto result = runProgram("socat", {"-", "UNIX-CONNECT:" + path}, "over unix\n");
        QCOMPARE(result.output, QByteArray("over unix\n"));
    }

    void ourClientTalksToNcat() {
        const int port = freePort();
        RunningProgram peer("ncat",
                            {"-l", "-k", "127.0.0.1", QString::number(port), "-e", "/bin/cat"});
        const auto result = sendWhenUp(QStringLiteral("127.0.0.1:%1").arg(port), {"Hello, world"});
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("Hello, world"));
    }

    void ourClientTalksToSocat() {
        const QString path = QString::fromStdString(temporaryPath("sock"));
        RunningProgram peer("socat", {"UNIX-LISTEN:" + path + ",fork", "EXEC:cat"});
        const auto result =
            sendWhenUp("unix:" + path, {"one", "two", "--half-close", "--until-close"});
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("onetwo"));
    }
};

QTEST_GUILESS_MAIN(TestNcat)
#include "tst_ncat.moc"
