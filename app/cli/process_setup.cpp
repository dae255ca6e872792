#include "app/cli/process_setup.h"

#include <clocale>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/cli/exit_code.h"
#include "core/process/descriptor_limit.h"

namespace sscope::cli {

namespace {

/// The first descriptors that a program opens are not to take the place of a standard stream that
/// the caller has closed. Opened the wrong way round, so that using one still fails.
void holdStandardStreams() {
    for (const auto& [fd, flags] :
         {std::pair(STDIN_FILENO, O_WRONLY), std::pair(STDOUT_FILENO, O_RDONLY),
          std::pair(STDERR_FILENO, O_RDONLY)}) {
        if (::fcntl(fd, F_GETFD) < 0)
            (void)::open("/dev/null", flags); // takes the lowest number, which is this one
    }
}

} // namespace

void setUpProcess() {
    holdStandardStreams();
    std::setlocale(LC_CTYPE, ""); // getaddrinfo(3) reads names that are not ASCII by it
    raiseDescriptorLimit();
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

void exitWhenInterrupted() {
    const auto leave = [](int) { ::_exit(interrupted); };
    std::signal(SIGINT, leave);
    std::signal(SIGTERM, leave);
}

int openStopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace sscope::cli
