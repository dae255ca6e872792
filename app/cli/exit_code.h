#pragma once

namespace sscope::cli {

/// The exit codes of INTERFACE.md; people's scripts depend on them.
enum ExitCode : int {
    done = 0,
    networkSaidNo = 1,
    usage = 2,
    noReply = 3,
    protocolBroken = 4,
    interrupted = 130,
};

} // namespace sscope::cli
