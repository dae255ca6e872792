// The services that run programs, command and exec, under every execution model.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <signal.h>
#include <unistd.h>

#include <QtTest>

#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

class Running : public ModelServer {
public:
    explicit Running(ServerConfig config) : ModelServer(withModel(std::move(config))) {}

private:
    static ServerConfig withModel(ServerConfig config) {
        config.model = currentModel();
        return config;
    }
};

ServerConfig commandConfig(std::vector<std::string> allow = {}) {
    ServerConfig config;
    config.service = "command";
    config.settings.command.isAllowed = true;
    config.settings.command.allow = std::move(allow);
    return config;
}

ServerConfig execConfig(std::vector<std::string> program) {
    ServerConfig config;
    config.service = "exec";
    config.settings.command.isAllowed = true;
    config.settings.command.program = std::move(program);
    return config;
}

std::string tokenFile() {
    const std::string path = temporaryPath("token");
    std::ofstream(path) << "secret\n";
    return path;
}

std::string ask(const TestSocket& socket, std::string_view line, std::size_t size) {
    socket.send(line);
    return socket.receive(size);
}

std::vector<pid_t> pidsIn(const std::string& path) {
    std::ifstream file(path);
    std::vector<pid_t> pids;
    for (pid_t pid = 0; file >> pid;)
        pids.push_back(pid);
    return pids;
}

bool allGone(const std::string& path) {
    return std::ranges::none_of(pidsIn(path), [](pid_t pid) { return ::kill(pid, 0) == 0; });
}

/// Three that ignore TERM: one in the command's group, one that has left it, a daemon.
std::string threeThatStay(const std::string& path) {
    const std::string one =
        "sh -c 'trap \"\" HUP INT TERM; echo $$ >>" + path + "; exec sleep 1000' >&-";
    return one + " & setsid " + one + " & (setsid setsid " + one + " &) & wait";
}

/// For what is slow: a loop, processes, and Qt go about it in ways of their own.
bool isOneOfFew() {
    return currentModel() == "epoll" || currentModel() == "processes" || currentModel() == "qt";
}

/// Lines that would make a file, %1, were anything in them expanded or another program run.
std::vector<QByteArray> injections() {
    const char* const commands[] = {"touch %1", "/bin/touch %1", "sh -c 'touch %1'",
                                    "cp /etc/hostname %1"};
    const char* const wrappers[] = {"%1",
                                    "echo;%1",
                                    "echo x; %1",
                                    "echo x && %1",
                                    "false || %1",
                                    "echo | %1",
                                    "echo & %1",
                                    "echo x\n%1",
                                    "echo x\r\n%1\r\n",
                                    "echo x\r%1",
                                    "echo $(%1)",
                                    "echo `%1`",
                                    "echo \"$(%1)\"",
                                    "echo \"`%1`\"",
                                    "echo <(%1)",
                                    "echo >(%1)",
                                    "echo $((`%1`))",
                                    "echo ${x:=$(%1)}",
                                    "echo 'x'; %1; echo 'y'",
                                    "echo x' ; %1 ; 'y",
                                    "echo \"x\";%1",
                                    "echo \\; %1",
                                    "echo \\\n%1",
                                    "ls; %1 #",
                                    "ls -la `%1`",
                                    "ls $(%1) /",
                                    "(%1)",
                                    "{ %1; }",
                                    "! %1",
                                    "if true; then %1; fi",
                                    "while %1; do break; done",
                                    "eval %1",
                                    "exec %1",
                                    "command %1",
                                    "env %1",
                                    "nohup %1",
                                    "xargs %1",
                                    "time %1",
                                    "X=1 %1",
                                    "\t%1",
                                    "\v%1",
                                    "'' %1",
                                    "\"\"%1",
                                    "echo\t;\t%1",
                                    "echo x;;%1",
                                    "echo x|&%1",
                                    "ls\n\n%1\n",
                                    "echo \xef\xbc\x9b %1",
                                    "echo \xe2\x80\xa8%1",
                                    "ls --hyperlink=$(%1)",
                                    "../../bin/%1",
                                    "echo %0a %1"};
    std::vector<QByteArray> lines{"echo x > %1", "echo x >> %1", "> %1", "ls >| %1",
                                  "echo x 1<> %1"};
    for (const char* wrapper : wrappers) {
        for (const char* command : commands)
            lines.push_back(QByteArray(wrapper).replace("%1", command));
    }
    return lines;
}

