#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace sscope {

/// What the macros of one connection's messages stand for.
class MacroValues {
public:
    explicit MacroValues(std::uint64_t seed = std::random_device{}());

    /// Of the next message in which ${seq} stands; from 1.
    std::uint64_t nextSequence() { return ++m_sequence; }
    /// Letters from a to z; no secrets are made of them.
    void appendLetters(std::string& text, std::size_t count);

private:
    std::uint64_t m_sequence = 0;
    std::uint64_t m_random; // a few bytes: thousands of connections have one each
};

/// A message's content, with what is put in at the moment that it is sent:
///
///   ${seq}        1, 2, 3: the messages of a connection in which it stands
///   ${time}       2026-11-28T14:31:02.117042Z (RFC 3339)
///   ${time:unix}  1795876262.117042, seconds since 1970
///   ${rand:N}     N letters from a to z, 1 to 1 000 000
///
/// $${seq} writes ${seq}; what begins with ${ and none of these names is plain text. A value.
class MessageTemplate {
public:
    struct Reading {
        std::string encoding = "UTF-8"; // what the text becomes on the wire
        bool escapes = false;           // escapes.h; a \xNN is of no encoding
        bool macros = false;
    };

    MessageTemplate() = default;
    /// Without macros.
    explicit MessageTemplate(std::vector<std::byte> content);
    /// Fails with BadEscape or BadMacro, or BadSequence for what the encoding lacks: the detail is
    /// the column, or the position, in bytes of the text. MessageTooLong where macros make more
    /// than 16 MiB.
    static Result<MessageTemplate> read(std::string_view utf8, const Reading& how);

    /// Bytes after all that is there.
    void append(ByteView bytes);
    [[nodiscard]] bool hasMacros() const { return m_hasMacros; }
    /// Of a connection's first message; ${seq} has more digits later.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::vector<std::byte> make(MacroValues& values, WallTime now) const;
    /// As make(), with values that stand for all.
    [[nodiscard]] std::vector<std::byte> sample() const;

private:
    friend std::string withMacrosMasked(std::string_view utf8);
    struct Piece {
        enum class Kind { Text, Bytes, Sequence, Time, UnixTime, Letters };
        Kind kind = Kind::Text;
        std::string text{};    // UTF-8, or bytes
        std::size_t count = 0; // of letters
    };
    class Reader;
    struct Values;

    [[nodiscard]] std::vector<std::byte> made(Values values) const;

    std::string m_encoding = "UTF-8";
    std::vector<Piece> m_pieces;
    bool m_hasMacros = false;
};

/// The text with each macro replaced by as many characters that are like what it stands for: digits
/// for numbers, else letters. So a check of the text finds what is wrong in its place.
std::string withMacrosMasked(std::string_view utf8);

} // namespace sscope
