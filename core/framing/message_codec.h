#pragma once

#include <string>
#include <vector>

#include "core/framing/codec.h"
#include "core/framing/part_reader.h"

namespace sscope {

/// message: two bytes, big-endian, length of the header; the header (message_header.h); the
/// content. The application protocol of the well-known Python sockets tutorial, read strictly: what
/// is wrong is refused as soon as it can be known, before anything that follows it is awaited.
class MessageCodec final : public Codec {
public:
    explicit MessageCodec(const MessageLimits& limits) : m_limits(limits), m_part(lengthSize) {}

    Result<void> send(const Message& message, CodecSink& sink) override;
    Result<void> send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header,
                      CodecSink& sink) override;
    void timeout(CodecSink& sink) override;
    [[nodiscard]] std::optional<MessageProgress> progress() const override;

private:
    static constexpr std::size_t lengthSize = 2;
    enum class Stage { Length, Header, Content };

    void decode(ByteView bytes, CodecSink& sink) override;
    void restart() override;

    void takeLength(ByteView length, CodecSink& sink);
    void takeHeader(ByteView header, CodecSink& sink);
    void takeContent(ByteView content, CodecSink& sink);
    Result<std::string> begin(std::span<const HeaderField> fields, std::uint64_t length);
    void announce(CodecSink& sink, ByteView content, std::span<const HeaderField> fields,
                  const std::string& prefix, std::uint64_t length);

    const MessageLimits m_limits;
    Stage m_stage = Stage::Length;
    PartReader m_part; // of the stage
    std::string m_headerText;
    std::vector<HeaderField> m_header;
    bool m_isTimed = false; // the header is awaited against the clock
};

} // namespace sscope
