#pragma once

#include <memory>
#include <string>

#include "core/base/unique_fd.h"
#include "core/load/model_race.h"
#include "core/process/helper_process.h"

namespace sscope {

/// `socketscope serve` under one model, in a process of its own, on a free port of 127.0.0.1. Ended
/// and reaped when this goes; should this process die, it ends by itself, because nobody reads its
/// output any more. Used by the race's thread.
class RaceServer {
public:
    RaceServer() = default;
    RaceServer(RaceServer&&) noexcept = default;
    RaceServer& operator=(RaceServer&&) noexcept = default;
    ~RaceServer();

    static Result<RaceServer> start(const RaceConfig& config, const std::string& model);

    /// Where it listens, once it says so. Fails where it ends instead, says nothing in time, or the
    /// race is cancelled (ECANCELED).
    Result<Endpoint> waitUntilListening(const CancelSignal& cancel);
    /// Takes what it writes, of which nothing is wanted, so that it never waits for us. An error
    /// where it has ended.
    Result<void> drain();
    /// Readable when there is something to drain.
    [[nodiscard]] int output() const { return m_output.get(); }
    [[nodiscard]] pid_t pid() const { return m_process.pid(); }

private:
    Result<bool> readSome();
    [[nodiscard]] std::optional<Endpoint> findListening();
    Failure ended();

    std::string m_model;
    HelperProcess m_process;
    UniqueFd m_output;
    std::string m_text; // what it has written, to the line that says where it listens
};

} // namespace sscope
