#include "core/process/helper_process.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/base/argument_vector.h"
#include "core/base/unique_fd.h"

namespace sscope {

namespace {

constexpr int firstPassed = 3;

std::string& chosenProgram() {
    static std::string path;
    return path;
}

std::string helperProgram() {
    if (!chosenProgram().empty())
        return chosenProgram();
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    return (self.parent_path() / "socketscope").string();
}

/// Attributes and file actions of posix_spawn(3), freed when they go.
class SpawnSettings {
public:
    SpawnSettings() {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        ::posix_spawnattr_setsigdefault(&m_attributes, &all);
        ::posix_spawnattr_setpgroup(&m_attributes, 0);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                      POSIX_SPAWN_SETPGROUP);
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }

    void pass(int fd, int as) { ::posix_spawn_file_actions_adddup2(&m_actions, fd, as); }
    const posix_spawn_file_actions_t* actions() const { return &m_actions; }
    const posix_spawnattr_t* attributes() const { return &m_attributes; }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

} // namespace

void setHelperProgram(std::string path) {
    chosenProgram() = std::move(path);
}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : m_pid(std::exchange(other.m_pid, -1)) {}

HelperProcess& HelperProcess::operator=(HelperProcess&& other) noexcept {
    std::swap(m_pid, other.m_pid);
    return *this;
}

HelperProcess::~HelperProcess() {
    kill();
    wait();
}

Result<HelperProcess> HelperProcess::start(const std::vector<std::string>& words,
                                           std::span<const int> fds, int output) {
    const std::string program = helperProgram();
    SpawnSettings settings;
    // Out of the way first, so that none is overwritten by another's new number.
    const int firstFree = firstPassed + static_cast<int>(fds.size());
    std::vector<UniqueFd> copies;
    for (std::size_t i = 0; i < fds.size(); ++i) {
        copies.emplace_back(::fcntl(fds[i], F_DUPFD_CLOEXEC, firstFree));
        if (!copies.back().isOpen())
            return Failure(systemError(errno, "start", program));
        settings.pass(copies.back().get(), firstPassed + static_cast<int>(i));
    }
    if (output >= 0) {
        settings.pass(output, STDOUT_FILENO);
        settings.pass(output, STDERR_FILENO);
    }
    std::vector<char*> arguments = argumentVector(words);
    arguments.insert(arguments.begin(), const_cast<char*>(program.c_str()));
    HelperProcess helper;
    const int number = ::posix_spawn(&helper.m_pid, program.c_str(), settings.actions(),
                                     settings.attributes(), arguments.data(), environ);
    if (number != 0) {
        helper.m_pid = -1;
        Error error = systemError(number, "start", program);
        if (number == EAGAIN || number == ENOMEM)
            error.hint.kind = Hint::Kind::Resources;
        return Failure(std::move(error));
    }
    return helper;
}

void HelperProcess::kill() const {
    if (isThere())
        ::kill(m_pid, SIGKILL);
}

void HelperProcess::terminate() const {
    if (isThere())
        ::kill(m_pid, SIGTERM);
}

std::optional<int> HelperProcess::waitFor(Duration limit) {
    // Readable once the process has ended (pidfd_open(2)).
    const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)));
    pollfd waiting{process.get(), POLLIN, 0};
    const TimePoint end = SteadyClock::now() + limit;
    int ready = process.isOpen() ? -1 : 1;
    for (Duration left = limit; ready < 0; left = end - SteadyClock::now()) { // EINTR
        const auto most = std::chrono::ceil<std::chrono::milliseconds>(left).count();
        ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(most, 0)));
    }
    return ready == 0 ? std::nullopt : std::optional(wait());
}

int HelperProcess::wait() {
    int status = 0;
    if (isThere()) {
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    m_pid = -1;
    return status;
}

std::string endText(int waitStatus) {
    if (WIFSIGNALED(waitStatus))
        return fmt::format("signal {} ({})", WTERMSIG(waitStatus),
                           ::sigdescr_np(WTERMSIG(waitStatus)));
    return fmt::format("exit code {}", WEXITSTATUS(waitStatus));
}

} // namespace sscope
