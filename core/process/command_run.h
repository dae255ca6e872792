#pragma once

#include "core/base/cancel_signal.h"
#include "core/base/command_task.h"

namespace sscope {

/// Runs a command in a helper process of its own (command_helper.h) and waits for its end; blocks
/// the thread meanwhile. After it, however it ended, nothing of the command is left. Any thread.
CommandEnd runCommand(const CommandTask& task, const CancelSignal& cancel);

} // namespace sscope
