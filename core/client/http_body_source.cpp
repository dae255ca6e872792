#include "core/client/http_body_source.h"

#include <algorithm>
#include <string>

namespace sscope {

namespace {

constexpr std::size_t pieceSize = 64 << 10;

} // namespace

HttpBodySource::HttpBodySource(std::unique_ptr<ByteSource> stream)
    : m_stream(std::move(stream)), m_piece(pieceSize) {}

/// False where there is no more to come.
Result<bool> HttpBodySource::pull() {
    using Stage = HttpResponseReader::Stage;
    if (m_reader.stage() == Stage::Complete)
        return false;
    const auto count = m_stream->read(m_piece);
    if (!count)
        return Failure(count.error());
    m_reader.receive(ByteView(m_piece).first(*count), [this](ByteView body) {
        m_ready.insert(m_ready.end(), body.begin(), body.end());
    });
    if (m_reader.stage() == Stage::Broken)
        return Failure(
            faultError(Fault::ProtocolBroken, "read", "HTTP", std::string(m_reader.fault())));
    return *count > 0;
}

Result<std::size_t> HttpBodySource::read(std::span<std::byte> room) {
    while (m_given == m_ready.size()) {
        m_ready.clear();
        m_given = 0;
        const auto more = pull();
        if (!more)
            return Failure(more.error());
        if (!*more && m_ready.empty())
            return 0;
    }
    const std::size_t count = std::min(room.size(), m_ready.size() - m_given);
    std::copy_n(m_ready.begin() + static_cast<std::ptrdiff_t>(m_given), count, room.begin());
    m_given += count;
    return count;
}

} // namespace sscope
