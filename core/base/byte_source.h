#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/result.h"

namespace sscope {

/// A payload that is pulled when the connection has room for more, such as a file.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills at most room bytes; 0 at the end.
    virtual Result<std::size_t> read(std::span<std::byte> room) = 0;
    /// Bytes in all, as far as known when the source was made.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

} // namespace sscope
