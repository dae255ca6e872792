#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/framing/message.h"

namespace sscope {

/// The header of the message protocol: a strict JSON object (strict_json.h) that names at least
/// byteorder, content-type, content-encoding and content-length. Other fields are kept.
namespace message_header {

inline constexpr std::string_view byteOrder = "byteorder";
inline constexpr std::string_view contentType = "content-type";
inline constexpr std::string_view contentEncoding = "content-encoding";
inline constexpr std::string_view contentLength = "content-length";

/// Reads text into fields; the length of the content, or why it is refused.
std::optional<std::string> read(std::string_view text, std::size_t maxContent,
                                std::vector<HeaderField>& fields, std::uint64_t& length);

/// Writes the header of a content of that length; what fields do not name is text/plain in utf-8.
/// byteorder is this machine's, as the protocol's programs write it.
std::string write(std::span<const HeaderField> fields, std::uint64_t length);

} // namespace message_header

} // namespace sscope
