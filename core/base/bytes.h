#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace sscope {

/// Bytes that somebody else owns; valid for the call that they are passed to.
using ByteView = std::span<const std::byte>;

inline ByteView bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

inline std::string_view textOf(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace sscope
