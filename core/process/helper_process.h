#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace sscope {

/// A program of ours that works for this process: started by posix_spawn(3), so that a process
/// with threads and a window is never forked; in a process group of its own, so that Ctrl+C in a
/// terminal reaches this one alone. Killed and waited for when this goes. Used by one thread.
class HelperProcess {
public:
    HelperProcess() = default;
    HelperProcess(HelperProcess&& other) noexcept;
    HelperProcess& operator=(HelperProcess&& other) noexcept;
    ~HelperProcess();

    /// Starts `socketscope words...` with fds as its descriptors 3, 4 and so on. Its standard
    /// output and errors go to output, where that is given.
    static Result<HelperProcess> start(const std::vector<std::string>& words,
                                       std::span<const int> fds, int output = -1);

    [[nodiscard]] bool isThere() const { return m_pid > 0; }
    [[nodiscard]] pid_t pid() const { return m_pid; }
    void kill() const;
    /// Asks it to end (SIGTERM).
    void terminate() const;
    /// Waits for its end; the status of waitpid(2).
    int wait();
    /// The same for no longer than limit; nothing where it goes on.
    std::optional<int> waitFor(Duration limit);

private:
    pid_t m_pid = -1;
};

/// Where `socketscope` is, where it is not beside this process's executable. To be called before
/// the first start.
void setHelperProgram(std::string path);

/// "signal 9 (Killed)", "exit code 1".
std::string endText(int waitStatus);

} // namespace sscope
