#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/byte_source.h"
#include "core/base/clock.h"
#include "core/framing/message.h"

namespace sscope {

/// Where a codec leaves what it has made. Called only from within a call to the codec.
class CodecSink {
public:
    virtual void deliver(const Message& message) = 0;
    /// A message that was given to be sent, with the place that it has in our direction of the
    /// stream; its bytes are transmitted now or later. Its content is empty where it is pulled
    /// from a source; the offsets tell its size.
    virtual void sending(const Message& message) = 0;
    /// A message's bytes come in one call, so that over datagrams they make one.
    virtual void transmit(ByteView bytes) = 0;
    virtual void transmitFrom(std::unique_ptr<ByteSource> source) = 0;
    /// Wants timeout() to be called once after that long; an earlier wish is replaced.
    virtual void needTimer(Duration delay) = 0;
    virtual void dropTimer() = 0;
    /// A wrong byte: the codec is in its error state for good. The reason can be shown.
    virtual void fail(std::string reason) = 0;
    /// A message over the limit of its size; as fail().
    virtual void tooLong(std::size_t limit) = 0;

protected:
    ~CodecSink() = default;
};

/// What an idle connection may keep of a buffer; more is given back.
constexpr std::size_t keptBuffer = 16384;

enum class CodecRole { Client, Server };

/// What a peer can make us keep; bytes.
struct MessageLimits {
    std::size_t content = 16 << 20;
    std::size_t header = 16 << 10;
};

/// Turns a stream of bytes into messages and back, without a socket, a thread or a clock of its
/// own. One codec serves one connection; its role is given when it is made, for there are framings
/// that speak while they decode. After fail() it ignores what comes.
///
/// Work is constant for each byte however the stream is cut; a message that lies in one receive is
/// delivered where it lies, another is collected once.
class Codec {
public:
    virtual ~Codec() = default;

    void receive(ByteView bytes, CodecSink& sink) {
        if (!m_failed)
            decode(bytes, sink);
    }
    /// Fails, and sends nothing, where the framing cannot carry this message (Fault::NotFramable).
    virtual Result<void> send(const Message& message, CodecSink& sink) = 0;
    /// Content that is pulled as the peer takes it.
    virtual Result<void> send(std::unique_ptr<ByteSource> content,
                              std::span<const HeaderField> header, CodecSink& sink) = 0;
    virtual void timeout(CodecSink&) {}
    /// One whole datagram, which one message must fill; the next one finds the codec as new.
    void decodeWhole(ByteView datagram, CodecSink& sink);
    /// Of what was sent, something waits for the peer to ask for it (ready): not to be closed yet.
    [[nodiscard]] virtual bool holdsOutput() const { return false; }
    /// False while the answer to what was sent must come before more is sent (ready).
    [[nodiscard]] virtual bool takesMore() const { return true; }
    /// The message that has begun and is not whole; nothing between messages.
    [[nodiscard]] virtual std::optional<MessageProgress> progress() const = 0;
    /// Each receive is a message: nothing is told of a message that its receive does not tell.
    [[nodiscard]] virtual bool isTransparent() const { return false; }

protected:
    virtual void decode(ByteView bytes, CodecSink& sink) = 0;
    /// Forgets the message under way.
    virtual void restart() = 0;

    void fail(CodecSink& sink, std::string reason) {
        m_failed = true;
        sink.fail(std::move(reason));
    }
    void failTooLong(CodecSink& sink, std::size_t limit) {
        m_failed = true;
        sink.tooLong(limit);
    }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

    /// Offsets of a message that begins where the last ended, and the end as the place of the next.
    MessageOffsets advance(std::uint64_t& position, std::uint64_t prefix, std::uint64_t header,
                           std::uint64_t content, std::uint64_t suffix) {
        const std::uint64_t begin = position;
        position += prefix + header + content + suffix;
        return {begin, begin + prefix, begin + prefix + header, position - suffix, position};
    }

    std::uint64_t m_received = 0; // where the message under way begins
    std::uint64_t m_sent = 0;     // bytes given to be sent

private:
    bool m_failed = false;
};

} // namespace sscope
