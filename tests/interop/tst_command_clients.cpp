// The services that run programs, from the command line, with Python's sockets as clients and a
// handler in Python.

#include <csignal>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/program.h"

using namespace sscope::test;

class TestCommandClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
        QFile file(m_folder.filePath("token"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("secret\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }

    void pythonIsServed_data() {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("client");
        const QString token = m_folder.filePath("token");
        for (const QString model : {"iterative", "epoll", "threads", "processes", "qt"}) {
            if (model == "qt" && !hasQtProgram())
                continue;
            const auto row = [&](const char* service, const QStringList& options,
                                 const char* client) {
                QTest::addRow("%s, %s", qPrintable(model), client)
                    << QString::fromLatin1(service)
                    << QStringList{"--model", model, "--listen", "tcp://127.0.0.1:0",
                                   "--allow-command"} +
                           options
                    << QString::fromLatin1(client);
            };
            row("command", {}, "command");
            row("command", {"--token-file", token}, "token");
            row("command", {"--shell"}, "shell");
            row("exec", {"--", "python3", SSCOPE_SOURCE_DIR "/resources/examples/handler.py"},
                "handler");
        }
    }

    void pythonIsServed() {
        QFETCH(QString, service);
        QFETCH(QStringList, options);
        QFETCH(QString, client);
        RunningServer server(options, service);
        const auto result =
            runProgram("python3", {SSCOPE_SOURCE_DIR "/tests/interop/command_clients.py", client,
                                   QString::number(server.port())});
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("ok\n"));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void whatIsNotAllowedIsAUsageError_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* words, const char* says) {
            QTest::newRow(words) << QString::fromLatin1(words).split(' ') << QByteArray(says);
        };
        row("command", "must be allowed");
        row("exec -- cat", "must be allowed");
        row("exec --allow-command", "the program is missing");
        row("exec --allow-command cat", "the program stands after --");
        row("command --allow-command --framing line", "--framing");
        row("command --allow-command --listen udp://127.0.0.1:0", "needs a stream");
        row("exec --allow-command --listen unixgram:@x -- cat", "needs a stream");
        row("command --allow-command --allow-public --listen 0.0.0.0:0", "a token");
        row("exec --allow-command --allow-public --listen *:0 -- cat", "a token");
        row("command --allow-command --shell --allow-public --listen [::]:0", "a shell is only");
        row("command --allow-command --token-file /no/such/file", "No such file");
        row("command --allow-command --token-file /dev/null", "does not hold a token");
        row("command --allow-command --close-after-reply --token-file x", "--close-after-reply");
        row("command --allow-command --output-encoding no-such", "--output-encoding");
        row("command --allow-command --command-allow a,,b", "--command-allow");
        row("command --allow-command --command-timeout 0", "--command-timeout");
        row("exec --allow-command --idle-timeout 5 -- cat", "--idle-timeout");
    }

    void whatIsNotAllowedIsAUsageError() {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, says);
        const auto result = runProgram(ownProgram("socketscope"), QStringList{"serve"} + words);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.contains(says), result.errors);
        QCOMPARE(result.errors.count('\n'), 1);
    }

    void aProgramComplainsOnStandardError() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--allow-command", "--", "sh", "-c",
                              "echo trouble >&2"},
                             "exec");
        (void)runProgram(ownProgram("socketscope"), {"send", server.endpoint(), "--until-close"});
        QVERIFY(!server.readLineWith("\"closed\"").isEmpty());
        QByteArray said;
        QTRY_VERIFY((said += server.process().readAllStandardError()).contains("trouble"));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCommandClients)
#include "tst_command_clients.moc"
