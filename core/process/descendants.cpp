#include "core/process/descendants.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sscope {

namespace {

void appendChildren(pid_t pid, std::vector<pid_t>& found) {
    std::error_code problem;
    std::filesystem::directory_iterator task("/proc/" + std::to_string(pid) + "/task", problem);
    for (; !problem && task != std::filesystem::directory_iterator(); task.increment(problem)) {
        std::ifstream file(task->path() / "children");
        for (pid_t child = 0; file >> child;)
            found.push_back(child);
    }
}

/// False once there is no child left.
bool reap() {
    for (;;) {
        const pid_t pid = ::waitpid(-1, nullptr, WNOHANG);
        if (pid == 0 || (pid < 0 && errno == EINTR))
            return true;
        if (pid < 0)
            return false;
    }
}

} // namespace

std::vector<pid_t> descendantsOf(pid_t pid) {
    std::vector<pid_t> found;
    appendChildren(pid, found);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const pid_t one = found[i]; // the vector moves
        appendChildren(one, found);
    }
    return found;
}

void keepDescendants() {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

bool endDescendants(Duration limit) {
    const TimePoint deadline = SteadyClock::now() + limit;
    constexpr timespec pause{0, 1'000'000};
    std::vector<pid_t> before;
    for (;;) {
        // Each pass also takes what was forked during the one before, and what has become a child
        // of this process because its own parent is gone.
        std::vector<pid_t> found = descendantsOf(::getpid());
        for (const pid_t pid : found)
            ::kill(pid, SIGKILL);
        if (!reap())
            return true;
        if (SteadyClock::now() > deadline)
            return false;
        if (found == before) // no new ones, which a fork bomb would make in the pause
            ::nanosleep(&pause, nullptr);
        before = std::move(found);
    }
}

} // namespace sscope