constexpr std::string_view wrongToken = "command error: wrong token";

} // namespace

class TestProgramServices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addModelRows(); }

    void commandAnswersOverTcp() {
        Running running(commandConfig());
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(ask(client, "echo hello", 6), std::string("hello\n"));
        const std::string refusal = "command error: rm is not allowed";
        QCOMPARE(ask(client, "rm -rf x\n", refusal.size()), refusal);
        client.send("exit");
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        const auto closed = running.log().first<lifecycle::Closed>();
        QVERIFY(closed.reason == CloseReason::Local);
        QCOMPARE(closed.counters.receivedMessages, std::uint64_t{3});
        QVERIFY(running.stopAndWait());
    }

    void commandAnswersOverUnixSockets() {
        ServerConfig config = commandConfig();
        config.listen = {{.transport = Transport::Unix, .path = temporaryPath("socket")}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::Listening>());
        const TestSocket client = TestSocket::connectUnix(config.listen[0].path);
        QCOMPARE(ask(client, "echo hello", 6), std::string("hello\n"));
    }

    void aSlowCommandHoldsUpNobody() {
        if (currentModel() == "iterative")
            QSKIP("it serves one at a time");
        Running running(commandConfig({"sleep", "echo"}));
        const TestSocket slow = TestSocket::connectTcp(running.port());
        const TestSocket other = TestSocket::connectTcp(running.port());
        slow.send("sleep 1000");
        QCOMPARE(ask(other, "echo quick", 6), std::string("quick\n"));
        QVERIFY(running.stopAndWait());
    }

    void aPeerThatHasSaidAllHasItsAnswer() {
        Running running(commandConfig());
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("echo one\necho two\n");
        client.shutdownWrite();
        QCOMPARE(client.receiveToEnd(), std::string("one\ntwo\n"));
    }

    void aCommandAndItsDescendantsGoWithTheConnection_data() {
        QTest::addColumn<QString>("end");
        for (const char* end : {"closed", "reset", "stopped", "timed out"})
            QTest::newRow(end) << QString::fromLatin1(end);
    }

    void aCommandAndItsDescendantsGoWithTheConnection() {
        QFETCH(QString, end);
        if (end == "timed out" && currentModel() != "epoll")
            QSKIP("slow: one model is enough");
        if (end == "closed" && !isOneOfFew())
            QSKIP("slow");
        const std::string path = temporaryPath("pids");
        ServerConfig config = commandConfig();
        config.settings.command.shell = true;
        if (end == "timed out")
            config.settings.command.timeout = 1s;
        Running running(config);
        TestSocket client = TestSocket::connectTcp(running.port());
        client.send("echo begun; " + threeThatStay(path));
        QTRY_COMPARE(pidsIn(path).size(), std::size_t{3});
        if (end == "closed")
            client.close();
        else if (end == "reset")
            client.reset();
        else if (end == "stopped")
            running.server().stop();
        else
            QCOMPARE(client.receive(40), std::string("begun\ncommand error: timed out after 1 s"));
        QTRY_VERIFY_WITH_TIMEOUT(allGone(path), 20000);
    }

    void aCommandIsOverBeforeTheServerIs() {
        const std::string path = temporaryPath("pids");
        {
            ServerConfig config = commandConfig();
            config.settings.command.shell = true;
            Running running(config);
            const TestSocket client = TestSocket::connectTcp(running.port());
            client.send(threeThatStay(path));
            QTRY_COMPARE(pidsIn(path).size(), std::size_t{3});
        } // not even stopped
        QTRY_VERIFY_WITH_TIMEOUT(allGone(path), 20000);
    }

    void whatSaysTooMuchIsCut() {
        ServerConfig config = commandConfig({"yes"});
        config.settings.command.outputCap = 10;
        Running running(config);
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string expected = "y\ny\ny\ny\ny\ncommand error: output over 10 bytes";
        QCOMPARE(ask(client, "yes", expected.size()), expected);
    }

    void theTokenLetsIn() {
        if (!isOneOfFew() && currentModel() != "iterative")
            QSKIP("slow");
        ServerConfig config = commandConfig();
        config.settings.command.tokenFile = tokenFile();
        Running running(config);
        {
            const TestSocket wrong = TestSocket::connectTcp(running.port());
            const TimePoint begin = SteadyClock::now();
            wrong.send("guess");
            if (currentModel() != "iterative") {
                // The delay is for who guessed.
                const TestSocket client = TestSocket::connectTcp(running.port());
                QCOMPARE(ask(client, "secret\n", 2), std::string("ok"));
                QCOMPARE(ask(client, "echo hello", 6), std::string("hello\n"));
            }
            QCOMPARE(wrong.receiveToEnd(), std::string(wrongToken));
            QVERIFY(SteadyClock::now() - begin >= 1s);
        }
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(ask(client, "secret", 2), std::string("ok"));
        QVERIFY(!running.log().all<lifecycle::ProtocolError>().empty());
    }

    void wrongTokensCostMoreEachTime() {
        if (currentModel() != "processes") // the delays have a test of their own
            QSKIP("slow: where memory is shared is enough");
        ServerConfig config = commandConfig();
        config.settings.command.tokenFile = tokenFile();
        Running running(config);
        for (const Duration least : {1s, 2s}) {
            const TimePoint begin = SteadyClock::now();
            const TestSocket wrong = TestSocket::connectTcp(running.port());
            wrong.send("guess");
            QCOMPARE(wrong.receiveToEnd(), std::string(wrongToken));
            QVERIFY(SteadyClock::now() - begin >= least);
        }
    }

    void noInjectionRuns() {
        if (currentModel() != "epoll")
            QSKIP("one model is enough");
        const std::string canary = temporaryPath("canary");
        Running running(commandConfig({"echo", "ls"}));
        const std::vector<QByteArray> lines = injections();
        QVERIFY(lines.size() > 200);
        for (QByteArray line : lines) {
            line.replace("%1", QByteArray::fromStdString(canary));
            const TestSocket client = TestSocket::connectTcp(running.port());
            client.send(line.toStdString());
            client.shutdownWrite();
            QVERIFY2(!client.receiveToEnd().empty(), line.constData());
            QVERIFY2(!std::filesystem::exists(canary), line.constData());
        }
    }

    void aNameIsNoWayAroundTheToken() {
        // A name to us, which getaddrinfo(3) makes 0.0.0.0 of (inet_aton(3)).
        ServerConfig config = execConfig({"cat"});
        config.listen = {{.host = "0", .port = 0}};
        config.allowPublic = true;
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::StartFailed>());
        const auto failed = running.log().first<lifecycle::StartFailed>();
        QVERIFY(failed.isUsage);
        QVERIFY2(failed.error.is(Fault::NeedsToken), errorText(failed.error).c_str());
    }

    void execGivesTheConnectionToAProgram() {
        Running running(execConfig({"sh", "-c", "read line; echo \"$PROTO $line\" | tr a-z A-Z"}));
        const TestSocket client = TestSocket::connectTcp(running.port());
        client.send("hello\n");
        QCOMPARE(client.receiveToEnd(), std::string("TCP HELLO\n"));
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        const auto closed = running.log().first<lifecycle::Closed>();
        QVERIFY(closed.reason == CloseReason::Local);
        QCOMPARE(closed.counters.receivedBytes, std::uint64_t{6});
        QCOMPARE(closed.counters.sentBytes, std::uint64_t{10});
        QCOMPARE(running.log().totals().counters.receivedBytes, std::uint64_t{6});
    }

    void execSeesTheEndOfThePeersDirection() {
        Running running(execConfig({"cat"}));
        const TestSocket client = TestSocket::connectTcp(running.port());
        const std::string text = patternOf(1 << 20);
        std::thread sender([&] {
            client.send(text);
            client.shutdownWrite();
        });
        QVERIFY(client.receiveToEnd() == text);
        sender.join();
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        const auto closed = running.log().first<lifecycle::Closed>();
        QVERIFY(closed.reason == CloseReason::Peer);
        QCOMPARE(closed.counters.receivedBytes, std::uint64_t{text.size()});
        QCOMPARE(closed.counters.sentBytes, std::uint64_t{text.size()});
    }

    void execServesUnixSockets() {
        ServerConfig config = execConfig({"cat"});
        config.listen = {{.transport = Transport::Unix, .path = temporaryPath("socket")}};
        Running running(config);
        QVERIFY(running.log().waitFor<lifecycle::Listening>());
        const TestSocket client = TestSocket::connectUnix(config.listen[0].path);
        QCOMPARE(ask(client, "hello", 5), std::string("hello"));
    }

    void execTellsWhatCannotBeStarted() {
        Running running(execConfig({"/no/such/program"}));
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Closed>());
        const auto failed = running.log().first<lifecycle::Failed>();
        QVERIFY(failed.error.isErrno(ENOENT));
        QCOMPARE(failed.error.subject, std::string("/no/such/program"));
        QVERIFY(running.log().first<lifecycle::Closed>().reason == CloseReason::Error);
    }

    void execEndsAProgramWithItsConnection_data() {
        QTest::addColumn<QString>("end");
        for (const char* end : {"reset", "stopped", "closed by hand", "reset by hand", "destroyed"})
            QTest::newRow(end) << QString::fromLatin1(end);
    }

    void execEndsAProgramWithItsConnection() {
        QFETCH(QString, end);
        if (end != "stopped" && end != "destroyed" && !isOneOfFew())
            QSKIP("slow");
        const std::string path = temporaryPath("pids");
        auto running = std::make_unique<Running>(execConfig({"sh", "-c", threeThatStay(path)}));
        TestSocket client = TestSocket::connectTcp(running->port());
        QTRY_COMPARE(pidsIn(path).size(), std::size_t{3});
        if (end == "reset")
            client.reset();
        else if (end == "stopped")
            running->server().stop();
        else if (end == "closed by hand" || end == "reset by hand")
            running->server().closeConnection(1, end == "reset by hand");
        else
            running.reset();
        QTRY_VERIFY_WITH_TIMEOUT(allGone(path), 20000);
    }

    void execLeavesAProgramItsTimeThoughClosedTwice() {
        Running running(
            execConfig({"sh", "-c",
                        "exec 2>/dev/null; trap 'sleep 0.05; echo bye; exit' TERM; echo ready; "
                        "while :; do sleep 0.05; done"}));
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(client.receive(6), std::string("ready\n"));
        running.server().closeConnection(1, false);
        running.server().closeConnection(1, false);
        QCOMPARE(client.receiveToEnd(), std::string("bye\n"));
    }

    void execReadsTheTokenAndNothingElse() {
        ServerConfig config = execConfig({"cat"});
        config.settings.command.tokenFile = tokenFile();
        Running running(config);
        {
            const TestSocket client = TestSocket::connectTcp(running.port());
            client.send("secret\nfirst line\n");
            QCOMPARE(client.receive(14), std::string("ok\nfirst line\n"));
            client.shutdownWrite();
            QCOMPARE(client.receiveToEnd(), std::string());
        }
        if (currentModel() != "epoll")
            return; // slow: one model is enough
        const TimePoint begin = SteadyClock::now();
        const TestSocket wrong = TestSocket::connectTcp(running.port());
        wrong.send("gue");
        wrong.send("ss\nmore\n");
        QCOMPARE(wrong.receiveToEnd(), std::string(wrongToken) + '\n');
        QVERIFY(SteadyClock::now() - begin >= 1s);
    }
};

QTEST_GUILESS_MAIN(TestProgramServices)
#include "tst_program_services.moc"
