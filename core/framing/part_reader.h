#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/bytes.h"
#include "core/framing/codec.h"

namespace sscope {

/// Collects a part of a message whose length is known. A part that lies in one receive is not
/// copied; for another no more memory is taken than twice what has come.
class PartReader {
public:
    explicit PartReader(std::size_t need) : m_need(need) {}

    /// What was taken before is no longer valid.
    void begin(std::size_t need) {
        m_need = need;
        if (m_buffer.capacity() > keptBuffer)
            m_buffer = std::vector<std::byte>(); // "= {}" would keep it
        m_buffer.clear();
    }
    /// Takes from the front of bytes; the part once it is whole.
    std::optional<ByteView> take(ByteView& bytes) {
        if (m_buffer.empty() && bytes.size() >= m_need) {
            const ByteView whole = bytes.first(m_need);
            bytes = bytes.subspan(m_need);
            return whole;
        }
        const std::size_t count = std::min(m_need - m_buffer.size(), bytes.size());
        const std::size_t size = m_buffer.size() + count;
        if (size > m_buffer.capacity())
            m_buffer.reserve(std::min(m_need, std::max(size, 2 * m_buffer.capacity())));
        m_buffer.insert(m_buffer.end(), bytes.begin(),
                        bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
        if (size < m_need)
            return std::nullopt;
        return ByteView(m_buffer);
    }
    [[nodiscard]] std::size_t have() const { return m_buffer.size(); }
    [[nodiscard]] std::size_t need() const { return m_need; }
    [[nodiscard]] std::size_t memory() const { return m_buffer.capacity(); }

private:
    std::size_t m_need;
    std::vector<std::byte> m_buffer;
};

} // namespace sscope
