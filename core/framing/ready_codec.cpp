#include "core/framing/ready_codec.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"

namespace sscope {

namespace {

constexpr std::string_view offerWord = "Ready|";
constexpr std::string_view startWord = "Start";
constexpr std::size_t fewestDigits = 10; // of our offers
constexpr std::size_t mostDigits = 20;   // of 2^64
constexpr Duration digitsTime = std::chrono::milliseconds(50);

std::string offerOf(std::size_t size) {
    return fmt::format("{}{:0{}}", offerWord, size, fewestDigits);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

Result<void> ReadyServerCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    // A client that never starts must not make us keep more than one message may have.
    if (content.size() > m_limit - m_waitingBytes)
        return Failure(faultError(Fault::MessageTooLong, "send", {}, std::to_string(m_limit)));
    sink.sending(
        {.content = content,
         .offsets = advance(m_sent, offerOf(content.size()).size(), 0, content.size(), 0)});
    m_waiting.emplace_back(textOf(content));
    m_waitingBytes += content.size();
    if (m_waiting.size() == 1)
        offerNext(sink);
    return {};
}

Result<void> ReadyServerCodec::send(std::unique_ptr<ByteSource> content,
                                    std::span<const HeaderField>, CodecSink& sink) {
    std::string all;
    std::vector<std::byte> piece(65536);
    for (;;) {
        const auto count = content->read(piece);
        if (!count)
            return Failure(count.error());
        if (*count == 0)
            return send(Message{.content = bytesOf(all)}, sink);
        if (*count > m_limit - all.size())
            return Failure(faultError(Fault::MessageTooLong, "send", {}, std::to_string(m_limit)));
        all += textOf(ByteView(piece).first(*count));
    }
}

void ReadyServerCodec::offerNext(CodecSink& sink) {
    m_started = 0;
    if (!m_waiting.empty())
        sink.transmit(bytesOf(offerOf(m_waiting.front().size())));
}

void ReadyServerCodec::decode(ByteView bytes, CodecSink& sink) {
    while (!m_waiting.empty() && !bytes.empty()) {
        if (bytes.front() != static_cast<std::byte>(startWord[m_started])) {
            fail(sink, "the client has not answered Ready with Start");
            return;
        }
        bytes = bytes.subspan(1);
        ++m_received;
        if (++m_started < startWord.size())
            continue;
        const std::string content = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= content.size();
        sink.transmit(bytesOf(content));
        offerNext(sink);
    }
    if (!bytes.empty())
        sink.deliver({.content = bytes, .offsets = advance(m_received, 0, 0, bytes.size(), 0)});
}

std::optional<MessageProgress> ReadyServerCodec::progress() const {
    if (m_started == 0)
        return std::nullopt;
    return MessageProgress{
        .begin = m_received - m_started, .have = m_started, .need = startWord.size()};
}

Result<void> ReadyClientCodec::send(const Message& message, CodecSink& sink) {
    const ByteView content = message.content;
    m_isOwed = true;
    sink.sending({.content = content, .offsets = advance(m_sent, 0, 0, content.size(), 0)});
    sink.transmit(content);
    return {};
}

Result<void> ReadyClientCodec::send(std::unique_ptr<ByteSource> content,
                                    std::span<const HeaderField>, CodecSink& sink) {
    m_isOwed = true;
    sink.sending({.content = {}, .offsets = advance(m_sent, 0, 0, content->size(), 0)});
    sink.transmitFrom(std::move(content));
    return {};
}

void ReadyClientCodec::decode(ByteView bytes, CodecSink& sink) {
    while (!bytes.empty() && !hasFailed()) {
        if (m_isStarted)
            takeContent(bytes, sink);
        else
            takeOffer(bytes, sink);
    }
}

/// The receive's end ends the number, but for digits that come soon after it.
void ReadyClientCodec::takeOffer(ByteView& bytes, CodecSink& sink) {
    for (; !bytes.empty(); bytes = bytes.subspan(1)) {
        const char c = textOf(bytes).front();
        const std::size_t place = m_offer.size();
        const bool fits = place < offerWord.size() ? c == offerWord[place] : isDigit(c);
        if (!fits || place == offerWord.size() + mostDigits) {
            fail(sink, place < offerWord.size()
                           ? "the server has not begun with Ready|"
                           : "the server's Ready| is not followed by a number alone");
            return;
        }
        m_offer += c;
    }
    const std::string_view digits =
        std::string_view(m_offer).substr(std::min(m_offer.size(), offerWord.size()));
    // Whoever pads to more than ten digits begins with ten zeros, but for what is over any limit.
    const bool isWhole =
        digits.size() == fewestDigits && digits.find_first_not_of('0') != std::string_view::npos;
    if (isWhole)
        endOffer(sink);
    else if (!digits.empty())
        sink.needTimer(digitsTime);
}

void ReadyClientCodec::timeout(CodecSink& sink) {
    if (!hasFailed() && !m_isStarted)
        endOffer(sink);
}

void ReadyClientCodec::endOffer(CodecSink& sink) {
    sink.dropTimer();
    std::size_t size = 0;
    const char* const end = m_offer.data() + m_offer.size();
    const auto read = std::from_chars(m_offer.data() + offerWord.size(), end, size);
    if (read.ec != std::errc() || size > m_limit) {
        failTooLong(sink, m_limit);
        return;
    }
    m_isStarted = true;
    m_part.begin(size);
    m_sent += startWord.size();
    sink.transmit(bytesOf(startWord));
    ByteView nothing;
    if (size == 0)
        takeContent(nothing, sink);
}

void ReadyClientCodec::takeContent(ByteView& bytes, CodecSink& sink) {
    const auto content = m_part.take(bytes);
    if (!content)
        return;
    m_isOwed = false;
    sink.deliver({.content = *content,
                  .offsets = advance(m_received, m_offer.size(), 0, content->size(), 0)});
    restart();
}

void ReadyClientCodec::restart() {
    m_offer.clear();
    m_isStarted = false;
    m_part.begin(0);
}

std::optional<MessageProgress> ReadyClientCodec::progress() const {
    if (m_offer.empty())
        return std::nullopt;
    MessageProgress progress{.begin = m_received, .have = m_offer.size() + m_part.have()};
    if (m_isStarted) {
        progress.prefix = m_offer.size();
        progress.need = m_offer.size() + m_part.need();
    }
    return progress;
}

} // namespace sscope
