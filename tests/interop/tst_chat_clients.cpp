// The chat against clients that we did not write (Python's sockets, ncat): what people do, under
// every model, and what those do who mean harm; kills and full disks.

#include <csignal>

#include <sys/mount.h>
#include <unistd.h>

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_network.h"

using namespace sscope::test;

namespace {

const QString folder = QStringLiteral(SSCOPE_SOURCE_DIR "/tests/interop/");

QByteArray runScenario(RunningServer& server, const QString& name,
                       const QStringList& environment = {}) {
    const auto result =
        runProgram("python3",
                   {folder + "chat_trouble.py", name, QString::number(server.port()),
                    QString::number(server.process().processId())},
                   {}, environment);
    if (result.exitCode != 0)
        qWarning("%s", result.errors.constData());
    return result.exitCode == 0 ? result.output : QByteArray();
}

/// For as long as it takes, which may be longer than runProgram() waits; what it prints, nothing
/// where it has failed.
QByteArray runPython(const QStringList& arguments,
                     const QList<std::pair<QString, QString>>& variables = {}) {
    QProcess run;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [key, value] : variables)
        environment.insert(key, value);
    run.setProcessEnvironment(environment);
    run.start("python3", arguments);
    if (!run.waitForFinished(900'000) || run.exitCode() != 0) {
        qWarning("%s", run.readAllStandardError().constData());
        return {};
    }
    return run.readAllStandardOutput();
}

QByteArray runLong(RunningServer& server, const QString& name,
                   const QList<std::pair<QString, QString>>& variables = {}) {
    return runPython({folder + "chat_trouble.py", name, QString::number(server.port()),
                      QString::number(server.process().processId())},
                     variables);
}

/// What it prints; nothing where it has failed.
QByteArray runKills(bool losesUnsynced, int seed) {
    const QTemporaryDir in;
    QStringList arguments{folder + "chat_durability.py", ownProgram("socketscope"), in.path(),
                          qEnvironmentVariable("SSCOPE_CHAT_MESSAGES", "4000"),
                          qEnvironmentVariable("SSCOPE_CHAT_KILLS", "5")};
    if (losesUnsynced) {
        const auto compiled = runProgram("cc", {"-shared", "-fPIC", "-o", in.filePath("shim.so"),
                                                folder + "unsynced_writes.c", "-ldl"});
        if (compiled.exitCode != 0)
            return {};
        arguments << "--lose-unsynced";
    }
    return runPython(arguments,
                     {{"SSCOPE_SEED", qEnvironmentVariable("SSCOPE_SEED", QString::number(seed))}});
}

QString passwordFile(const QTemporaryDir& in) {
    QFile file(in.filePath("password"));
    if (!file.open(QIODevice::WriteOnly) || file.write("right\n") != 6)
        qFatal("write");
    return file.fileName();
}

/// A tmpfs of so many KiB for as long as this is there.
class SmallDisk {
public:
    explicit SmallDisk(int kibibytes) {
        m_isMounted =
            ::mount("tmpfs", m_folder.path().toUtf8().constData(), "tmpfs", 0,
                    QByteArray("size=" + QByteArray::number(kibibytes) + "k").constData()) == 0;
    }
    ~SmallDisk() {
        if (m_isMounted)
            ::umount2(m_folder.path().toUtf8().constData(), MNT_DETACH);
    }
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString filePath(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

} // namespace

class TestChatClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
    }

