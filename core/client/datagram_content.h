#pragma once

#include <vector>

#include "core/base/byte_source.h"

namespace sscope {

/// All of a source, to be sent as one datagram; of one that is longer, one byte more than any
/// datagram holds, at least: the kernel then says what is wrong.
Result<std::vector<std::byte>> datagramContent(ByteSource& source);

} // namespace sscope
