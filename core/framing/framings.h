#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/framing/codec.h"

namespace sscope {

/// The registry of framings: a new one is a codec and a line here.
struct FramingKind {
    std::string_view name;
    /// As usage shows it: "N", "u8|u16be", "[:crlf]" where it may be left out; empty for none.
    std::string_view argument;
    /// Whole, parted by spaces: what a person chooses from; none where only a service does.
    std::string_view examples;
    bool suitsDatagrams;
    bool readsContent; // to know whether it can carry it
    /// Null where the argument cannot be.
    std::unique_ptr<Codec> (*make)(std::string_view argument, CodecRole role,
                                   const MessageLimits& limits);
};

std::span<const FramingKind> framingKinds();

/// One framing, as a person names it: "raw", "fixed:64", "length:u32be". A value.
class Framing {
public:
    Framing() = default; // raw

    static std::optional<Framing> parse(std::string_view text);

    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool isRaw() const { return m_kind == &framingKinds().front(); }
    [[nodiscard]] const FramingKind& kind() const { return *m_kind; }
    /// Null where its messages are over the limits (fixed).
    [[nodiscard]] std::unique_ptr<Codec> make(CodecRole role,
                                              const MessageLimits& limits = {}) const;
    /// Whether such a message can be sent; else why not, and what to try.
    [[nodiscard]] Result<void> accepts(ByteView content,
                                       std::span<const HeaderField> header = {}) const;
    /// The same of a content that is pulled; reads it where that matters.
    [[nodiscard]] Result<void> accepts(std::unique_ptr<ByteSource> content) const;

private:
    explicit Framing(const FramingKind& kind, std::string_view argument)
        : m_kind(&kind), m_argument(argument) {}

    const FramingKind* m_kind = &framingKinds().front();
    std::string m_argument;
};

/// All that a person chooses from, with an example of each argument.
std::vector<std::string> framingExamples();
/// "raw, line, nul, fixed:N, ...".
std::string framingUsage();
/// What to say of a name that is none of them.
Error unknownFraming(std::string operation, const std::string& name);

} // namespace sscope
