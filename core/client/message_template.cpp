#include "core/client/message_template.h"

#include <charconv>
#include <optional>
#include <utility>

#include <strings.h>

#include <fmt/format.h>

#include "core/base/encoding.h"
#include "core/base/escapes.h"

namespace sscope {

namespace {

constexpr std::size_t mostLetters = 1'000'000;
constexpr std::size_t mostMade = 16 << 20;

std::string unixTime(WallTime time) {
    return fmt::format("{}.{:06}", time / 1'000'000'000, time % 1'000'000'000 / 1000);
}

bool isAsIs(const std::string& encoding) {
    return ::strcasecmp(encoding.c_str(), "utf-8") == 0;
}

} // namespace

MacroValues::MacroValues(std::uint64_t seed) : m_random(seed) {}

void MacroValues::appendLetters(std::string& text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        // SplitMix64 (Steele, Lea, Flood, 2014)
        std::uint64_t z = m_random += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        text += static_cast<char>('a' + (z ^ (z >> 31)) % 26);
    }
}

/// What the macros of one message stand for; without a source of letters they are all the same.
struct MessageTemplate::Values {
    MacroValues* source = nullptr;
    WallTime now = 0;
    std::optional<std::uint64_t> sequence{};

    [[nodiscard]] std::string of(const Piece& piece) {
        std::string text;
        switch (piece.kind) {
        case Piece::Kind::Sequence:
            if (!sequence)
                sequence = source ? source->nextSequence() : 1;
            return std::to_string(*sequence);
        case Piece::Kind::Time:
            return rfc3339(now);
        case Piece::Kind::UnixTime:
            return unixTime(now);
        case Piece::Kind::Letters:
            if (!source)
                return std::string(piece.count, 'a');
            source->appendLetters(text, piece.count);
            return text;
        case Piece::Kind::Text:
        case Piece::Kind::Bytes:
            return piece.text;
        }
        return text;
    }
};

/// Parts a text into pieces.
class MessageTemplate::Reader {
public:
    Reader(std::string_view text, const Reading& how) : m_text(text), m_how(how) {}

    Result<std::vector<Piece>> read() {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            Result<bool> taken = c == '\\' && m_how.escapes ? takeEscape()
                                 : c == '$' && m_how.macros ? takeMacro()
                                                            : Result<bool>(false);
            if (!taken)
                return Failure(std::move(taken.error()));
            if (!*taken)
                ++m_at;
        }
        if (auto ended = endText(); !ended)
            return Failure(std::move(ended.error()));
        return std::move(m_pieces);
    }

    /// Where macros stood, and as what.
    struct Place {
        std::size_t begin;
        std::size_t length;
        Piece::Kind kind;
    };
    [[nodiscard]] const std::vector<Place>& places() const { return m_places; }

