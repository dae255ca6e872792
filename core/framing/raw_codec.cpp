#include "core/framing/raw_codec.h"

#include <utility>

namespace sscope {

void RawCodec::decode(ByteView bytes, CodecSink& sink) {
    if (bytes.size() > m_limit) {
        failTooLong(sink, m_limit);
        return;
    }
    sink.deliver({.content = bytes, .offsets = advance(m_received, 0, 0, bytes.size(), 0)});
}

Result<void> RawCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    sink.sending({.content = content, .offsets = advance(m_sent, 0, 0, content.size(), 0)});
    sink.transmit(content);
    return {};
}

Result<void> RawCodec::send(std::unique_ptr<ByteSource> content, std::span<const HeaderField>,
                            CodecSink& sink) {
    sink.sending({.content = {}, .offsets = advance(m_sent, 0, 0, content->size(), 0)});
    sink.transmitFrom(std::move(content));
    return {};
}

} // namespace sscope
