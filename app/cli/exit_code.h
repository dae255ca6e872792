#pragma once

namespace sscope::cli {

// The exit codes of INTERFACE.md; people's scripts depend on them.
inline constexpr int done = 0;
inline constexpr int networkSaidNo = 1;
inline constexpr int usage = 2;
inline constexpr int noReply = 3;
inline constexpr int protocolBroken = 4;
inline constexpr int interrupted = 130;

} // namespace sscope::cli
