#pragma once

#include <optional>
#include <string_view>

#include "core/base/hex_text.h"

namespace sscope {

/// Reads a dump as hexdump -C, xxd, od -A x -t x1z and Wireshark print it, also without its offsets
/// or without its characters. Offsets must count the bytes (in base 16, 8 or 10), the characters at
/// the right must be those of the bytes: so each is known for what it is. `*` repeats the line
/// above. Nothing where the text is no dump, but for what a plain reader of digits can take.
std::optional<HexBytes> readHexDump(std::string_view text);

} // namespace sscope
