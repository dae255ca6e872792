#pragma once

#include "core/framing/codec.h"

namespace sscope {

/// raw: each receive, or datagram, is a message.
class RawCodec final : public Codec {
public:
    void receive(ByteView bytes, CodecSink& sink) override;
    void send(const Message& message, CodecSink& sink) override;
    void send(std::unique_ptr<ByteSource> content, CodecSink& sink) override;
    void timeout(CodecSink&) override {}
    void decodeWhole(ByteView datagram, CodecSink& sink) override { receive(datagram, sink); }
    [[nodiscard]] std::optional<CodecProgress> progress() const override { return std::nullopt; }
    [[nodiscard]] bool isTransparent() const override { return true; }

private:
    std::uint64_t m_offset = 0;
};

} // namespace sscope
