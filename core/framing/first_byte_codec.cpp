#include "core/framing/first_byte_codec.h"

#include <algorithm>

#include "core/framing/delimiter_codec.h"
#include "core/framing/message_codec.h"

namespace sscope {

namespace {

constexpr auto lastOfMessage = std::byte{0x1F};
constexpr std::size_t longestHeader = 0x1FFF; // what such a first byte can tell

} // namespace

void FirstByteCodec::decode(ByteView bytes, CodecSink& sink) {
    if (!m_isKnown && !bytes.empty()) {
        m_isKnown = true;
        if (bytes.front() <= lastOfMessage)
            m_codec = std::make_unique<MessageCodec>(MessageLimits{
                .content = m_limits.content, .header = std::min(m_limits.header, longestHeader)});
        else
            lines();
    }
    if (m_codec)
        m_codec->receive(bytes, sink); // a wrong byte is its to tell, once
}

Codec& FirstByteCodec::lines() {
    if (!m_codec)
        m_codec = std::make_unique<DelimiterCodec>(DelimiterCodec::Ending::Lf, m_limits);
    return *m_codec;
}

Result<void> FirstByteCodec::send(const Message& message, CodecSink& sink) {
    return lines().send(message, sink);
}

Result<void> FirstByteCodec::send(std::unique_ptr<ByteSource> content,
                                  std::span<const HeaderField> header, CodecSink& sink) {
    return lines().send(std::move(content), header, sink);
}

void FirstByteCodec::timeout(CodecSink& sink) {
    if (m_codec)
        m_codec->timeout(sink);
}

std::optional<MessageProgress> FirstByteCodec::progress() const {
    return m_codec ? m_codec->progress() : std::nullopt;
}

} // namespace sscope
