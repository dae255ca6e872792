#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace sscope {

struct HeaderField {
    std::string name;
    std::string value;
};

/// Where a message and its parts lie in the plain stream: [begin, contentBegin) is what frames it,
/// [contentBegin, end) the content and what ends it.
struct MessageOffsets {
    std::uint64_t begin = 0;
    std::uint64_t contentBegin = 0;
    std::uint64_t end = 0;
};

/// One message; the content is valid for the call that it is passed to.
struct Message {
    ByteView content;
    std::vector<HeaderField> header{}; // framings that have one
    MessageOffsets offsets{};
};

} // namespace sscope
