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
    virtual void transmit(ByteView bytes) = 0;
    virtual void transmitFrom(std::unique_ptr<ByteSource> source) = 0;
    /// Wants timeout() to be called after that long, unless bytes come first.
    virtual void needTimer(Duration delay) = 0;
    /// A wrong byte: the codec is in its error state for good. The reason can be shown.
    virtual void fail(std::string reason) = 0;

protected:
    ~CodecSink() = default;
};

enum class CodecRole { Client, Server };

/// How much of the message under way is there; need is unknown while its length is.
struct CodecProgress {
    std::uint64_t have = 0;
    std::optional<std::uint64_t> need{};
};

/// Turns a stream of bytes into messages and back, without a socket, a thread or a clock of its
/// own. One codec serves one connection; its role is given when it is made, for there are framings
/// that speak while they decode. After fail() it ignores what comes.
class Codec {
public:
    virtual ~Codec() = default;

    virtual void receive(ByteView bytes, CodecSink& sink) = 0;
    virtual void send(const Message& message, CodecSink& sink) = 0;
    /// Content that is pulled as the peer takes it.
    virtual void send(std::unique_ptr<ByteSource> content, CodecSink& sink) = 0;
    virtual void timeout(CodecSink& sink) = 0;
    /// One whole datagram; a zero-length one is a message too.
    virtual void decodeWhole(ByteView datagram, CodecSink& sink) = 0;
    /// The message that has begun and is not whole; nothing between messages.
    [[nodiscard]] virtual std::optional<CodecProgress> progress() const = 0;
    /// Each receive is a message: nothing is told of a message that its receive does not tell.
    [[nodiscard]] virtual bool isTransparent() const { return false; }
};

} // namespace sscope
