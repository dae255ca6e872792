#pragma once

#include <vector>

#include "core/base/bytes.h"

namespace sscope {

/// A queue of bytes in one piece of memory: appended at the back, consumed at the front. Holds no
/// memory while it is empty and has not been used, so that an idle connection costs nothing.
class ByteBuffer {
public:
    [[nodiscard]] ByteView view() const { return ByteView(m_bytes).subspan(m_begin); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size() - m_begin; }
    [[nodiscard]] bool empty() const { return size() == 0; }

    void append(ByteView bytes);
    /// Drops count bytes from the front; count is at most size().
    void consume(std::size_t count);
    void clear();

private:
    std::vector<std::byte> m_bytes;
    std::size_t m_begin = 0;
};

} // namespace sscope
