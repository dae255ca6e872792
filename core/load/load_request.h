#pragma once

#include <vector>

#include "core/load/load_config.h"

namespace sscope {

/// The request of a load, framed once and sent again and again. Over datagrams each has a number of
/// ten digits at the front of its content, where that has room: the reply of an echo tells by it
/// that it is late, or a copy. A value.
class LoadRequest {
public:
    /// Fails where the framing cannot carry it.
    static Result<LoadRequest> make(const LoadConfig& config);

    /// As they go over the wire.
    [[nodiscard]] ByteView bytes() const { return m_bytes; }
    [[nodiscard]] bool isNumbered() const { return m_isNumbered; }
    void setNumber(std::uint64_t number);
    /// Whether this is the content of the request with that number.
    [[nodiscard]] bool matches(ByteView content, std::uint64_t number) const;
    /// The number at the front of a reply's content; nothing where there is none.
    [[nodiscard]] static std::optional<std::uint64_t> numberOf(ByteView content);

private:
    static constexpr std::size_t digits = 10;

    std::vector<std::byte> m_bytes;
    std::size_t m_contentAt = 0;
    std::size_t m_contentSize = 0;
    bool m_isNumbered = false;
};

} // namespace sscope
