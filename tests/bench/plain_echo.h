#pragma once

#include <cstdint>
#include <functional>

namespace sscope::bench {

/// The reference: an echo server as one writes it with epoll(7) and nothing else. One recv and one
/// send for each readable connection; whoever does not read is cut off. Serves until the process
/// ends; tells the port that it got.
void runPlainEcho(const std::function<void(std::uint16_t port)>& listening);

} // namespace sscope::bench
