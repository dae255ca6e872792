#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "core/base/byte_source.h"
#include "core/base/bytes.h"

namespace sscope {

/// A few bytes, and then a source.
class PrefixedSource final : public ByteSource {
public:
    PrefixedSource(std::string prefix, std::unique_ptr<ByteSource> content)
        : m_prefix(std::move(prefix)), m_content(std::move(content)) {}

    Result<std::size_t> read(std::span<std::byte> room) override {
        const ByteView left = bytesOf(m_prefix).subspan(m_taken);
        if (left.empty())
            return m_content->read(room);
        const std::size_t count = std::min(left.size(), room.size());
        std::ranges::copy(left.first(count), room.begin());
        m_taken += count;
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override {
        return m_prefix.size() + m_content->size();
    }

private:
    const std::string m_prefix;
    const std::unique_ptr<ByteSource> m_content;
    std::size_t m_taken = 0;
};

} // namespace sscope
