#include <QtTest>

#include "core/service/command_handler.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// Says yes to one token; a command says its words.
class FakeAccess final : public CommandAccess {
public:
    [[nodiscard]] bool needsToken() const override { return !token.empty(); }
    TokenVerdict judge(std::string_view attempt, TimePoint) override {
        attempts.emplace_back(attempt);
        if (std::exchange(isHeldBack, false))
            return {TokenVerdict::Kind::NotYet, 3s};
        if (attempt == token)
            return {TokenVerdict::Kind::Accepted, {}};
        return {TokenVerdict::Kind::Wrong, 1s};
    }
    [[nodiscard]] CommandRunner runner() const override {
        return [](const CommandTask& task, const CancelSignal& cancel) -> CommandEnd {
            if (cancel.isSet())
                return {.kind = CommandEnd::Kind::Cancelled};
            std::string said;
            for (std::size_t i = 1; i < task.words.size(); ++i)
                said += task.words[i];
            const bool isOver = said.size() > task.outputCap;
            return {.kind = isOver ? CommandEnd::Kind::OverCap : CommandEnd::Kind::Exited,
                    .output = said.substr(0, task.outputCap)};
        };
    }

    std::string token;
    bool isHeldBack = false;
    std::vector<std::string> attempts;
};

struct Fixture {
    explicit Fixture(std::string token = {}, const CommandSettings& command = {})
        : handler(settingsOf(command)) {
        access.token = std::move(token);
        context.access = &access;
        handler.setup(context);
    }
    static ServiceSettings settingsOf(const CommandSettings& command) {
        ServiceSettings settings;
        settings.command = command;
        return settings;
    }
    void say(std::string_view text) { handler.handle(context, {.content = bytesOf(text)}); }
    /// Does the job that was submitted last.
    void work() {
        const std::string output = context.jobs.at(done)();
        handler.result(context, ++done, output);
    }

    FakeAccess access;
    FakeContext context;
    CommandHandler handler;
    std::size_t done = 0;
};

} // namespace

class TestCommandHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatACommandSays() {
        Fixture f;
        f.say("echo hello\n");
        QVERIFY(f.context.sent.empty());
        f.work();
        QCOMPARE(f.context.output(), std::string("hello"));
        f.say("echo");
        f.work();
        QCOMPARE(f.context.sent.back(), std::string("command error"));
    }

    void refusesWithoutRunning() {
        Fixture f;
        f.say("rm x");
        f.say("\n");
        QVERIFY(f.context.jobs.empty());
        QCOMPARE(f.context.sent[0], std::string("command error: rm is not allowed"));
        QCOMPARE(f.context.sent[1], std::string("command error: the line is empty"));
    }

    void runsOneAfterAnother() {
        Fixture f;
        f.say("echo 1");
        f.say("echo 2");
        QCOMPARE(f.context.jobs.size(), std::size_t{1});
        f.work();
        QCOMPARE(f.context.jobs.size(), std::size_t{2});
        f.work();
        QVERIFY((f.context.sent == std::vector<std::string>{"1", "2"}));
    }

    void theLinesOfAMessageHaveOneAnswer() {
        Fixture f;
        f.say("echo 1\nrm x\r\n\necho 2\n");
        f.work();
        f.work();
        QVERIFY(
            (f.context.sent == std::vector<std::string>{"1\ncommand error: rm is not allowed\n2"}));
    }

    void theLinesOfAMessageShareTheCap() {
        Fixture f({}, {.outputCap = 6});
        f.say("echo 123\necho 4567\n");
        f.work();
        f.work();
        QCOMPARE(f.context.output(), std::string("123\n456\ncommand error: output over 6 bytes"));
    }

    void refusalsShareTheCapToo() {
        Fixture f({}, {.outputCap = 40});
        f.say("rm\nrm\nrm\necho 1\n");
        f.say("echo 2");
        QVERIFY(
            (f.context.sent == std::vector<std::string>{"command error: rm is not allowed\n"
                                                        "command error: rm is not allowed\n"
                                                        "command error: output over 40 bytes"}));
        f.work();
        QCOMPARE(f.context.sent.back(), std::string("2"));
    }

    void aServerThatCannotRunItSaysSo() {
        Fixture f;
        f.context.canWork = false;
        f.say("echo 1\necho 2\n");
        const std::string lost = "command error: the server could not run it; try again";
        QCOMPARE(f.context.output(), lost + '\n' + lost);
        f.context.canWork = true;
        f.say("echo 3");
        f.work();
        QCOMPARE(f.context.sent.back(), std::string("3"));
    }

    void exitCloses() {
        Fixture f;
        f.say("echo 1\n exit \necho 2\n");
        f.work();
        QCOMPARE(f.context.output(), std::string("1"));
        QVERIFY(f.context.closed);
        QCOMPARE(f.context.jobs.size(), std::size_t{1});
    }

    void waitsForAPeerThatDoesNotRead() {
        Fixture f;
        f.context.room = 0;
        f.say("echo 1");
        QVERIFY(f.context.jobs.empty());
        f.context.room = 100;
        f.handler.writable(f.context);
        QCOMPARE(f.context.jobs.size(), std::size_t{1});
    }

    void tooManyThatWaitAreTooMany() {
        Fixture f;
        for (int i = 0; i < 2000 && !f.context.closed; ++i)
            f.say("echo x");
        QVERIFY(f.context.closed);
        QCOMPARE(f.context.output(), std::string("command error: too many commands wait"));
        Fixture g;
        g.say("echo 1");
        g.say(std::string(2 << 20, 'x'));
        QVERIFY(g.context.closed);
    }

    void whatRunsIsCancelledWithTheConnection() {
        Fixture f;
        f.say("echo 1");
        f.handler.finish(f.context);
        QCOMPARE(f.context.jobs[0](),
                 std::string("command error: it was ended before it was done"));
    }

    void aPeerThatIsDoneHasItsAnswer() {
        Fixture f;
        f.say("echo 1");
        f.handler.peerClosed(f.context);
        QVERIFY(!f.context.closed);
        QVERIFY(f.context.timers.back() == Duration(1s));
        f.work();
        QCOMPARE(f.context.output(), std::string("1"));
        QVERIFY(f.context.closed);
    }

    void aPeerThatIsDoneDoesNotWaitForLong() {
        Fixture f;
        f.say("echo 1");
        f.handler.peerClosed(f.context);
        f.handler.timer(f.context);
        QCOMPARE(f.context.output(),
                 std::string("command error: ended 1 s after your side of the connection; "
                             "keep it open until the answer has come"));
        QVERIFY(f.context.closed);
        QCOMPARE(f.context.jobs[0](),
                 std::string("command error: it was ended before it was done"));
    }

    void anIdlePeerThatIsDoneIsClosed() {
        Fixture f;
        f.handler.peerClosed(f.context);
        QVERIFY(f.context.closed && f.context.sent.empty());
    }

    void theTokenComesFirst() {
        Fixture f("secret");
        f.say("secret\r\n");
        QVERIFY((f.context.sent == std::vector<std::string>{"ok"}));
        f.say("echo 1");
        f.work();
        QCOMPARE(f.context.sent.back(), std::string("1"));
        QCOMPARE(f.access.attempts.size(), std::size_t{1});
    }

    void whatComesWithTheTokenIsACommand() {
        Fixture f("secret");
        f.say("secret\necho 1\n");
        f.work();
        QVERIFY((f.context.sent == std::vector<std::string>{"ok", "1"}));
    }

    void aWrongTokenIsAnsweredLateAndRunsNothing() {
        Fixture f("secret");
        f.say("echo 1\necho 2");
        f.say("secret");
        QVERIFY(f.context.sent.empty() && !f.context.closed && f.context.jobs.empty());
        QVERIFY(f.context.timers.back() == Duration(1s));
        QCOMPARE(f.context.protocolError, std::string("wrong token"));
        f.handler.timer(f.context);
        QCOMPARE(f.context.output(), std::string("command error: wrong token"));
        QVERIFY(f.context.closed);
    }

    void aSourceThatIsHeldBackIsJudgedLater() {
        Fixture f("secret");
        f.access.isHeldBack = true;
        f.say("secret");
        QVERIFY(f.context.sent.empty());
        QVERIFY(f.context.timers.back() == Duration(3s));
        f.say("echo 1");
        QVERIFY(f.context.jobs.empty());
        f.handler.timer(f.context);
        QCOMPARE(f.context.output(), std::string("ok"));
        QCOMPARE(f.context.jobs.size(), std::size_t{1});
    }

    void aWebPageRunsNothing_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("GET") << QByteArray("GET /;echo HTTP/1.1\r\nA: b\r\n\r\n") << QByteArray();
        QTest::newRow("POST with a body")
            << QByteArray("POST / HTTP/1.1\r\nContent-Length: 7\r\n\r\n\necho 1\n") << QByteArray();
        QTest::newRow("the body later")
            << QByteArray("POST / HTTP/1.1\r\nA: b\r\n\r\n") << QByteArray("echo 1\n");
        QTest::newRow("a target that is not whole")
            << QByteArray("POST /" + QByteArray(65000, ';')) << QByteArray("\necho 1\n");
        QTest::newRow("the host alone") << QByteArray("echo 1\r\nHOST: a\r\n") << QByteArray();
        QTest::newRow("lower case") << QByteArray("host:a\necho 1\n") << QByteArray();
    }

    void aWebPageRunsNothing() {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        for (const bool shell : {false, true}) {
            for (const char* token : {"", "secret"}) {
                Fixture f(token, {.shell = shell});
                f.say(first.toStdString());
                QVERIFY(f.context.closed);
                f.say(second.toStdString());
                QVERIFY(f.context.jobs.empty());
                QVERIFY(f.context.sent.empty());
                QCOMPARE(f.context.protocolError, std::string("an HTTP request"));
            }
        }
    }

    void aHostInALaterMessageClosesToo() {
        Fixture f;
        f.say("\n");
        f.say("echo 1\nhost: a");
        QVERIFY(f.context.closed);
        QVERIFY(f.context.jobs.empty());
    }

    void whatOnlyLooksLikeHttpRuns() {
        for (const char* line : {"echo HTTP/1.1", "echo Host: x", "echo / HTTP/1.1", "LS /\n",
                                 "GET http://localhost/", "POST", "A  HTTP/1.1", "echo\tHost:"}) {
            Fixture f({}, {.shell = true});
            f.say(line);
            QVERIFY2(f.context.jobs.size() == 1 && !f.context.closed, line);
        }
        Fixture f({}, {.shell = true});
        f.say("true");
        f.say("X / HTTP/1.1"); // not the first
        QVERIFY(!f.context.closed);
    }

    void silenceIsNoToken() {
        Fixture f("secret");
        QVERIFY(f.context.timers.back() == Duration(60s));
        f.handler.timer(f.context);
        QVERIFY(f.context.closed);
    }
};

QTEST_GUILESS_MAIN(TestCommandHandler)
#include "tst_command_handler.moc"
