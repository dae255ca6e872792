// As many connections as each model is made for, from another process.

#include <csignal>

#include <sys/resource.h>

#include <QtTest>

#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

bool echoes(const TestSocket& socket) {
    socket.send("still served");
    return socket.receive(12) == "still served";
}

} // namespace

class TestManyConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_max < 10'000)
            QSKIP("the limit of descriptors is too low for this");
    }

    void holdsIdleConnections_data() {
        QTest::addColumn<int>("count");
        QTest::newRow("epoll") << 9000;
        QTest::newRow("poll") << 9000;
        QTest::newRow("threads") << 1000;
        QTest::newRow("processes") << 300;
        if (hasQtProgram())
            QTest::newRow("qt") << 2000;
    }

    void holdsIdleConnections() {
        QFETCH(int, count);
        const QString model = QString::fromLatin1(QTest::currentDataTag());
        RunningServer server({"--model", model, "--listen", "tcp://127.0.0.1:0"});
        const auto pid = static_cast<pid_t>(server.process().processId());
        const auto port = static_cast<std::uint16_t>(server.port());
        const ProcessInfo idle = processInfo(pid);
        QVERIFY(echoes(TestSocket::connectTcp(port)));
        const ProcessInfo before = processInfo(pid); // warm
        std::vector<TestSocket> clients;
        for (int i = 0; i < count; ++i) {
            clients.push_back(TestSocket::connectTcp(port));
            if (i % 100 == 0) // those before it are served then, and the backlog is empty
                QVERIFY(echoes(clients.back()));
        }
        QVERIFY(echoes(clients.front()));
        QVERIFY(echoes(clients.back()));
        const ProcessInfo now = processInfo(pid);
        const std::uint64_t each =
            (now.residentBytes - before.residentBytes) / static_cast<std::uint64_t>(count);
        qInfo("%s: %d connections, %llu bytes of ours each", qPrintable(model), count,
              static_cast<unsigned long long>(each));
        if (model == "epoll" || model == "poll")
            QVERIFY(each <= 16 << 10);
        clients.clear();
        QTRY_COMPARE_WITH_TIMEOUT(processInfo(pid).descriptors, idle.descriptors, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(processInfo(pid).threads, idle.threads, 20'000);
        QCOMPARE(processInfo(pid).children, idle.children);
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void selectStopsAtItsLimit() {
        RunningServer server({"--model", "select", "--listen", "tcp://127.0.0.1:0"});
        const auto port = static_cast<std::uint16_t>(server.port());
        std::vector<TestSocket> clients;
        for (int i = 0; i < 1100; ++i)
            clients.push_back(TestSocket::connectTcp(port));
        const QByteArray line = server.readLineWith("\"rejected\"");
        QVERIFY2(line.contains("select cannot watch a descriptor of 1024 or above"), line);
        QVERIFY(echoes(clients.front()));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }
};

QTEST_GUILESS_MAIN(TestManyConnections)
#include "tst_many_connections.moc"
