#include "core/framing/fixed_codec.h"

#include <utility>

#include "core/base/error.h"

namespace sscope {

void FixedCodec::decode(ByteView bytes, CodecSink& sink) {
    while (const auto content = m_part.take(bytes)) {
        sink.deliver(
            {.content = *content, .offsets = advance(m_received, 0, 0, content->size(), 0)});
        m_part.begin(m_part.need());
    }
}

Result<void> FixedCodec::check(std::uint64_t size) const {
    if (size == m_part.need())
        return {};
    return Failure(faultError(Fault::NotFixedSize, "send", {}, std::to_string(m_part.need())));
}

Result<void> FixedCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    if (auto fits = check(content.size()); !fits)
        return fits;
    sink.sending({.content = content, .offsets = advance(m_sent, 0, 0, content.size(), 0)});
    sink.transmit(content);
    return {};
}

Result<void> FixedCodec::send(std::unique_ptr<ByteSource> content, std::span<const HeaderField>,
                              CodecSink& sink) {
    if (auto fits = check(content->size()); !fits)
        return fits;
    sink.sending({.content = {}, .offsets = advance(m_sent, 0, 0, content->size(), 0)});
    sink.transmitFrom(std::move(content));
    return {};
}

std::optional<MessageProgress> FixedCodec::progress() const {
    if (m_part.have() == 0)
        return std::nullopt;
    return MessageProgress{.begin = m_received, .have = m_part.have(), .need = m_part.need()};
}

} // namespace sscope
