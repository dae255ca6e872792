#pragma once

#include <cstdint>
#include <optional>

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

/// The message under way, in bytes of the stream: how much of it is there, and how much of what it
/// needs, unknown while its length is. Prefix and header are 0 until their sizes are known.
struct MessageProgress {
    std::uint64_t begin = 0; // offset
    std::uint64_t have = 0;
    std::optional<std::uint64_t> need{};
    std::uint64_t prefix = 0;
    std::uint64_t header = 0;
};

} // namespace sscope
