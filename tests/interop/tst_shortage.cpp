// Servers that run out of descriptors, threads, processes or memory: none ends, none spins, and
// nobody who waits is forgotten.

#include <csignal>

#include <unistd.h>

#include <QElapsedTimer>
#include <QtTest>

#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

QStringList modelsOf(bool withIterative) {
    QStringList models{"select", "poll", "epoll", "threads", "processes"};
    if (withIterative)
        models.prepend("iterative");
    if (hasQtProgram())
        models.append("qt");
    return models;
}

void addRows(bool withIterative) {
    QTest::addColumn<QString>("model");
    for (const QString& model : modelsOf(withIterative))
        QTest::newRow(qPrintable(model)) << model;
}

QStringList arguments(const QString& model) {
    return {"--model", model, "--listen", "tcp://127.0.0.1:0", "--backlog", "256"};
}

bool echoes(const TestSocket& socket) {
    socket.send("served");
    return socket.receive(6) == "served";
}

} // namespace

class TestShortage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitsForDescriptors_data() { addRows(false); }

    void waitsForDescriptors() {
        if (!isInstalled("prlimit"))
            QSKIP("prlimit is not installed");
        QFETCH(QString, model);
        RunningServer server(arguments(model), "echo", {"prlimit", "--nofile=64:64"});
        const auto pid = static_cast<pid_t>(server.process().processId());
        std::vector<TestSocket> clients;
        for (int i = 0; i < 200; ++i)
            clients.push_back(TestSocket::connectTcp(static_cast<std::uint16_t>(server.port())));
        QVERIFY(echoes(clients.front()));
        const QByteArray told = server.readLineWith("\"error\"");
        QVERIFY2(told.contains("EMFILE"), told);
        QVERIFY2(told.contains("Raise the limit of open files"), told);
        const std::uint64_t before = processInfo(pid).cpuTicks;
        QTest::qWait(2000);
        const std::uint64_t ticks = processInfo(pid).cpuTicks - before;
        qInfo("%s: %llu %% of a core while it waits", qPrintable(model),
              static_cast<unsigned long long>(
                  ticks * 100 / (2 * static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)))));
        QVERIFY(ticks < static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK)));
        // As those in front leave, those behind are served.
        QElapsedTimer timer;
        qint64 longest = 0;
        for (TestSocket& client : clients) {
            timer.start();
            QVERIFY(echoes(client));
            longest = qMax(longest, timer.elapsed());
            client.close();
        }
        qInfo("%s: the longest wait after a descriptor was free: %lld ms", qPrintable(model),
              longest);
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void survivesWhatAcceptSays_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("errorName");
        for (const QString& model : modelsOf(true)) {
            for (const char* name : {"ECONNABORTED", "ENOBUFS", "ENOMEM", "EPROTO"})
                QTest::newRow(qPrintable(model + ' ' + name)) << model << QString::fromLatin1(name);
        }
    }

    void survivesWhatAcceptSays() {
        if (!isInstalled("strace"))
            QSKIP("strace is not installed");
        QFETCH(QString, model);
        QFETCH(QString, errorName);
        RunningServer server(arguments(model), "echo",
                             {"strace", "-f", "-qq", "-o", "/dev/null", "-e",
                              "trace=accept4,accept", "-e",
                              "inject=accept4,accept:error=" + errorName + ":when=1+3"});
        if (server.port() == 0)
            QSKIP("strace cannot trace here");
        for (int i = 0; i < 8; ++i)
            QVERIFY(echoes(TestSocket::connectTcp(static_cast<std::uint16_t>(server.port()))));
        const auto children = childrenOf(static_cast<pid_t>(server.process().processId()));
        QVERIFY(!children.empty());
        ::kill(children.front(), SIGTERM); // the server; strace ends with it
        QCOMPARE(server.waitForEnd(), 0);
    }

    void waitsForThreadsAndProcesses_data() {
        QTest::addColumn<QString>("model");
        QTest::newRow("threads") << QStringLiteral("threads");
        QTest::newRow("processes") << QStringLiteral("processes");
    }

    void waitsForThreadsAndProcesses() {
        if (::geteuid() != 0 || !isInstalled("setpriv"))
            QSKIP("only root can become a user with a limit of its own");
        QFETCH(QString, model);
        // A user of whom nothing else runs; of its six threads or processes two or three serve.
        RunningServer server(
            arguments(model), "echo",
            {"setpriv", "--reuid=64001", "--clear-groups", "prlimit", "--nproc=6:6"});
        if (server.port() == 0)
            QSKIP("that user may not run what was built here");
        std::vector<TestSocket> clients;
        for (int i = 0; i < 12; ++i)
            clients.push_back(TestSocket::connectTcp(static_cast<std::uint16_t>(server.port())));
        const QByteArray told = server.readLineWith("\"error\"");
        QVERIFY2(told.contains("EAGAIN"), told);
        QVERIFY2(told.contains("short of memory, threads or ports"), told);
        for (TestSocket& client : clients) {
            QVERIFY(echoes(client));
            client.close();
        }
        QCOMPARE(server.endWith(SIGTERM), 0);
    }
};

QTEST_GUILESS_MAIN(TestShortage)
#include "tst_shortage.moc"
