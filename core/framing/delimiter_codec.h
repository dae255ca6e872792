#pragma once

#include <vector>

#include "core/framing/codec.h"

namespace sscope {

/// line and nul: a message ends at a byte that it cannot hold; of a line, a CR before it is part of
/// the ending (RFC 5234 CRLF, and LF alone).
class DelimiterCodec final : public Codec {
public:
    enum class Ending { Lf, CrLf, Nul }; // what is sent; a reader of lines takes LF and CR LF

    DelimiterCodec(Ending ending, const MessageLimits& limits)
        : m_delimiter(ending == Ending::Nul ? std::byte{0} : std::byte{'\n'}),
          m_endsInCrLf(ending == Ending::CrLf),
          m_limit(limits.content) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;

private:
    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override { m_begun.clear(); }

    [[nodiscard]] bool isLine() const { return m_delimiter == std::byte{'\n'}; }
    bool keep(ByteView bytes, CodecSink& sink);
    void deliver(ByteView line, CodecSink& sink);

    const std::byte m_delimiter;
    const bool m_endsInCrLf;
    const std::size_t m_limit;
    std::vector<std::byte> m_begun;  // a message whose end has not come
    std::vector<std::byte> m_framed; // the last that was sent
};

} // namespace sscope