private:
    /// Text up to here, which the encoding must have.
    Result<void> endText() {
        const std::string_view text = m_text.substr(m_begin, m_at - m_begin);
        if (text.empty())
            return {};
        if (!isAsIs(m_how.encoding)) {
            if (auto encoded = encodeText(text, m_how.encoding); !encoded) {
                Error error = std::move(encoded.error());
                if (error.is(Fault::BadSequence))
                    error.detail = std::to_string(m_begin + std::stoull(error.detail));
                return Failure(std::move(error));
            }
        }
        add({.kind = Piece::Kind::Text, .text = std::string(text)});
        m_begin = m_at;
        return {};
    }

    void add(Piece piece) {
        if (!m_pieces.empty() && m_pieces.back().kind == piece.kind &&
            (piece.kind == Piece::Kind::Text || piece.kind == Piece::Kind::Bytes))
            m_pieces.back().text += piece.text;
        else
            m_pieces.push_back(std::move(piece));
    }

    Result<bool> take(Piece piece, std::size_t length) {
        if (auto ended = endText(); !ended)
            return Failure(std::move(ended.error()));
        add(std::move(piece));
        m_at += length;
        m_begin = m_at;
        return true;
    }

    Result<bool> takeEscape() {
        Escape escape = readEscape(m_text, m_at + 1);
        if (escape.length == 0)
            return Failure(
                faultError(Fault::BadEscape, "read escapes", {}, std::to_string(m_at + 1)));
        const bool isText = !escape.isByte && !isAsIs(m_how.encoding);
        if (isText) {
            if (auto encoded = encodeText(escape.bytes, m_how.encoding); !encoded) {
                Error error = std::move(encoded.error());
                error.detail = std::to_string(m_at);
                return Failure(std::move(error));
            }
        }
        return take({.kind = isText ? Piece::Kind::Text : Piece::Kind::Bytes,
                     .text = std::move(escape.bytes)},
                    1 + escape.length);
    }

    Result<bool> takeMacro() {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.starts_with("$${") && isName(nameAt(rest.substr(1))))
            return take({.kind = Piece::Kind::Text, .text = "${"}, 3);
        const std::string_view name = nameAt(rest);
        if (!isName(name))
            return false;
        const std::size_t end = rest.find('}');
        const std::string_view inside =
            end == std::string_view::npos ? std::string_view() : rest.substr(2, end - 2);
        std::optional<Piece> piece = pieceOf(inside);
        m_made += piece ? piece->count : 0;
        if (m_made > mostMade)
            return Failure(
                faultError(Fault::MessageTooLong, "read macros", {}, std::to_string(mostMade)));
        if (!piece)
            return Failure(
                faultError(Fault::BadMacro, "read macros", {}, std::to_string(m_at + 1)));
        m_places.push_back({m_at, end + 1, piece->kind});
        return take(*std::move(piece), end + 1);
    }

    /// The word after ${, where it ends as a macro's does.
    static std::string_view nameAt(std::string_view text) {
        if (!text.starts_with("${"))
            return {};
        std::size_t end = 2;
        while (end < text.size() && text[end] >= 'a' && text[end] <= 'z')
            ++end;
        const bool ends = end < text.size() && (text[end] == '}' || text[end] == ':');
        return ends ? text.substr(2, end - 2) : std::string_view();
    }

    static bool isName(std::string_view name) {
        return name == "seq" || name == "time" || name == "rand";
    }

    static std::optional<Piece> pieceOf(std::string_view inside) {
        if (inside == "seq")
            return Piece{.kind = Piece::Kind::Sequence};
        if (inside == "time")
            return Piece{.kind = Piece::Kind::Time};
        if (inside == "time:unix")
            return Piece{.kind = Piece::Kind::UnixTime};
        constexpr std::string_view letters = "rand:";
        if (!inside.starts_with(letters))
            return std::nullopt;
        const std::string_view digits = inside.substr(letters.size());
        std::size_t count = 0;
        const char* const end = digits.data() + digits.size();
        const auto [stop, problem] = std::from_chars(digits.data(), end, count);
        if (stop != end || problem != std::errc() || count == 0 || count > mostLetters)
            return std::nullopt;
        return Piece{.kind = Piece::Kind::Letters, .count = count};
    }

    const std::string_view m_text;
    const Reading& m_how;
    std::vector<Piece> m_pieces;
    std::vector<Place> m_places;
    std::size_t m_begin = 0; // of the text that has not been taken yet
    std::size_t m_at = 0;
    std::size_t m_made = 0; // letters
};

MessageTemplate::MessageTemplate(std::vector<std::byte> content) {
    append(content);
}

Result<MessageTemplate> MessageTemplate::read(std::string_view utf8, const Reading& how) {
    auto pieces = Reader(utf8, how).read();
    if (!pieces)
        return Failure(std::move(pieces.error()));
    MessageTemplate result;
    result.m_encoding = isAsIs(how.encoding) ? "UTF-8" : how.encoding;
    result.m_pieces = std::move(*pieces);
    for (const Piece& piece : result.m_pieces)
        result.m_hasMacros |= piece.kind != Piece::Kind::Text && piece.kind != Piece::Kind::Bytes;
    if (!result.m_hasMacros) // converted once
        return MessageTemplate(result.sample());
    return result;
}

void MessageTemplate::append(ByteView bytes) {
    if (!bytes.empty())
        m_pieces.push_back({.kind = Piece::Kind::Bytes, .text = std::string(textOf(bytes))});
}

std::size_t MessageTemplate::size() const {
    if (m_hasMacros)
        return sample().size();
    std::size_t size = 0;
    for (const Piece& piece : m_pieces)
        size += piece.text.size();
    return size;
}

std::vector<std::byte> MessageTemplate::make(MacroValues& values, WallTime now) const {
    return made({.source = &values, .now = now});
}

std::vector<std::byte> MessageTemplate::sample() const {
    return made({});
}

/// What is text is converted as one, up to where bytes interrupt it: some encodings begin with a
/// mark, or change their state.
std::vector<std::byte> MessageTemplate::made(Values values) const {
    std::string out;
    std::string text;
    const auto endText = [&] {
        if (text.empty())
            return;
        // All that was written has been converted before; what macros make is ASCII.
        out += m_encoding == "UTF-8" ? text : encodeText(text, m_encoding).value_or(std::string());
        text.clear();
    };
    for (const Piece& piece : m_pieces) {
        if (piece.kind == Piece::Kind::Bytes) {
            endText();
            out += piece.text;
        } else {
            text += values.of(piece);
        }
    }
    endText();
    const ByteView view = bytesOf(out);
    return {view.begin(), view.end()};
}

std::string withMacrosMasked(std::string_view utf8) {
    std::string masked(utf8);
    const MessageTemplate::Reading how{.macros = true};
    MessageTemplate::Reader reader(utf8, how);
    (void)reader.read(); // up to what is wrong
    using Kind = MessageTemplate::Piece::Kind;
    for (const auto& [begin, length, kind] : reader.places()) {
        const bool isNumber = kind == Kind::Sequence || kind == Kind::UnixTime;
        masked.replace(begin, length, length, isNumber ? '1' : 'a');
    }
    return masked;
}

} // namespace sscope
