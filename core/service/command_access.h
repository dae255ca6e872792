#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

#include "core/base/cancel_signal.h"
#include "core/base/command_task.h"

namespace sscope {

// Of both services that run programs: what they say of the token, and how long they wait for it.
constexpr Duration tokenPatience = std::chrono::seconds(60);
constexpr std::size_t longestToken = 1024;
constexpr std::string_view noTokenAnswer = "command error: no token came within 60 s";
constexpr std::string_view wrongTokenAnswer = "command error: wrong token";

/// A line as a token: without its end.
constexpr std::string_view tokenIn(std::string_view line) {
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// What has become of an attempt with a token.
struct TokenVerdict {
    enum class Kind {
        Accepted,
        Wrong, // to be answered after the delay
        NotYet // the source is held back: to be judged again after the delay
    };
    Kind kind = Kind::Wrong;
    Duration delay{};
};

/// Runs a command to its end, or until it is cancelled; blocks. Any thread.
using CommandRunner = std::function<CommandEnd(const CommandTask&, const CancelSignal&)>;

/// What the service `command` asks of its server; for one connection, on its thread.
class CommandAccess {
public:
    [[nodiscard]] virtual bool needsToken() const = 0;
    /// A wrong one holds back the connection's source, in all its connections to this server.
    virtual TokenVerdict judge(std::string_view token, TimePoint now) = 0;
    [[nodiscard]] virtual CommandRunner runner() const = 0;

protected:
    ~CommandAccess() = default;
};

} // namespace sscope
