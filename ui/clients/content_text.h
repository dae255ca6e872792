#pragma once

#include <string>
#include <string_view>

#include <QString>

#include "core/base/bytes.h"

namespace sscope {

/// JSON with a line for each member; text is JSON already.
std::string indentedJson(std::string_view text);
/// Text of several lines, made safe to show: what would hide or reorder is visible.
QString safeLines(std::string_view utf8);
/// Sixteen bytes a line: offset, hex, characters.
QString hexDump(ByteView bytes);

} // namespace sscope
