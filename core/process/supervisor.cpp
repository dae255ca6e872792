#include "core/process/supervisor.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/process/descendants.h"
#include "core/process/descriptor_limit.h"

namespace sscope {

namespace {

void setSignals() {
    for (int number = 1; number < NSIG; ++number)
        std::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void setLimits(bool isConfined) {
    giveBackDescriptorLimit();
    if (!isConfined)
        return;
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/// Above the standard streams, so that none is overwritten while they are put in place.
int outOfTheWay(int fd) {
    return fd < 0 ? fd : ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

[[noreturn]] void runInChild(const ProgramSetup& setup, const std::vector<std::string>& words,
                             pid_t helper, int problems) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (::getppid() != helper)
        ::_exit(127);
    setSignals();
    setLimits(setup.isConfined);
    const int input = outOfTheWay(setup.input);
    const int output = outOfTheWay(setup.output);
    const int errors = outOfTheWay(setup.errors);
    bool isReady = ::dup2(input, STDIN_FILENO) >= 0 && ::dup2(output, STDOUT_FILENO) >= 0 &&
                   (errors < 0 || ::dup2(errors, STDERR_FILENO) >= 0);
    isReady = isReady && (!setup.folder || ::chdir(setup.folder) == 0);
    ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    if (isReady)
        setup.become(words);
    const int number = errno;
    (void)!::write(problems, &number, sizeof number);
    ::_exit(127);
}

} // namespace

void becomeSupervisor(int passedDescriptors) {
    keepDescendants();
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGUSR1, SIGUSR2})
        std::signal(number, SIG_IGN);
    ::close_range(static_cast<unsigned>(supervisorControlFd + passedDescriptors), ~0U, 0);
    for (int passed = 0; passed < passedDescriptors; ++passed)
        ::fcntl(supervisorControlFd + passed, F_SETFD, FD_CLOEXEC);
    // Its own output is nobody's: a reader of the server's is not to wait for this process.
    if (const UniqueFd nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC)); nowhere.isOpen())
        ::dup2(nowhere.get(), STDOUT_FILENO);
}

StartedProgram startProgram(const ProgramSetup& setup, const std::vector<std::string>& words) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return {-1, errno};
    const UniqueFd told(ends[0]);
    UniqueFd tells(ends[1]);
    const pid_t helper = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0)
        runInChild(setup, words, helper, tells.get());
    if (pid < 0)
        return {-1, errno};
    ::setpgid(pid, pid); // whoever of the two comes first
    tells.reset();
    int number = 0;
    ssize_t count = 0;
    do {
        count = ::read(told.get(), &number, sizeof number);
    } while (count < 0 && errno == EINTR);
    if (count != sizeof number)
        return {pid, 0}; // exec(2) has closed it
    ::waitpid(pid, nullptr, 0);
    return {-1, number};
}

UniqueFd openChildSignal() {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &child, nullptr);
    return UniqueFd(::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool hasEnded(int childSignal, pid_t pid, int& status) {
    // First, so that an end that comes during the wait is told again; unread it would stay readable
    // after the first end, and nobody would sleep any more.
    signalfd_siginfo told{};
    while (::read(childSignal, &told, sizeof told) > 0 || errno == EINTR) {
    }
    // The others that have ended are reaped with the rest, unless they are many.
    siginfo_t info{};
    bool found = false;
    while (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0) {
        int one = 0;
        if (::waitpid(info.si_pid, &one, WNOHANG) == pid) {
            status = one;
            found = true;
        }
        info.si_pid = 0;
    }
    return found;
}

void report(CommandEnd::Kind kind, int number, const std::string& output) {
    const SupervisorReport head{kind, number, output.size()};
    const auto write = [](ByteView bytes) {
        while (!bytes.empty()) {
            const ssize_t count =
                ::send(supervisorControlFd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count > 0)
                bytes = bytes.subspan(static_cast<std::size_t>(count));
            else if (errno != EINTR)
                return false;
        }
        return true;
    };
    if (write({reinterpret_cast<const std::byte*>(&head), sizeof head}))
        (void)write(bytesOf(output));
}

} // namespace sscope
