#pragma once

#include <optional>
#include <span>

#include "core/base/unique_fd.h"
#include "core/process/helper_process.h"
#include "core/process/supervisor.h"

namespace sscope {

/// A helper that runs a program for this process, and the control socket to it. Used by one thread
/// at a time. When this goes the program and all that descends from it are ended, which takes a
/// moment, and never more than three seconds.
class SupervisedRun {
public:
    SupervisedRun() = default;
    SupervisedRun(SupervisedRun&& other) noexcept = default;
    SupervisedRun& operator=(SupervisedRun&& other) noexcept;
    ~SupervisedRun() { end(); }

    /// words: of the helper. fds: what it gets beside the control socket.
    static Result<SupervisedRun> start(const std::vector<std::string>& words,
                                       std::span<const int> fds = {});

    /// Readable when the helper has something to say, or is gone.
    [[nodiscard]] int control() const { return m_control.get(); }
    /// Asks for the end, and does not wait.
    void cancel() const;
    /// Waits for the end; after it control() is no descriptor any more.
    void end();

private:
    UniqueFd m_control;
    HelperProcess m_helper;
};

} // namespace sscope
