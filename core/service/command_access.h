#pragma once

#include <functional>
#include <string_view>

#include "core/base/cancel_signal.h"
#include "core/base/command_task.h"

namespace sscope {

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
