#pragma once

#include <string>
#include <string_view>

namespace sscope {

/// A field of RFC 4180: quoted where it must be.
std::string csvField(std::string_view text);

} // namespace sscope
