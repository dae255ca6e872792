#include "core/framing/framings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "core/framing/delimiter_codec.h"
#include "core/framing/first_byte_codec.h"
#include "core/framing/fixed_codec.h"
#include "core/framing/length_codec.h"
#include "core/framing/message_codec.h"
#include "core/framing/raw_codec.h"
#include "core/framing/ready_codec.h"

namespace sscope {

namespace {

using Made = std::unique_ptr<Codec>;

/// For framings without an argument.
template <typename T>
Made make(std::string_view argument, CodecRole, const MessageLimits& limits) {
    if (!argument.empty())
        return nullptr;
    if constexpr (std::is_constructible_v<T, const MessageLimits&>)
        return std::make_unique<T>(limits);
    else
        return std::make_unique<T>();
}

using Ending = DelimiterCodec::Ending;

Made makeLine(std::string_view argument, CodecRole, const MessageLimits& limits) {
    if (!argument.empty() && argument != "crlf")
        return nullptr;
    return std::make_unique<DelimiterCodec>(argument.empty() ? Ending::Lf : Ending::CrLf, limits);
}

Made makeNul(std::string_view argument, CodecRole, const MessageLimits& limits) {
    return argument.empty() ? std::make_unique<DelimiterCodec>(Ending::Nul, limits) : nullptr;
}

Made makeFixed(std::string_view argument, CodecRole, const MessageLimits& limits) {
    std::uint32_t size = 0;
    const char* const end = argument.data() + argument.size();
    const auto read = std::from_chars(argument.data(), end, size);
    if (read.ec != std::errc() || read.ptr != end || size == 0 || size > limits.content)
        return nullptr;
    return std::make_unique<FixedCodec>(size);
}

Made makeLength(std::string_view argument, CodecRole, const MessageLimits& limits) {
    using Prefix = LengthCodec::Prefix;
    static const std::map<std::string_view, Prefix> prefixes{{"u8", {1, true}},
                                                             {"u16be", {2, true}},
                                                             {"u16le", {2, false}},
                                                             {"u32be", {4, true}},
                                                             {"u32le", {4, false}}};
    const auto it = prefixes.find(argument);
    return it == prefixes.end() ? nullptr : std::make_unique<LengthCodec>(it->second, limits);
}

Made makeReady(std::string_view argument, CodecRole role, const MessageLimits& limits) {
    return role == CodecRole::Server ? make<ReadyServerCodec>(argument, role, limits)
                                     : make<ReadyClientCodec>(argument, role, limits);
}

constexpr std::array known{
    FramingKind{"raw", "", "raw", true, false, &make<RawCodec>},
    FramingKind{"line", "[:crlf]", "line line:crlf", true, true, &makeLine},
    FramingKind{"nul", "", "nul", true, true, &makeNul},
    FramingKind{"fixed", "N", "fixed:64", true, false, &makeFixed},
    FramingKind{"length", "u8|u16be|u16le|u32be|u32le",
                "length:u8 length:u16be length:u16le length:u32be length:u32le", true, false,
                &makeLength},
    FramingKind{"message", "", "message", true, false, &make<MessageCodec>},
    FramingKind{"ready", "", "ready", false, false, &makeReady},
    FramingKind{"by-first-byte", "", "", false, false, &make<FirstByteCodec>},
};

/// Takes what is sent, for accepts().
struct NoSink final : CodecSink {
    void deliver(const Message&) override {}
    void sending(const Message&) override {}
    void transmit(ByteView) override {}
    void transmitFrom(std::unique_ptr<ByteSource> pulled) override { source = std::move(pulled); }
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void fail(std::string) override {}
    void tooLong(std::size_t) override {}

    std::unique_ptr<ByteSource> source;
};

} // namespace

std::span<const FramingKind> framingKinds() {
    return known;
}

std::optional<Framing> Framing::parse(std::string_view text) {
    const auto colon = text.find(':');
    const std::string_view argument =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    const auto it = std::ranges::find(known, text.substr(0, colon), &FramingKind::name);
    constexpr MessageLimits none{.content = SIZE_MAX, .header = SIZE_MAX};
    const bool hasStrayColon = colon != std::string_view::npos && argument.empty();
    if (it == known.end() || hasStrayColon || !it->make(argument, CodecRole::Server, none))
        return std::nullopt;
    return Framing(*it, argument);
}

std::string Framing::text() const {
    std::string text(m_kind->name);
    if (!m_argument.empty())
        text.append(":").append(m_argument);
    return text;
}

std::unique_ptr<Codec> Framing::make(CodecRole role, const MessageLimits& limits) const {
    return m_kind->make(m_argument, role, limits);
}

Result<void> Framing::accepts(ByteView content, std::span<const HeaderField> header) const {
    NoSink sink;
    return make(CodecRole::Client, {.content = SIZE_MAX})
        ->send({.content = content, .header = header}, sink);
}

Result<void> Framing::accepts(std::unique_ptr<ByteSource> content) const {
    NoSink sink;
    auto sent = make(CodecRole::Client, {.content = SIZE_MAX})->send(std::move(content), {}, sink);
    if (!sent || !kind().readsContent)
        return sent;
    std::vector<std::byte> piece(65536);
    for (;;) {
        const auto count = sink.source->read(piece);
        if (!count)
            return Failure(count.error());
        if (*count == 0)
            return {};
    }
}

std::vector<std::string> framingExamples() {
    std::vector<std::string> examples;
    for (const FramingKind& kind : known) {
        std::string_view left = kind.examples;
        while (!left.empty()) {
            const auto space = std::min(left.find(' '), left.size());
            examples.emplace_back(left.substr(0, space));
            left.remove_prefix(std::min(space + 1, left.size()));
        }
    }
    return examples;
}

std::string framingUsage() {
    std::string usage;
    for (const FramingKind& kind : known) {
        if (kind.examples.empty())
            continue; // a service's own
        if (!usage.empty())
            usage += ", ";
        usage += kind.name;
        if (!kind.argument.empty())
            usage.append(kind.argument.front() == '[' ? "" : ":").append(kind.argument);
    }
    return usage;
}

Error unknownFraming(std::string operation, const std::string& name) {
    Error error = faultError(Fault::UnknownName, std::move(operation), "--framing", name);
    error.hint = {.kind = Hint::Kind::Offered, .text = framingUsage()};
    return error;
}

} // namespace sscope
