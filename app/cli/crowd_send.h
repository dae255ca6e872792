#pragma once

#include "app/cli/send_options.h"

namespace sscope::cli {

/// `send --connections N`: the exit code. Replies are written in the order of the connections,
/// whichever is answered first; JSON as it happens.
int sendByMany(const SendOptions& options);

} // namespace sscope::cli
