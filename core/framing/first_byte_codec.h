#pragma once

#include <memory>

#include "core/framing/codec.h"

namespace sscope {

/// `message` where the peer's first byte is 0x00 to 0x1F (the length of a header under 8 KiB), else
/// `line`, which is also what is sent before that byte has come. For servers that programs and
/// people talk to on one port.
class FirstByteCodec final : public Codec {
public:
    explicit FirstByteCodec(const MessageLimits& limits) : m_limits(limits) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    void timeout(CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override {} // streams only

    Codec& lines();

    const MessageLimits m_limits;
    std::unique_ptr<Codec> m_codec; // the one that it is
    bool m_isKnown = false;
};

} // namespace sscope
