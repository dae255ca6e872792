#pragma once

#include "core/framing/codec.h"
#include "core/framing/part_reader.h"

namespace sscope {

/// fixed:N: each message has N bytes.
class FixedCodec final : public Codec {
public:
    /// size is not 0.
    explicit FixedCodec(std::size_t size) : m_part(size) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override { m_part.begin(m_part.need()); }

    [[nodiscard]] Result<void> check(std::uint64_t size) const;

    PartReader m_part;
};

} // namespace sscope
