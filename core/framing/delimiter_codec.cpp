#include "core/framing/delimiter_codec.h"

#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace sscope {

namespace {

constexpr std::byte carriageReturn{'\r'};

const std::byte* find(ByteView bytes, std::byte delimiter) {
    if (bytes.empty())
        return nullptr;
    return static_cast<const std::byte*>(
        std::memchr(bytes.data(), std::to_integer<int>(delimiter), bytes.size()));
}

Error holdsDelimiter() {
    return faultError(Fault::HoldsDelimiter, "send", {});
}

/// A content that must not hold the delimiter, with the ending after it.
class DelimitedSource final : public ByteSource {
public:
    DelimitedSource(std::unique_ptr<ByteSource> content, std::byte delimiter, bool endsInCrLf)
        : m_content(std::move(content)), m_delimiter(delimiter), m_endsInCrLf(endsInCrLf) {}

    Result<std::size_t> read(std::span<std::byte> room) override {
        if (room.empty() || m_isOver)
            return 0;
        auto count = m_content->read(room);
        if (count && find(room.first(*count), m_delimiter))
            return Failure(holdsDelimiter());
        if (!count)
            return count;
        if (*count > 0) {
            m_last = room[*count - 1];
            return count;
        }
        if (m_endsInCrLf && !std::exchange(m_hasReturned, true)) {
            room.front() = carriageReturn;
            return 1;
        }
        if (m_delimiter == std::byte{'\n'} && m_last == carriageReturn && !m_endsInCrLf)
            return Failure(holdsDelimiter()); // its size was told before its end was seen
        m_isOver = true;
        room.front() = m_delimiter;
        return 1;
    }
    [[nodiscard]] std::uint64_t size() const override {
        return m_content->size() + (m_endsInCrLf ? 2 : 1);
    }

private:
    const std::unique_ptr<ByteSource> m_content;
    const std::byte m_delimiter;
    const bool m_endsInCrLf;
    std::byte m_last{};
    bool m_hasReturned = false;
    bool m_isOver = false;
};

} // namespace

void DelimiterCodec::decode(ByteView bytes, CodecSink& sink) {
    while (!bytes.empty() && !hasFailed()) {
        const std::byte* const end = find(bytes, m_delimiter);
        if (!end) {
            keep(bytes, sink);
            return;
        }
        const auto size = static_cast<std::size_t>(end - bytes.data());
        const ByteView piece = bytes.first(size);
        bytes = bytes.subspan(size + 1);
        if (m_begun.empty()) {
            deliver(piece, sink);
        } else if (keep(piece, sink)) {
            deliver(m_begun, sink);
            if (m_begun.capacity() > keptBuffer)
                m_begun = std::vector<std::byte>();
            m_begun.clear();
        }
    }
}

/// False where the message is too long by now.
bool DelimiterCodec::keep(ByteView bytes, CodecSink& sink) {
    // A CR at the end may be part of what ends the line.
    const std::size_t most = m_limit + (isLine() ? 1 : 0);
    if (bytes.size() > most - m_begun.size()) {
        failTooLong(sink, m_limit);
        return false;
    }
    m_begun.insert(m_begun.end(), bytes.begin(), bytes.end());
    return true;
}

void DelimiterCodec::deliver(ByteView line, CodecSink& sink) {
    const bool hasReturn = isLine() && !line.empty() && line.back() == carriageReturn;
    const ByteView content = line.first(line.size() - (hasReturn ? 1 : 0));
    if (content.size() > m_limit) {
        failTooLong(sink, m_limit);
        return;
    }
    const MessageOffsets offsets = advance(m_received, 0, 0, content.size(), hasReturn ? 2 : 1);
    sink.deliver({.content = content, .offsets = offsets});
}

Result<void> DelimiterCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    if (find(content, m_delimiter))
        return Failure(holdsDelimiter());
    // A CR at the end of the content would be taken for a part of the ending: it gets another.
    const bool addsReturn =
        m_endsInCrLf || (isLine() && !content.empty() && content.back() == carriageReturn);
    const std::uint64_t suffix = addsReturn ? 2 : 1;
    sink.sending({.content = content, .offsets = advance(m_sent, 0, 0, content.size(), suffix)});
    m_framed.assign(content.begin(), content.end());
    if (addsReturn)
        m_framed.push_back(carriageReturn);
    m_framed.push_back(m_delimiter);
    sink.transmit(m_framed);
    if (m_framed.capacity() > keptBuffer)
        m_framed = std::vector<std::byte>();
    return {};
}

Result<void> DelimiterCodec::send(std::unique_ptr<ByteSource> content, std::span<const HeaderField>,
                                  CodecSink& sink) {
    sink.sending(
        {.content = {}, .offsets = advance(m_sent, 0, 0, content->size(), m_endsInCrLf ? 2 : 1)});
    sink.transmitFrom(
        std::make_unique<DelimitedSource>(std::move(content), m_delimiter, m_endsInCrLf));
    return {};
}

std::optional<MessageProgress> DelimiterCodec::progress() const {
    if (m_begun.empty())
        return std::nullopt;
    return MessageProgress{.begin = m_received, .have = m_begun.size()};
}

} // namespace sscope
