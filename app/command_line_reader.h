#pragma once

#include "app/cli/send_options.h"
#include "core/base/result.h"
#include "ui/common/command_line_reader.h"

namespace sscope::cli {

/// Reads the files among the messages, and so waits for the disk.
Result<ClientRequest> readyClient(const SendOptions& asked);

/// What the window reads command lines with.
CommandLineReader commandLineReader();

} // namespace sscope::cli
