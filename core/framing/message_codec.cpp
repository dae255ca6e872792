#include "core/framing/message_codec.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/framing/message_header.h"
#include "core/framing/prefixed_source.h"

namespace sscope {

namespace {

// From the first byte of its length.
constexpr Duration headerTime = std::chrono::seconds(10);
// Two bytes tell its length.
constexpr std::size_t longestHeader = 0xFFFF;

} // namespace

void MessageCodec::decode(ByteView bytes, CodecSink& sink) {
    for (;;) {
        const bool isHeadersFirst =
            m_stage == Stage::Header && m_part.have() == 0 && !bytes.empty();
        if (isHeadersFirst && bytes.front() != std::byte{'{'}) {
            fail(sink, fmt::format("the header begins with byte 0x{:02x}, not with '{{'",
                                   std::to_integer<int>(bytes.front())));
            return;
        }
        const auto part = m_part.take(bytes);
        if (!part)
            break;
        if (m_stage == Stage::Length)
            takeLength(*part, sink);
        else if (m_stage == Stage::Header)
            takeHeader(*part, sink);
        else
            takeContent(*part, sink);
        if (hasFailed())
            return;
    }
    const bool awaitsHeader =
        m_stage == Stage::Header || (m_stage == Stage::Length && m_part.have() > 0);
    if (awaitsHeader && !std::exchange(m_isTimed, true))
        sink.needTimer(headerTime);
}

void MessageCodec::takeLength(ByteView length, CodecSink& sink) {
    const std::size_t size =
        std::to_integer<std::size_t>(length[0]) << 8 | std::to_integer<std::size_t>(length[1]);
    if (size == 0)
        fail(sink, "the header's length is 0");
    else if (size > m_limits.header)
        fail(sink, fmt::format("the header's length of {} is over the limit of {} bytes", size,
                               m_limits.header));
    m_stage = Stage::Header;
    m_part.begin(size);
}

void MessageCodec::takeHeader(ByteView header, CodecSink& sink) {
    std::uint64_t length = 0;
    if (auto reason = message_header::read(textOf(header), m_limits.content, m_header, length)) {
        fail(sink, std::move(*reason));
        return;
    }
    if (std::exchange(m_isTimed, false))
        sink.dropTimer();
    m_headerText = textOf(header);
    m_stage = Stage::Content;
    m_part.begin(static_cast<std::size_t>(length));
}

void MessageCodec::takeContent(ByteView content, CodecSink& sink) {
    sink.deliver(
        {.content = content,
         .header = m_header,
         .headerText = bytesOf(m_headerText),
         .offsets = advance(m_received, lengthSize, m_headerText.size(), content.size(), 0)});
    restart();
}

void MessageCodec::restart() {
    m_stage = Stage::Length;
    m_isTimed = false;
    m_part.begin(lengthSize);
}

void MessageCodec::timeout(CodecSink& sink) {
    if (!hasFailed())
        fail(sink, "the header was not complete 10 s after its first byte");
}

/// The length and the header of a content that is to be sent.
Result<std::string> MessageCodec::begin(std::span<const HeaderField> fields, std::uint64_t length) {
    const std::string header = message_header::write(fields, length);
    if (header.size() > longestHeader)
        return Failure(faultError(Fault::HeaderTooLong, "send", {}, std::to_string(longestHeader)));
    std::string prefix;
    prefix += static_cast<char>(header.size() >> 8);
    prefix += static_cast<char>(header.size() & 0xFF);
    return prefix + header;
}

void MessageCodec::announce(CodecSink& sink, ByteView content, std::span<const HeaderField> fields,
                            const std::string& prefix, std::uint64_t length) {
    const ByteView header = bytesOf(prefix).subspan(lengthSize);
    sink.sending({.content = content,
                  .header = fields,
                  .headerText = header,
                  .offsets = advance(m_sent, lengthSize, header.size(), length, 0)});
}

Result<void> MessageCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    auto framed = begin(message.header, content.size());
    if (!framed)
        return Failure(std::move(framed.error()));
    announce(sink, content, message.header, *framed, content.size());
    *framed += textOf(content);
    sink.transmit(bytesOf(*framed));
    return {};
}

Result<void> MessageCodec::send(std::unique_ptr<ByteSource> content,
                                std::span<const HeaderField> header, CodecSink& sink) {
    auto prefix = begin(header, content->size());
    if (!prefix)
        return Failure(std::move(prefix.error()));
    announce(sink, {}, header, *prefix, content->size());
    sink.transmitFrom(std::make_unique<PrefixedSource>(std::move(*prefix), std::move(content)));
    return {};
}

std::optional<MessageProgress> MessageCodec::progress() const {
    const std::uint64_t prefix = m_stage == Stage::Length ? 0 : lengthSize;
    const std::uint64_t header = m_stage == Stage::Content ? m_headerText.size() : 0;
    const std::uint64_t have = prefix + header + m_part.have();
    if (have == 0)
        return std::nullopt;
    MessageProgress progress{.begin = m_received, .have = have, .prefix = prefix, .header = header};
    if (m_stage == Stage::Content)
        progress.need = prefix + header + m_part.need();
    return progress;
}

} // namespace sscope
