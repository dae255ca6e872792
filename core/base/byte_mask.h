#pragma once

#include <memory>

#include "core/base/bytes.h"

namespace sscope {

/// Hides what nobody is to read in what the trace and the records keep of one direction of a
/// connection. What goes over the wire stays as it is. On the connection's thread.
class ByteMask {
public:
    virtual ~ByteMask() = default;
    /// The next bytes of the direction, as many, as they may be kept; valid until the next call.
    virtual ByteView ofStream(ByteView wire) = 0;
    /// The same of one message's content.
    virtual ByteView ofMessage(ByteView content) = 0;
};

/// Null for nothing to hide.
struct ByteMasks {
    std::shared_ptr<ByteMask> received{};
    std::shared_ptr<ByteMask> sent{};
};

} // namespace sscope
