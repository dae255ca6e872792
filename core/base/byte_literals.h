#pragma once

#include <string>

#include "core/base/bytes.h"

namespace sscope {

/// "48656c6c6f": lower case, without spaces.
std::string hexDigits(ByteView bytes);
/// "static const unsigned char data[5] = {\n    0x48, …};\n", twelve bytes a line. C has no array
/// of nothing: of no bytes it is one of size 1 whose length is said to be 0.
std::string cArray(ByteView bytes);
/// A literal of Python 3 with ASCII characters only: b'Hello\n\x00'.
std::string pythonBytes(ByteView bytes);

} // namespace sscope
