#include "core/base/encoding.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <iconv.h>
#include <strings.h>

#include "core/base/utf8.h"

namespace sscope {

namespace {

class Converter {
public:
    Converter(const char* to, const char* from) : m_handle(::iconv_open(to, from)) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (isOpen())
            ::iconv_close(m_handle);
    }
    // (iconv_t)-1 is what iconv_open(3) gives for a failure.
    [[nodiscard]] bool isOpen() const { return reinterpret_cast<std::intptr_t>(m_handle) != -1; }
    [[nodiscard]] iconv_t handle() const { return m_handle; }

private:
    iconv_t m_handle;
};

/// "//" would switch iconv to transliteration, which hides what cannot be converted.
bool isPlainName(const std::string& encoding) {
    return !encoding.empty() && encoding.find('/') == std::string::npos;
}

Result<std::string> convert(std::string_view text, const char* to, const char* from,
                            const std::string& encoding) {
    if (!isPlainName(encoding))
        return Failure(faultError(Fault::UnknownEncoding, "convert", {}, encoding));
    const Converter converter(to, from);
    if (!converter.isOpen())
        return Failure(faultError(Fault::UnknownEncoding, "convert", {}, encoding));
    std::string out;
    std::array<char, 4096> piece;
    char* input = const_cast<char*>(text.data()); // iconv(3) does not write through it
    std::size_t left = text.size();
    bool flushed = false;
    while (!flushed) {
        flushed = left == 0;
        char* output = piece.data();
        std::size_t room = piece.size();
        const std::size_t done = ::iconv(converter.handle(), flushed ? nullptr : &input,
                                         flushed ? nullptr : &left, &output, &room);
        out.append(piece.data(), piece.size() - room);
        if (done == static_cast<std::size_t>(-1)) {
            if (errno != E2BIG)
                return Failure(faultError(Fault::BadSequence, "convert", encoding,
                                          std::to_string(text.size() - left)));
            flushed = false;
        }
    }
    return out;
}

/// What iconv calls an encoding: programs in Python have names of their own for some.
std::string iconvName(const std::string& encoding) {
    constexpr std::array<std::pair<const char*, const char*>, 9> names{{
        {"latin-1", "ISO-8859-1"},
        {"latin-9", "ISO-8859-15"},
        {"latin_1", "ISO-8859-1"},
        {"utf_8", "UTF-8"},
        {"utf_16", "UTF-16"},
        {"utf-16-le", "UTF-16LE"},
        {"utf_16_le", "UTF-16LE"},
        {"utf-16-be", "UTF-16BE"},
        {"utf_16_be", "UTF-16BE"},
    }};
    for (const auto& [theirs, known] : names) {
        if (::strcasecmp(encoding.c_str(), theirs) == 0)
            return known;
    }
    return encoding;
}

constexpr std::string_view replacement = "\xef\xbf\xbd"; // U+FFFD

/// One step of iconv(3), which appends what it makes; without input it gives what it holds back.
/// False where it stands at what is not of the encoding.
bool convertSome(const Converter& converter, char** input, std::size_t* left, std::string& out) {
    std::array<char, 4096> piece;
    char* output = piece.data();
    std::size_t room = piece.size();
    const std::size_t done = ::iconv(converter.handle(), input, left, &output, &room);
    const bool stands = done == static_cast<std::size_t>(-1) && errno != E2BIG;
    out.append(piece.data(), piece.size() - room);
    return !stands;
}

/// Bytes of what an encoding's characters are made of.
std::size_t unitOf(const std::string& name) {
    const auto begins = [&](const char* with) {
        return ::strncasecmp(name.c_str(), with, std::strlen(with)) == 0;
    };
    if (begins("UTF-16") || begins("UTF16") || begins("UCS-2") || begins("UCS2"))
        return 2;
    return begins("UTF-32") || begins("UTF32") || begins("UCS-4") || begins("UCS4") ? 4 : 1;
}

/// UCS-4 and its like reach beyond what UTF-8 may hold.
std::string withReplacements(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        out += step.valid ? text.substr(0, step.length) : replacement;
        text.remove_prefix(step.length);
    }
    return out;
}

bool isUtf8Name(const std::string& encoding) {
    return ::strcasecmp(encoding.c_str(), "utf-8") == 0 ||
           ::strcasecmp(encoding.c_str(), "utf8") == 0;
}

} // namespace

Result<std::string> encodeText(std::string_view utf8, const std::string& encoding) {
    if (isUtf8Name(encoding) && isUtf8(utf8))
        return std::string(utf8);
    return convert(utf8, iconvName(encoding).c_str(), "UTF-8", encoding);
}

Result<std::string> decodeText(std::string_view bytes, const std::string& encoding) {
    if (isUtf8Name(encoding) && isUtf8(bytes))
        return std::string(bytes);
    auto text = convert(bytes, "UTF-8", iconvName(encoding).c_str(), encoding);
    // UCS-4 and its like reach beyond what UTF-8 may hold (RFC 3629), and iconv follows them.
    if (text && !isUtf8(*text))
        return Failure(faultError(Fault::BadSequence, "convert", encoding, "0"));
    return text;
}

std::span<const std::string_view> offeredEncodings() {
    static constexpr std::array<std::string_view, 17> names{
        "UTF-8",   "UTF-16LE", "UTF-16BE", "UTF-32LE",     "UTF-32BE",    "ASCII",
        "Latin-1", "Latin-9",  "GBK",      "GB18030",      "Big5",        "Shift_JIS",
        "EUC-JP",  "EUC-KR",   "KOI8-R",   "Windows-1251", "Windows-1252"};
    return names;
}

bool isKnownEncoding(const std::string& encoding) {
    return isPlainName(encoding) && Converter("UTF-8", iconvName(encoding).c_str()).isOpen();
}

std::string decodeLeniently(std::string_view bytes, const std::string& encoding) {
    const std::string name = isKnownEncoding(encoding) ? iconvName(encoding) : "ASCII";
    const Converter converter("UTF-8", name.c_str());
    const std::size_t unit = unitOf(name);
    std::string out;
    char* input = const_cast<char*>(bytes.data()); // iconv(3) does not write through it
    std::size_t left = bytes.size();
    while (left > 0 && converter.isOpen()) {
        if (convertSome(converter, &input, &left, out))
            continue;
        // EILSEQ, or EINVAL for a sequence that the end cuts off.
        (void)convertSome(converter, nullptr, nullptr, out);
        out += replacement;
        input += std::min(unit, left);
        left -= std::min(unit, left);
    }
    if (converter.isOpen()) // some hold a character back until the next is seen
        (void)convertSome(converter, nullptr, nullptr, out);
    return isUtf8(out) ? out : withReplacements(out);
}

} // namespace sscope
