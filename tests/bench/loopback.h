#pragma once

#include <cstdint>

namespace sscope::bench {

/// A socket of this type (SOCK_STREAM, SOCK_DGRAM), connected to the port on 127.0.0.1, blocking
/// and without Nagle's delay. Aborts where that fails: a benchmark has nothing to measure then.
int connectLoopback(int type, std::uint16_t port);

} // namespace sscope::bench
