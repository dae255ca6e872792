#include "core/base/byte_buffer.h"

#include <cassert>

namespace sscope {

namespace {

// What an empty buffer may keep for its next use; more than this is given back.
constexpr std::size_t keptCapacity = 4096;

} // namespace

void ByteBuffer::append(ByteView bytes) {
    // Moving the rest to the front is paid for by the bytes consumed before: constant per byte.
    if (m_begin > 0 && m_begin >= size()) {
        m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(m_begin));
        m_begin = 0;
    }
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void ByteBuffer::consume(std::size_t count) {
    assert(count <= size());
    m_begin += count;
    if (m_begin == m_bytes.size())
        clear();
}

void ByteBuffer::clear() {
    m_begin = 0;
    if (m_bytes.capacity() > keptCapacity)
        std::vector<std::byte>().swap(m_bytes);
    else
        m_bytes.clear();
}

} // namespace sscope
