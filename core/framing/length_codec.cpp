#include "core/framing/length_codec.h"

#include <utility>

#include "core/base/error.h"
#include "core/framing/prefixed_source.h"

namespace sscope {

void LengthCodec::decode(ByteView bytes, CodecSink& sink) {
    while (const auto part = m_part.take(bytes)) {
        if (!m_hasLength) {
            const std::uint64_t length = read(*part);
            if (length > m_limit) {
                failTooLong(sink, m_limit);
                return;
            }
            m_hasLength = true;
            m_part.begin(static_cast<std::size_t>(length));
            continue;
        }
        sink.deliver(
            {.content = *part, .offsets = advance(m_received, m_prefix.size, 0, part->size(), 0)});
        restart();
    }
}

void LengthCodec::restart() {
    m_hasLength = false;
    m_part.begin(m_prefix.size);
}

std::uint64_t LengthCodec::read(ByteView prefix) const {
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        const std::size_t place = m_prefix.isBigEndian ? i : prefix.size() - 1 - i;
        length = length << 8 | std::to_integer<std::uint64_t>(prefix[place]);
    }
    return length;
}

std::string LengthCodec::write(std::uint64_t length) const {
    std::string prefix(m_prefix.size, '\0');
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        const std::size_t place = m_prefix.isBigEndian ? prefix.size() - 1 - i : i;
        prefix[place] = static_cast<char>(length >> (8 * i) & 0xFF);
    }
    return prefix;
}

Result<void> LengthCodec::check(std::uint64_t length) const {
    const std::uint64_t most = (std::uint64_t{1} << (8 * m_prefix.size)) - 1;
    if (length <= most)
        return {};
    return Failure(faultError(Fault::MessageTooLong, "send", {}, std::to_string(most)));
}

Result<void> LengthCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    if (auto fits = check(content.size()); !fits)
        return fits;
    sink.sending(
        {.content = content, .offsets = advance(m_sent, m_prefix.size, 0, content.size(), 0)});
    m_framed = write(content.size());
    m_framed += textOf(content);
    sink.transmit(bytesOf(m_framed));
    if (m_framed.capacity() > keptBuffer)
        m_framed = std::string();
    return {};
}

Result<void> LengthCodec::send(std::unique_ptr<ByteSource> content, std::span<const HeaderField>,
                               CodecSink& sink) {
    const std::uint64_t length = content->size();
    if (auto fits = check(length); !fits)
        return fits;
    sink.sending({.content = {}, .offsets = advance(m_sent, m_prefix.size, 0, length, 0)});
    sink.transmitFrom(std::make_unique<PrefixedSource>(write(length), std::move(content)));
    return {};
}

std::optional<MessageProgress> LengthCodec::progress() const {
    const std::uint64_t prefix = m_hasLength ? m_prefix.size : 0;
    const std::uint64_t have = prefix + m_part.have();
    if (have == 0)
        return std::nullopt;
    MessageProgress progress{.begin = m_received, .have = have, .prefix = prefix};
    if (m_hasLength)
        progress.need = prefix + m_part.need();
    return progress;
}

} // namespace sscope