    void peopleMeetUnderEachModel_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("isStored");
        for (const char* model : {"select", "poll", "epoll", "threads", "qt"}) {
            QTest::addRow("%s, in memory", model) << QString::fromLatin1(model) << false;
            QTest::addRow("%s, in a file", model) << QString::fromLatin1(model) << true;
        }
    }

    void peopleMeetUnderEachModel() {
        QFETCH(QString, model);
        QFETCH(bool, isStored);
        if (model == "qt" && !hasQtProgram())
            QSKIP("built without the window");
        const QTemporaryDir in;
        QStringList options{"--model", model};
        if (model == "epoll" || model == "poll" || model == "select")
            options << "--loops"
                    << "3";
        if (isStored)
            options << "--history-file" << in.filePath("history");
        RunningServer server(options, "chat");
        QCOMPARE(runScenario(server, "meeting"), QByteArray("ok\n"));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void iterativeServesOneAfterAnother() {
        RunningServer server({"--model", "iterative"}, "chat");
        for (const QByteArray name : {"one", "two"}) {
            const auto result =
                runProgram("python3", {"-c",
                                       "import sys; sys.path.insert(0, sys.argv[1])\n"
                                       "from chat_peer import ChatPeer\n"
                                       "peer = ChatPeer(int(sys.argv[2]))\n"
                                       "print(peer.enter(sys.argv[3])['people'])",
                                       folder, QString::number(server.port()), name});
            QCOMPARE(result.output, QByteArray("['" + name + "']\n"));
        }
    }

    void processesRefusesInWords() {
        const auto result =
            runProgram(ownProgram("socketscope"), {"serve", "chat", "--model", "processes"});
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.contains("nobody would meet"), result.errors);
        QVERIFY2(result.errors.contains("--model epoll"), result.errors);
    }

    void ncatTalksInLines() {
        if (!isInstalled("ncat"))
            QSKIP("ncat is not installed");
        RunningServer server({}, "chat");
        const auto result =
            runProgram("ncat", {"127.0.0.1", QString::number(server.port())},
                       "no name\nann\nhello\n/who\n/history 1\n/nick eve\n/who\n/fly\n/quit\n");
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output.startsWith("* a name has no white space"));
        for (const char* line : {"* welcome, ann;", "* you are in lobby with ann\n",
                                 "* in lobby: ann\n", "<ann> hello\n", "* you are called eve now\n",
                                 "* in lobby: eve\n", "* /fly is not known", "* goodbye\n"})
            QVERIFY2(result.output.contains(line), result.output);
    }

    void aLineThatIsTooLongIsToldBeforeTheEnd() {
        RunningServer server({}, "chat");
        const auto result = runProgram(
            "python3", {"-c",
                        "import socket, sys\n"
                        "peer = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 10)\n"
                        "peer.sendall(b'ann\\n')\n"
                        "file = peer.makefile('rb')\n"
                        "while b'you are in' not in file.readline(): pass\n"
                        "peer.sendall(b'x' * 200000)\n"
                        "print(file.readline())\n"
                        "print(file.read())",
                        QString::number(server.port())});
        QCOMPARE(result.output,
                 QByteArray("b'* goodbye: a line has at most 65536 bytes\\n'\nb''\n"));
        const QByteArray closed = server.readLineWith("\"closed\"");
        QVERIFY2(closed.contains("\"reason\":\"limit\""), closed);
    }

    void theCommandLineTalks() {
        const QTemporaryDir in;
        const QString secret = passwordFile(in);
        RunningServer server({"--password-file", secret}, "chat");
        const QString own = ownProgram("socketscope");
        const QStringList ann{"chat", server.endpoint(), "--name", "ann", "--room", "den"};
        const auto said =
            runProgram(own, ann + QStringList{"--password-file", secret, "--json"}, "one\ntwo\n");
        QCOMPARE(said.exitCode, 0);
        QCOMPARE(said.output.count("\"event\":\"message\",\"room\":\"den\""), 2);
        QVERIFY(said.output.contains("\"id\":2"));
        QVERIFY(!said.output.contains("resume") && !said.output.contains("right"));
        const auto shown = runProgram(own, ann + QStringList{"--password-file", secret}, "three\n");
        QCOMPARE(shown.exitCode, 0);
        for (const char* line : {"* you are in den with ann\n", "<ann> one\n", "<ann> three\n"})
            QVERIFY2(shown.output.contains(line), shown.output);
        const auto wrong = runProgram(own, ann, "lost\n");
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY2(wrong.errors.contains("this server needs a password"), wrong.errors);
        QVERIFY2(wrong.errors.contains("1 message was not stored"), wrong.errors);
        QVERIFY2(wrong.output.isEmpty(), wrong.output); // told once
        const auto silent = runProgram(own, ann);       // no input
        QCOMPARE(silent.exitCode, 1);
        QVERIFY2(silent.errors.contains("this server needs a password"), silent.errors);
        const auto in1 = runProgram(own, ann + QStringList{"--password-file", secret});
        QCOMPARE(in1.exitCode, 0);
        QVERIFY2(!in1.errors.contains("socketscope:"), in1.errors);
        RunningServer echo({"--listen", "127.0.0.1:0"}, "echo");
        for (const QByteArray input : {"", "x\n"}) {
            const auto none = runProgram(own, {"chat", echo.endpoint(), "--name", "ann"}, input);
            QVERIFY2(none.errors.count("broke the protocol") == 1, none.errors);
            QCOMPARE(none.exitCode, 4);
        }
        QCOMPARE(runProgram(own, {"chat", server.endpoint()}).exitCode, 2);
        QCOMPARE(runProgram(own, {"chat", server.endpoint(), "--name", "a b"}).exitCode, 2);
        QCOMPARE(runProgram(own, {"chat", "udp://127.0.0.1:1", "--name", "ann"}).exitCode, 2);
        QCOMPARE(runProgram(own, {"chat", "127.0.0.1:1", "--name", "ann"}).exitCode, 1);
    }

    /// Of a terminal (util-linux' script(1) makes one).
    void aTerminalIsAskedForThePassword() {
        if (!isInstalled("script"))
            QSKIP("script is not installed");
        const QTemporaryDir in;
        RunningServer server({"--password-file", passwordFile(in)}, "chat");
        RunningProgram asked(
            "script",
            {"-qec", ownProgram("socketscope") + " chat " + server.endpoint() + " --name ann",
             "/dev/null"});
        QVERIFY(!asked.readLineWith("this server needs a password").isEmpty());
        QVERIFY(!asked.readLineWith("Password:").isEmpty());
        asked.process().write("right\n");
        const QByteArray told = asked.readLineWith("welcome, ann");
        QVERIFY2(!told.isEmpty() && !told.contains("right"), told);
    }

    void aHistoryThatCannotBeUsedIsToldInWords() {
        const QTemporaryDir in;
        QFile file(in.filePath("history"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(9000, 'x')) == 9000);
        file.close();
        const QStringList options{"--history-file", file.fileName()};
        for (int i = 0; i < 2; ++i) { // the first leaves nothing that would make it ours
            const auto foreign =
                runProgram(ownProgram("socketscope"),
                           QStringList{"serve", "chat", "--listen", "127.0.0.1:0"} + options);
            QCOMPARE(foreign.exitCode, 2);
            QVERIFY2(foreign.errors.contains("not a history of this program"), foreign.errors);
            QCOMPARE(QDir(in.path()).entryList(QDir::Files), QStringList{"history"});
        }
        QFile lock(in.filePath("history-lock")); // as a server leaves it
        QVERIFY(lock.open(QIODevice::WriteOnly));
        RunningProgram server(ownProgram("socketscope"),
                              QStringList{"serve", "chat", "--json", "--listen", "127.0.0.1:0"} +
                                  options);
        const QByteArray told = server.readLineWith("\"error\"");
        QVERIFY2(told.contains("moved aside"), told);
        QVERIFY(!server.readLineWith("listening").isEmpty());
        const auto second =
            runProgram(ownProgram("socketscope"),
                       QStringList{"serve", "chat", "--listen", "127.0.0.1:0"} + options);
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.errors.contains("another server is writing"), second.errors);
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void whoSaysNothingIsClosedAfterTenSeconds() {
        RunningServer server({}, "chat");
        const auto result = runProgram(
            "python3", {"-c",
                        "import socket, sys\n"
                        "peer = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
                        "print(peer.recv(1000), peer.recv(1))",
                        QString::number(server.port())});
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(result.output, QByteArray("b'* goodbye: no name came within 10 s\\n' b''\n"));
    }

    void anotherMachineHasAHundredConnections() {
        if (!TestNetwork::isPossible())
            QSKIP("only root may make a network namespace");
        const TestHost host;
        const auto result =
            host.run({"python3", folder + "chat_sources.py", ownProgram("socketscope")});
        QCOMPARE(result.output, QByteArray("127.0.0.1: 130 of 130\n10.9.9.9: 100 of 130\n"));
    }

    void wrongPasswordsHoldBackTheirSourceAlone() {
        const QTemporaryDir in;
        RunningServer server({"--password-file", passwordFile(in)}, "chat");
        QVERIFY(runScenario(server, "wrong_passwords").startsWith("ok 3 of 1000"));
        QVERIFY(!server.process().readAll().contains("right"));
    }

    /// SSCOPE_CHAT_GARBAGE=104857600 makes it the long run: bytes that each of 14 sends.
    void garbageHarmsNobody() {
        const QString bytes = qEnvironmentVariable("SSCOPE_CHAT_GARBAGE", "10000000");
        RunningServer server({}, "chat");
        const QByteArray told = runLong(server, "garbage", {{"SSCOPE_CHAT_GARBAGE", bytes}});
        QVERIFY(told.startsWith("ok "));
        qInfo("%s", told.trimmed().constData());
    }

    void whoReadsNothingIsDropped() {
        RunningServer server({}, "chat");
        QVERIFY(runScenario(server, "slow_reader").startsWith("ok dropped"));
    }

    void whoTakesNothingIsDroppedThoughItsQueueIsNotFull() {
        RunningServer server({}, "chat");
        QVERIFY(runLong(server, "stalled_reader").startsWith("ok dropped"));
    }

    /// Of each model, all at once: 30 s pass.
    void whoIsStoppedIsDroppedThoughItsKernelTakesAll() {
        QStringList arguments{folder + "chat_stopped.py", ownProgram("socketscope")};
        std::vector<std::unique_ptr<RunningServer>> servers;
        for (const char* const model : {"select", "poll", "epoll", "threads", "qt"}) {
            if (model == QByteArray("qt") && !hasQtProgram())
                continue;
            servers.push_back(std::make_unique<RunningServer>(
                QStringList{"--model", model, "--listen", "127.0.0.1:0"}, "chat"));
            arguments << QString::number(servers.back()->port());
        }
        const QByteArray told = runPython(arguments);
        QVERIFY(told.startsWith("ok dropped"));
        qInfo("%s", told.trimmed().constData());
    }

    void whoSaysMuchIsReadMoreSlowly() {
        RunningServer server({}, "chat");
        QVERIFY(runScenario(server, "rate").startsWith("ok 300"));
    }

    void aFullDiskIsToldAndGoneOnFrom() {
        const SmallDisk disk(1024);
        if (!disk.isMounted())
            QSKIP("only root may mount a tmpfs");
        RunningServer server({"--history-file", disk.filePath("history")}, "chat");
        QVERIFY(
            runScenario(server, "storage_full", {"SSCOPE_CHAT_FILLER=" + disk.filePath("filler")})
                .startsWith("ok full"));
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    /// However often somebody tries, little and much: one warning, and one word that it is over.
    void aDiskThatStaysFullIsToldOnce() {
        const SmallDisk disk(2048);
        if (!disk.isMounted())
            QSKIP("only root may mount a tmpfs");
        RunningServer server({"--history-file", disk.filePath("history")}, "chat");
        const QByteArray told = runScenario(server, "storage_stays_full",
                                            {"SSCOPE_CHAT_FILLER=" + disk.filePath("filler")});
        QVERIFY2(told.startsWith("ok full, good"), told);
        const QByteArray full = server.readLineWith("\"error\"");
        QVERIFY2(full.contains("\"operation\":\"store messages\"") &&
                     full.contains("\"errno\":\"ENOSPC\"") && full.contains("/history\""),
                 full);
        const QByteArray good = server.readLineWith("\"error\"");
        QVERIFY2(good.contains("\"errno\":null") && good.contains("stored again"), good);
        QCOMPARE(server.endWith(SIGTERM), 0);
    }

    void whatIsSaidKeepsItsOrderOverAFullDisk() {
        const SmallDisk disk(16 * 1024);
        if (!disk.isMounted())
            QSKIP("only root may mount a tmpfs");
        RunningServer server({"--history-file", disk.filePath("history")}, "chat");
        const QByteArray told = runScenario(server, "order_kept",
                                            {"SSCOPE_CHAT_FILLER=" + disk.filePath("filler"),
                                             "SSCOPE_CHAT_PROGRAM=" + ownProgram("socketscope")});
        QVERIFY(told.startsWith("ok 200"));
        qInfo("%s", told.trimmed().constData());
    }

    /// SSCOPE_CHAT_MESSAGES and SSCOPE_CHAT_KILLS make it the long run.
    void whatIsAcknowledgedOutlivesKills_data() {
        QTest::addColumn<bool>("losesUnsynced");
        QTest::newRow("kill -9") << false;
        QTest::newRow("and a disk that forgets what was not synced") << true;
    }

    void whatIsAcknowledgedOutlivesKills() {
        QFETCH(bool, losesUnsynced);
        QByteArray output;
        bool isMet = false; // a write that was not synced, which takes luck
        for (int seed = 1; seed <= 5 && !isMet; ++seed) {
            output = runKills(losesUnsynced, seed);
            QVERIFY(output.startsWith("ok "));
            isMet = !losesUnsynced || !output.contains(", 0 writes taken back");
        }
        QVERIFY(isMet);
        qInfo("%s", output.trimmed().constData());
    }
};

QTEST_GUILESS_MAIN(TestChatClients)
#include "tst_chat_clients.moc"
