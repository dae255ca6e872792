#pragma once

#include "app/cli/send_options.h"

namespace sscope::cli {

/// `send --interactive`: the exit code. A person types messages, replies are shown above the line
/// that is being typed.
int sendInteractively(const SendOptions& options);

} // namespace sscope::cli
