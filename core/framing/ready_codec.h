#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/framing/codec.h"
#include "core/framing/part_reader.h"

namespace sscope {

/// ready: what a server sends is announced as "Ready|N" and waits for "Start"; what a client sends
/// is raw, one message for each answer. Our server's number has 10 digits, after which a client
/// need not ask itself whether more will come; else digits that follow within 50 ms are part of it.
class ReadyServerCodec final : public Codec {
public:
    explicit ReadyServerCodec(const MessageLimits& limits) : m_limit(limits.content) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;
    [[nodiscard]] bool holdsOutput() const override { return !m_waiting.empty(); }

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override { m_started = 0; }

    void offerNext(CodecSink& sink);

    const std::size_t m_limit;
    std::deque<std::string> m_waiting; // contents; the first has been offered
    std::size_t m_waitingBytes = 0;
    std::size_t m_started = 0; // bytes of "Start" that have come
};

class ReadyClientCodec final : public Codec {
public:
    explicit ReadyClientCodec(const MessageLimits& limits) : m_limit(limits.content), m_part(0) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    void timeout(CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;
    /// What is sent is raw: two requests in one receive would be one.
    [[nodiscard]] bool takesMore() const override { return !m_isOwed; }

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override;

    void takeOffer(ByteView& bytes, CodecSink& sink);
    void endOffer(CodecSink& sink);
    void takeContent(ByteView& bytes, CodecSink& sink);

    const std::size_t m_limit;
    std::string m_offer;   // "Ready|" and digits
    bool m_isOwed = false; // an answer to what was sent
    bool m_isStarted = false;
    PartReader m_part; // the content
};

} // namespace sscope
