#include "core/base/encoding.h"

#include <array>
#include <cerrno>
#include <cstdint>

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

Result<std::string> convert(std::string_view text, const char* to, const char* from,
                            const std::string& encoding) {
    const Converter converter(to, from);
    // "//" would switch iconv to transliteration, which hides what cannot be converted.
    if (encoding.empty() || encoding.find('/') != std::string::npos || !converter.isOpen())
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

/// As Python's programs call it, and iconv(3) does not.
std::string iconvName(const std::string& encoding) {
    const bool isLatin1 = ::strcasecmp(encoding.c_str(), "latin-1") == 0 ||
                          ::strcasecmp(encoding.c_str(), "latin_1") == 0;
    return isLatin1 ? "latin1" : encoding;
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

} // namespace sscope
