#include "core/framing/raw_codec.h"

#include <utility>

namespace sscope {

void RawCodec::receive(ByteView bytes, CodecSink& sink) {
    const std::uint64_t begin = std::exchange(m_offset, m_offset + bytes.size());
    sink.deliver({.content = bytes, .offsets = {begin, begin, m_offset}});
}

void RawCodec::send(const Message& message, CodecSink& sink) {
    sink.transmit(message.content);
}

void RawCodec::send(std::unique_ptr<ByteSource> content, CodecSink& sink) {
    sink.transmitFrom(std::move(content));
}

} // namespace sscope
