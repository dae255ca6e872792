#pragma once

#include <cstdint>

namespace sscope {

/// Where a message and its parts lie in the plain stream: [begin, headerBegin) is a length or what
/// else announces it, then its header, its content, and what ends it. Parts that a framing does not
/// have are empty.
struct MessageOffsets {
    std::uint64_t begin = 0;
    std::uint64_t headerBegin = 0;
    std::uint64_t contentBegin = 0;
    std::uint64_t contentEnd = 0;
    std::uint64_t end = 0;

    bool operator==(const MessageOffsets&) const = default;
};

} // namespace sscope
