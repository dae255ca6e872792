#include "core/process/program_helper.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>

#include <poll.h>
#include <unistd.h>

#include "core/base/argument_vector.h"
#include "core/process/descendants.h"
#include "core/process/supervisor.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// All of these together are within the two seconds in which all is to be gone.
constexpr Duration noticeTime = 700ms; // for a program to see that its peer is gone
constexpr Duration leaveTime = 500ms;  // to leave when it is asked to (SIGTERM)
constexpr Duration endLimit = 700ms;

void becomeProgram(const std::vector<std::string>& words) {
    const std::vector<char*> arguments = argumentVector(words);
    ::execvp(arguments[0], arguments.data());
}

/// One program and its end.
class ProgramHelper {
public:
    int run(const std::vector<std::string>& words) {
        m_childSignal = openChildSignal();
        const StartedProgram started = startProgram(
            {.input = supervisorSocketFd, .output = supervisorSocketFd, .become = &becomeProgram},
            words);
        m_child = started.pid;
        if (m_child < 0) {
            report(CommandEnd::Kind::NotStarted, started.number);
            return 0;
        }
        while (!m_isOver)
            waitAndLook();
        endDescendants(endLimit);
        report(CommandEnd::Kind::Exited, m_status);
        return 0;
    }

private:
    void waitAndLook() {
        // Without events only the end of both directions is told (POLLHUP, POLLERR).
        pollfd waiting[] = {{m_isAsked ? -1 : supervisorControlFd, POLLIN, 0},
                            {m_childSignal.get(), POLLIN, 0},
                            {m_isAsked || m_deadline ? -1 : supervisorSocketFd, 0, 0}};
        ::poll(waiting, std::size(waiting), timeLeft());
        if (waiting[1].revents != 0 && hasEnded(m_childSignal.get(), m_child, m_status))
            m_isOver = true;
        else if (waiting[0].revents != 0)
            askToLeave();
        else if (waiting[2].revents != 0)
            m_deadline = SteadyClock::now() + noticeTime;
        else if (m_deadline && SteadyClock::now() >= *m_deadline)
            pass();
    }

    [[nodiscard]] int timeLeft() const {
        if (!m_deadline)
            return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            std::max<Duration>(*m_deadline - SteadyClock::now(), 0ns));
        return static_cast<int>(left.count());
    }

    void pass() {
        if (m_isAsked)
            m_isOver = true; // it has had its time
        else
            askToLeave();
    }

    void askToLeave() {
        m_isAsked = true;
        ::kill(-m_child, SIGTERM);
        m_deadline = SteadyClock::now() + leaveTime;
    }

    UniqueFd m_childSignal;
    pid_t m_child = -1;
    int m_status = 0;
    std::optional<TimePoint> m_deadline;
    bool m_isAsked = false;
    bool m_isOver = false;
};

} // namespace

int runProgramHelper(const std::vector<std::string>& words) {
    const auto dashes = std::ranges::find(words, "--");
    if (dashes == words.end() || dashes + 1 == words.end())
        return 2;
    becomeSupervisor(2);
    for (auto word = words.begin(); word != dashes; ++word) {
        if (const auto at = word->find('='); at != std::string::npos)
            ::setenv(word->substr(0, at).c_str(), word->c_str() + at + 1, 1);
    }
    return ProgramHelper().run({dashes + 1, words.end()});
}

} // namespace sscope
