// Commands run for real, in the helper that `socketscope command-helper` is.

#include <array>
#include <csignal>
#include <fstream>
#include <thread>

#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtTest>

#include "core/process/command_run.h"
#include "core/process/descendants.h"
#include "core/process/descriptor_limit.h"
#include "core/process/helper_process.h"
#include "core/process/supervised_run.h"
#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Kind = CommandEnd::Kind;

namespace {

CommandTask taskOf(std::vector<std::string> words, Duration timeout = 20s,
                   std::size_t cap = 1 << 20) {
    return {.words = std::move(words), .timeout = timeout, .outputCap = cap};
}

CommandTask shell(const std::string& script, Duration timeout = 20s) {
    return taskOf({"/bin/sh", "-c", script}, timeout);
}

CommandEnd runNow(const CommandTask& task) {
    return runCommand(task, {});
}

/// What exec's program says on one end of a pair of sockets, whose other end stays open.
std::string runProgram(const std::string& script) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return "no sockets";
    const UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);
    auto run = SupervisedRun::start({"program-helper", "--", "sh", "-c", script},
                                    std::array{theirs.get()});
    if (!run)
        return errorText(run.error());
    theirs.reset();
    char report[64];
    while (::read(run->control(), report, sizeof report) > 0) {
    }
    run->end();
    std::array<char, 4096> said;
    const ssize_t count = ::recv(ours.get(), said.data(), said.size(), MSG_DONTWAIT);
    return {said.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

/// What the processes that have been waited for have used, all together.
Duration timeOfChildren() {
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto of = [](const timeval& time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

bool isThere(pid_t pid) {
    return ::kill(pid, 0) == 0;
}

/// The ids that a script has written, one in each line.
std::vector<pid_t> pidsIn(const std::string& path) {
    std::ifstream file(path);
    std::vector<pid_t> pids;
    for (pid_t pid = 0; file >> pid;)
        pids.push_back(pid);
    return pids;
}

/// Writes its id to a file, ignores what can be ignored, and stays.
std::string stubborn(const std::string& path) {
    return "sh -c 'trap \"\" HUP INT TERM; echo $$ >>" + path + "; exec sleep 1000'";
}

/// Stays in its group, leaves it, and becomes a daemon, which has lost its parents.
std::string threeThatStay(const std::string& path) {
    return stubborn(path) + " & setsid " + stubborn(path) + " & (setsid setsid " + stubborn(path) +
           " &) & wait";
}

} // namespace

class TestCommandRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        setHelperProgram(ownProgram(QStringLiteral("socketscope")).toStdString());
    }

    void cleanup() { QTRY_COMPARE(processInfo(::getpid()).children, std::size_t{0}); }

    void keepsWhatACommandSaysInItsOrder() {
        const CommandEnd end = runNow(shell("echo one; echo two >&2; echo three; exit 3"));
        QVERIFY(end.kind == Kind::Exited);
        QCOMPARE(end.output, std::string("one\ntwo\nthree\n"));
        QCOMPARE(WEXITSTATUS(end.number), 3);
    }

    void passesArgumentsAsTheyAre() {
        const CommandEnd end = runNow(taskOf({"printf", "%s|", "a b", "", "$HOME", "*", "--"}));
        QCOMPARE(end.output, std::string("a b||$HOME|*|--|"));
    }

    void givesACleanEnvironment() {
        ::setenv("SSCOPE_SECRET", "1", 1);
        const CommandEnd end = runNow(shell("env | sort; pwd; readlink /proc/self/fd/0; ulimit -c; "
                                            "ls /proc/self/fd | wc -l"));
        ::unsetenv("SSCOPE_SECRET");
        // The fourth descriptor is the folder that ls reads.
        QCOMPARE(end.output,
                 std::string("HOME=/\nLANG=C.UTF-8\nLC_ALL=C.UTF-8\nPATH=/usr/local/sbin:"
                             "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nPWD=/\n/\n/dev/null\n"
                             "0\n4\n"));
    }

    void givesBackTheLimitOfDescriptors() {
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        const rlimit few{700, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
        const std::string script = "ulimit -n; env | grep -c SOCKETSCOPE";
        QCOMPARE(runNow(shell(script)).output, std::string("700\n0\n"));
        raiseDescriptorLimit(); // as a server does
        raiseDescriptorLimit(); // and as the window does, which is started by one of ours
        QCOMPARE(runNow(shell(script)).output, std::string("700\n0\n"));
        QCOMPARE(runProgram(script), std::string("700\n0\n"));
        giveBackDescriptorLimit();
        rlimit after{};
        ::getrlimit(RLIMIT_NOFILE, &after);
        QCOMPARE(after.rlim_cur, rlim_t{700});
        ::setrlimit(RLIMIT_NOFILE, &before);
    }

    void saysWhyNothingRuns() {
        CommandEnd end = runNow(taskOf({"no-such-program"}));
        QVERIFY(end.kind == Kind::NotStarted);
        QCOMPARE(end.number, ENOENT);
        end = runNow(taskOf({"/etc/passwd"}));
        QVERIFY(end.kind == Kind::NotStarted);
        QCOMPARE(end.number, EACCES);
    }

    void endsWhatSaysTooMuch() {
        const CommandEnd end = runNow(taskOf({"yes"}, 20s, 1000));
        QVERIFY(end.kind == Kind::OverCap);
        QCOMPARE(end.output.size(), std::size_t{1000});
        QVERIFY(end.output.starts_with("y\ny\n"));
        // Exactly as much as may be is not too much.
        const CommandEnd full = runNow(taskOf({"printf", "12345"}, 20s, 5));
        QVERIFY(full.kind == Kind::Exited);
        QCOMPARE(full.output, std::string("12345"));
    }

    void endsWhatTakesTooLongWithAllThatDescendsFromIt() {
        const std::string path = temporaryPath("pids");
        const TimePoint begin = SteadyClock::now();
        const CommandEnd end = runNow(shell("echo begun; " + threeThatStay(path), 1s));
        QVERIFY(SteadyClock::now() - begin < 20s); // not the 1000 s that it would take
        QVERIFY(end.kind == Kind::TimedOut);
        QCOMPARE(end.output, std::string("begun\n"));
        const auto pids = pidsIn(path);
        QCOMPARE(pids.size(), std::size_t{3});
        QVERIFY(std::ranges::none_of(pids, &isThere));
    }

    void endsWhatACommandLeavesBehind() {
        const std::string path = temporaryPath("pids");
        const CommandEnd end =
            runNow(shell("(setsid setsid " + stubborn(path) + " &); while [ ! -s " + path +
                         " ]; do :; done; "
                         "echo done"));
        QVERIFY(end.kind == Kind::Exited);
        QCOMPARE(end.output, std::string("done\n"));
        QCOMPARE(pidsIn(path).size(), std::size_t{1});
        QVERIFY(!isThere(pidsIn(path)[0]));
    }

    void endsAForkBomb() {
        // A mild one: each makes two more, some generations long.
        const CommandEnd end = runNow(shell(
            "b() { [ $1 -gt 7 ] && exec sleep 1000; b $(($1+1)) & b $(($1+1)) & wait; }; b 0", 1s));
        QVERIFY(end.kind == Kind::TimedOut);
    }

    void endsWhenNobodyWaitsAnyMore() {
        const std::string path = temporaryPath("pids");
        CancelSource cancel;
        CommandEnd end;
        std::thread runner([&] { end = runCommand(shell(threeThatStay(path)), cancel.signal()); });
        QTRY_COMPARE(pidsIn(path).size(), std::size_t{3});
        const TimePoint begin = SteadyClock::now();
        cancel.cancel();
        runner.join();
        QVERIFY(SteadyClock::now() - begin < 20s);
        QVERIFY(end.kind == Kind::Cancelled);
        QVERIFY(std::ranges::none_of(pidsIn(path), &isThere));
    }

    void isNotBegunWhereItIsCancelledBefore() {
        CancelSource cancel;
        cancel.cancel();
        QVERIFY(runCommand(shell("true"), cancel.signal()).kind == Kind::Cancelled);
    }

    void theCommandGoesWithAHelperThatIsKilled() {
        const std::string path = temporaryPath("pids");
        CommandEnd end;
        std::thread runner([&] { end = runNow(shell("echo $$ >" + path + "; exec sleep 1000")); });
        QTRY_COMPARE(pidsIn(path).size(), std::size_t{1});
        for (const pid_t helper : childrenOf(::getpid()))
            ::kill(helper, SIGKILL);
        runner.join();
        QVERIFY(end.kind == Kind::Lost);
        QTRY_VERIFY(!isThere(pidsIn(path)[0]));
    }

    void aHelperSleepsAfterTheEndOfAnother() {
        // An orphan of the command ends before it, and is the helper's to reap.
        const std::string script = "(sleep 0.1 &); exec sleep 2";
        const Duration before = timeOfChildren();
        QVERIFY(runNow(shell(script)).kind == Kind::Exited);
        const Duration between = timeOfChildren();
        QVERIFY2(between - before < 300ms, "command");
        QCOMPARE(runProgram(script), std::string());
        QVERIFY2(timeOfChildren() - between < 300ms, "exec");
    }

    void aCommandThatClosesItsOutputMayGoOn() {
        const CommandEnd end = runNow(shell("echo one; exec >&- 2>&-; sleep 0.1; exit 5"));
        QVERIFY(end.kind == Kind::Exited);
        QCOMPARE(end.output, std::string("one\n"));
        QCOMPARE(WEXITSTATUS(end.number), 5);
    }
};

QTEST_GUILESS_MAIN(TestCommandRun)
#include "tst_command_run.moc"
