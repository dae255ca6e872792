// Servers and their processes that are killed, and servers that are started and stopped under load.

#include <atomic>
#include <csignal>
#include <thread>

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

QJsonObject eventWith(RunningServer& server, const QByteArray& text) {
    return QJsonDocument::fromJson(server.readLineWith(text)).object();
}

std::uint16_t portOf(const RunningServer& server) {
    return static_cast<std::uint16_t>(server.port());
}

void echoOnce(const TestSocket& socket) {
    socket.send("hello");
    QCOMPARE(socket.receive(5), std::string("hello"));
}

} // namespace

class TestSuddenEnds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAgainAtOnceAfterAKill_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"iterative", "select", "poll", "epoll", "threads", "processes"})
            QTest::newRow(model) << QString::fromLatin1(model);
        if (hasQtProgram())
            QTest::newRow("qt") << QStringLiteral("qt");
    }

    void startsAgainAtOnceAfterAKill() {
        QFETCH(QString, model);
        const QString path = QString::fromStdString(temporaryPath("killed"));
        int port = 0;
        for (int i = 0; i < 8; ++i) {
            RunningServer server({"--model", model, "--listen",
                                  QStringLiteral("tcp://127.0.0.1:%1").arg(port), "--listen",
                                  "unix:" + path});
            QVERIFY2(server.port() != 0, server.process().readAllStandardError());
            port = server.port();
            const TestSocket client = TestSocket::connectTcp(portOf(server));
            echoOnce(client);
            ::kill(static_cast<pid_t>(server.process().processId()), SIGKILL);
            server.waitForEnd();
        }
    }

    void aKilledChildIsReapedAndCounted() {
        RunningServer server({"--model", "processes", "--listen", "tcp://127.0.0.1:0"});
        const auto pid = static_cast<pid_t>(server.process().processId());
        const ProcessInfo idle = processInfo(pid);
        const TestSocket other = TestSocket::connectTcp(portOf(server));
        echoOnce(other);
        (void)eventWith(server, "\"accepted\"");
        const TestSocket client = TestSocket::connectTcp(portOf(server));
        for (int i = 0; i < 100; ++i)
            echoOnce(client);
        const QJsonObject accepted = eventWith(server, "\"accepted\"");
        const int child = accepted.value(QStringLiteral("pid")).toInt();
        QVERIFY(child > 0 && child != pid);
        ::kill(child, SIGKILL);
        QCOMPARE(client.receiveToEnd(), std::string());
        const QJsonObject closed = eventWith(server, "\"closed\"");
        QCOMPARE(closed.value(QStringLiteral("connection")),
                 accepted.value(QStringLiteral("connection")));
        QCOMPARE(closed.value(QStringLiteral("reason")).toString(), QStringLiteral("error"));
        QCOMPARE(closed.value(QStringLiteral("received_bytes")).toInt(), 500);
        QCOMPARE(closed.value(QStringLiteral("sent_bytes")).toInt(), 500);
        QCOMPARE(closed.value(QStringLiteral("received_messages")).toInt(), 100);
        QCOMPARE(processInfo(pid).zombies, std::size_t{0});
        QCOMPARE(processInfo(pid).children, idle.children + 1);
        echoOnce(other); // is served as before
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void aServerWhoseHelperIsKilledSaysSoAndEnds() {
        RunningServer server({"--model", "processes", "--listen", "tcp://127.0.0.1:0"});
        const TestSocket client = TestSocket::connectTcp(portOf(server));
        echoOnce(client);
        const auto children = childrenOf(static_cast<pid_t>(server.process().processId()));
        QCOMPARE(children.size(), std::size_t{1});
        const auto served = childrenOf(children.front());
        ::kill(children.front(), SIGKILL);
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(!eventWith(server, "\"closed\"").isEmpty());
        QVERIFY(eventWith(server, "\"error\"")
                    .value(QStringLiteral("message"))
                    .toString()
                    .contains("signal 9"));
        QCOMPARE(server.waitForEnd(), 1);
        for (const pid_t pid : served)
            QTRY_COMPARE(::kill(pid, 0), -1); // its children go with it
    }

    void startsAndStopsUnderLoad_data() { startsAgainAtOnceAfterAKill_data(); }

    void startsAndStopsUnderLoad() {
        QFETCH(QString, model);
        std::atomic<int> port = 0;
        std::atomic<bool> isOver = false;
        std::atomic<int> echoes = 0;
        const auto hammer = [&] {
            while (!isOver) {
                try {
                    const TestSocket client =
                        TestSocket::connectTcp(static_cast<std::uint16_t>(port.load()));
                    client.send("load");
                    echoes += client.receive(4) == "load" ? 1 : 0;
                } catch (const std::runtime_error&) {
                    std::this_thread::yield(); // between two servers, or cut by a stop
                }
            }
        };
        std::thread one(hammer);
        std::thread two(hammer);
        int started = 0;
        for (int tries = 0; started < 100 && tries < 200; ++tries) {
            RunningServer server({"--model", model, "--listen",
                                  QStringLiteral("tcp://127.0.0.1:%1").arg(port.load())});
            if (server.port() == 0) { // its port was taken by a client's meanwhile
                port = 0;
                continue;
            }
            ++started;
            port = server.port();
            const int before = echoes;
            QTRY_VERIFY(echoes > before);
            QCOMPARE(server.endWith(SIGTERM), 0);
        }
        isOver = true;
        one.join();
        two.join();
        QCOMPARE(started, 100);
    }
};

QTEST_GUILESS_MAIN(TestSuddenEnds)
#include "tst_sudden_ends.moc"
