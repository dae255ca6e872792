#pragma once

#include <string>

#include "core/framing/codec.h"
#include "core/framing/part_reader.h"

namespace sscope {

/// length:u8 to length:u32le: an unsigned integer, and then as many bytes.
class LengthCodec final : public Codec {
public:
    struct Prefix {
        std::size_t size; // 1, 2 or 4 bytes
        bool isBigEndian;
    };

    LengthCodec(Prefix prefix, const MessageLimits& limits)
        : m_prefix(prefix), m_limit(limits.content), m_part(prefix.size) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override;

    [[nodiscard]] std::uint64_t read(ByteView prefix) const;
    [[nodiscard]] std::string write(std::uint64_t length) const;
    [[nodiscard]] Result<void> check(std::uint64_t length) const;

    const Prefix m_prefix;
    const std::size_t m_limit;
    PartReader m_part; // the prefix, and then the content
    bool m_hasLength = false;
    std::string m_framed; // the last that was sent
};

} // namespace sscope
