#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/bytes.h"

namespace sscope {

/// Is told every byte that one connection moves, in order, whatever the log drops. Called on the
/// loop's thread; must not block.
class ByteTee {
public:
    virtual ~ByteTee() = default;
    /// Before the first byte: how many had passed in each direction that are not told.
    virtual void begin(std::uint64_t received, std::uint64_t sent) = 0;
    virtual void received(ByteView plain) = 0;
    /// What the kernel has taken; of a datagram socket each datagram that is given to be sent.
    virtual void sent(ByteView plain) = 0;
    /// The datagram that was told last, of so many bytes, did not go out.
    virtual void notSent(std::size_t bytes) = 0;
};

} // namespace sscope
