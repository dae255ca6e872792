// Against the programs of the tutorials, unchanged: messages with a JSON header, and Ready/Start.

#include <csignal>

#include <QtTest>

#include "tests/support/program.h"

using namespace sscope::test;

namespace {

const QList<int> outputSizes{1, 1023, 1024, 1025, 1'000'000};

QString script(const QString& name) {
    return QStringLiteral(SSCOPE_SOURCE_DIR "/tests/interop/tutorial/") + name;
}

/// As tutorial/ready_server.py makes it.
QByteArray textOfSize(int size) {
    return QByteArray(size % 3, 'x') + QByteArray("\xE4\xB8\xAD").repeated(size / 3);
}

QString urlOf(RunningProgram& server) {
    return QStringLiteral("tcp://127.0.0.1:") + QString::fromLatin1(server.readLine().trimmed());
}

} // namespace

class TestTutorialPrograms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
        // No folder of compiled modules in the source tree.
        qputenv("PYTHONDONTWRITEBYTECODE", "1");
    }

    void theirClientAsksOurServer_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"iterative", "select", "poll", "epoll", "threads", "processes"})
            QTest::newRow(model) << QString::fromLatin1(model);
        if (hasQtProgram())
            QTest::newRow("qt") << "qt";
    }

    void theirClientAsksOurServer() {
        QFETCH(QString, model);
        RunningServer server({"--model", model, "--listen", "tcp://127.0.0.1:0"}, "message");
        const QList<QStringList> exchanges{
            {"search", "morpheus", "result: Follow the white rabbit. \U0001F430\n"},
            {"search", "ring", "result: In the caves beneath the Misty Mountains. \U0001F48D\n"},
            {"search", "\U0001F436", "result: \U0001F43E Playing ball! \U0001F3D0\n"},
            {"search", "neo", "result: No match for 'neo'.\n"},
            {"binary", "abcdefghijklm",
             "binary/custom-server-binary-type: b'First 10 bytes of request: abcdefghij'\n"}};
        for (const QStringList& exchange : exchanges) {
            const auto client =
                runProgram("python3", {script("message_client.py"), "127.0.0.1",
                                       QString::number(server.port()), exchange[0], exchange[1]});
            QCOMPARE(QString::fromUtf8(client.output), exchange[2]);
            QVERIFY2(client.exitCode == 0, client.errors);
        }
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void ourClientAsksTheirServer() {
        RunningProgram server("python3", {script("message_server.py")});
        const QString endpoint = urlOf(server);
        const auto ask = [&](const QStringList& arguments) {
            return runProgram(ownProgram("socketscope"),
                              QStringList{"send", endpoint, "--framing", "message"} + arguments);
        };
        auto answer = ask({"{\"action\": \"search\", \"value\": \"\U0001F436\"}"});
        QCOMPARE(QString::fromUtf8(answer.output),
                 QString("{\"result\": \"\U0001F43E Playing ball! \U0001F3D0\"}"));
        QCOMPARE(answer.exitCode, 0);
        answer = ask({"{\"action\": \"double\", \"value\": 1}"});
        QCOMPARE(answer.output, QByteArray("{\"result\": \"Error: invalid action 'double'.\"}"));
        answer = ask({"--content-type", "binary/custom-client-binary-type", "--content-encoding",
                      "binary", "--hex", "00 ff 30313233343536373839"});
        QCOMPARE(answer.output, QByteArray("First 10 bytes of request: \0\xff"
                                           "01234567",
                                           37));
        // Their JSON in the encoding that the header names.
        answer = ask({"--encoding", "utf-16", "--content-encoding", "utf-16",
                      "{\"action\": \"search\", \"value\": \"ring\"}"});
        QVERIFY2(answer.output.contains("Misty Mountains"), answer.errors);
    }

    void ourClientReadsTheirReady_data() {
        QTest::addColumn<int>("size");
        for (const int size : outputSizes)
            QTest::addRow("%d", size) << size;
    }

    void ourClientReadsTheirReady() {
        QFETCH(int, size);
        RunningProgram server("python3", {script("ready_server.py")});
        const auto client =
            runProgram(ownProgram("socketscope"), {"send", urlOf(server), "--framing", "ready",
                                                   QString::number(size), QString::number(size)});
        QVERIFY2(client.exitCode == 0, client.errors);
        QVERIFY(client.output == textOfSize(size) + textOfSize(size));
    }

    void theirClientReadsOurReady_data() { ourClientReadsTheirReady_data(); }

    void theirClientReadsOurReady() {
        QFETCH(int, size);
        QTemporaryDir folder;
        QFile file(folder.filePath("output"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(textOfSize(size));
        file.close();
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "ready",
                              "--allow-command", "--command-allow", "cat"},
                             "command");
        const QString command = "cat " + file.fileName();
        const auto client =
            runProgram("python3", {script("ready_client.py"), "127.0.0.1",
                                   QString::number(server.port()), command, command});
        QVERIFY2(client.exitCode == 0, client.errors);
        const QString text = QString::fromUtf8(textOfSize(size));
        const QString line =
            QString("%1 %2 %3\n").arg(QString::number(size), text.left(3), text.right(3));
        QCOMPARE(QString::fromUtf8(client.output), line + line);
    }
};

QTEST_GUILESS_MAIN(TestTutorialPrograms)
#include "tst_tutorial_programs.moc"
