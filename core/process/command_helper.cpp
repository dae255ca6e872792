#include "core/process/command_helper.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <optional>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "core/base/argument_vector.h"
#include "core/process/descendants.h"
#include "core/process/supervisor.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// Within the two seconds in which all is to be gone.
constexpr Duration endLimit = 1500ms;
constexpr std::size_t pieceSize = 65536;

constexpr std::array folders{"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/",
                             "/usr/bin/",        "/sbin/",          "/bin/"};
constexpr const char* environment[]{
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "LANG=C.UTF-8",
    "LC_ALL=C.UTF-8", nullptr};

/// execve(2) with what a command is given, and nothing of ours.
void becomeCommand(const std::vector<std::string>& words) {
    const std::vector<char*> arguments = argumentVector(words);
    char* const* const values = const_cast<char* const*>(environment);
    if (words[0].find('/') != std::string::npos) {
        ::execve(words[0].c_str(), arguments.data(), values);
        return;
    }
    int number = ENOENT;
    for (const char* folder : folders) {
        ::execve((folder + words[0]).c_str(), arguments.data(), values);
        if (errno != ENOENT && errno != ENOTDIR)
            number = errno;
    }
    errno = number;
}

/// One command and its end.
class CommandHelper {
public:
    CommandHelper(Duration timeout, std::size_t cap) : m_timeout(timeout), m_cap(cap) {}

    int run(const std::vector<std::string>& words) {
        if (!start(words))
            return 0;
        const TimePoint deadline = SteadyClock::now() + m_timeout;
        while (!m_end)
            waitAndLook(deadline);
        // Also where it has ended: what it has left behind is over with it.
        endDescendants(endLimit);
        report(*m_end, m_status, m_output);
        return 0;
    }

private:
    bool start(const std::vector<std::string>& words) {
        int ends[2];
        const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        m_childSignal = openChildSignal();
        if (!m_childSignal.isOpen() || !nothing.isOpen() || ::pipe2(ends, O_CLOEXEC) != 0) {
            report(CommandEnd::Kind::Lost, errno);
            return false;
        }
        m_pipe.reset(ends[0]);
        const UniqueFd output(ends[1]);
        ::fcntl(m_pipe.get(), F_SETFL, O_NONBLOCK);
        const StartedProgram started = startProgram({.input = nothing.get(),
                                                     .output = output.get(),
                                                     .errors = output.get(),
                                                     .folder = "/",
                                                     .isConfined = true,
                                                     .become = &becomeCommand},
                                                    words);
        m_child = started.pid;
        if (m_child < 0)
            report(CommandEnd::Kind::NotStarted, started.number);
        return m_child >= 0;
    }

    void waitAndLook(TimePoint deadline) {
        pollfd waiting[] = {{supervisorControlFd, POLLIN, 0},
                            {m_childSignal.get(), POLLIN, 0},
                            {m_pipe.get(), POLLIN, 0}};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            std::max<Duration>(deadline - SteadyClock::now(), 0ns));
        ::poll(waiting, std::size(waiting), static_cast<int>(std::min<long>(left.count(), 60'000)));
        if (waiting[0].revents != 0) { // nothing is ever said there: it is closed
            m_end = CommandEnd::Kind::Cancelled;
            return;
        }
        // Before the output: what it has said by its end is then in the pipe.
        const bool isOver =
            waiting[1].revents != 0 && hasEnded(m_childSignal.get(), m_child, m_status);
        if (m_pipe.isOpen() && (isOver || waiting[2].revents != 0))
            readOutput(isOver);
        if (m_end)
            return;
        if (isOver)
            m_end = CommandEnd::Kind::Exited;
        else if (SteadyClock::now() >= deadline)
            m_end = CommandEnd::Kind::TimedOut;
    }

    /// One piece, or all that is there; never more than the cap and one byte.
    void readOutput(bool all) {
        std::array<char, pieceSize> piece;
        do {
            const ssize_t count = ::read(m_pipe.get(), piece.data(), piece.size());
            if (count < 0 && errno == EINTR)
                continue;
            if (count == 0)
                m_pipe.reset(); // closed by the command, which may go on
            if (count <= 0)
                return;
            const auto size = static_cast<std::size_t>(count);
            const std::size_t taken = std::min(size, m_cap - m_output.size());
            m_output.append(piece.data(), taken);
            if (taken < size) {
                m_end = CommandEnd::Kind::OverCap;
                return;
            }
        } while (all);
    }

    const Duration m_timeout;
    const std::size_t m_cap;
    UniqueFd m_childSignal;
    UniqueFd m_pipe;
    pid_t m_child = -1;
    int m_status = 0;
    std::string m_output;
    std::optional<CommandEnd::Kind> m_end;
};

} // namespace

int runCommandHelper(const std::vector<std::string>& words) {
    constexpr std::size_t own = 2;
    if (words.size() <= own)
        return 2;
    becomeSupervisor(1);
    const std::chrono::milliseconds timeout(std::strtoll(words[0].c_str(), nullptr, 10));
    const std::size_t cap = std::strtoull(words[1].c_str(), nullptr, 10);
    return CommandHelper(timeout, cap).run({words.begin() + own, words.end()});
}

} // namespace sscope
