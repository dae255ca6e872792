#include "core/load/load_request.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace sscope {

namespace {

/// Takes the one message that a load sends.
struct RequestSink final : CodecSink {
    void deliver(const Message&) override {}
    void sending(const Message& message) override { offsets = message.offsets; }
    void transmit(ByteView sent) override { bytes.assign(sent.begin(), sent.end()); }
    void transmitFrom(std::unique_ptr<ByteSource>) override {}
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void fail(std::string) override {}
    void tooLong(std::size_t) override {}

    MessageOffsets offsets;
    std::vector<std::byte> bytes;
};

/// Letters: text for whoever looks, and nothing that ends a message.
std::vector<std::byte> contentOf(std::uint64_t size) {
    std::vector<std::byte> content(size);
    for (std::size_t i = 0; i < content.size(); ++i)
        content[i] = static_cast<std::byte>('a' + i % 26);
    return content;
}

} // namespace

Result<LoadRequest> LoadRequest::make(const LoadConfig& config) {
    static const std::vector<HeaderField> header{{"content-type", "text/plain"},
                                                 {"content-encoding", "utf-8"}};
    const std::vector<std::byte> content = contentOf(config.size);
    RequestSink sink;
    const auto codec = config.framing.make(CodecRole::Client, {.content = SIZE_MAX});
    if (auto framed = codec->send({.content = content, .header = header}, sink); !framed)
        return Failure(std::move(framed.error()));
    LoadRequest request;
    request.m_bytes = std::move(sink.bytes);
    request.m_contentAt = sink.offsets.contentBegin - sink.offsets.begin;
    request.m_contentSize = config.size;
    request.m_isNumbered = isDatagram(config.endpoint.transport) && config.size >= digits;
    return request;
}

void LoadRequest::setNumber(std::uint64_t number) {
    for (std::size_t i = digits; i-- > 0; number /= 10)
        m_bytes[m_contentAt + i] = static_cast<std::byte>('0' + number % 10);
}

bool LoadRequest::matches(ByteView content, std::uint64_t number) const {
    const ByteView ours = bytes().subspan(m_contentAt, m_contentSize);
    const std::size_t from = m_isNumbered ? digits : 0;
    return content.size() == ours.size() && (!m_isNumbered || numberOf(content) == number) &&
           std::ranges::equal(content.subspan(from), ours.subspan(from));
}

std::optional<std::uint64_t> LoadRequest::numberOf(ByteView content) {
    if (content.size() < digits)
        return std::nullopt;
    const std::string_view text = textOf(content.first(digits));
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + digits, number);
    if (problem != std::errc() || end != text.data() + digits)
        return std::nullopt;
    return number;
}

} // namespace sscope
