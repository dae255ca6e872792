#pragma once

#include "core/framing/codec.h"

namespace sscope {

/// raw: each receive, or datagram, is a message.
class RawCodec final : public Codec {
public:
    explicit RawCodec(const MessageLimits& limits) : m_limit(limits.content) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override { return std::nullopt; }
    [[nodiscard]] bool isTransparent() const override { return true; }

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override {}

    const std::size_t m_limit;
};

} // namespace sscope
