#include "core/base/unicode_text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "core/base/utf8.h"

namespace sscope {

namespace {

std::string mapped(const icu::Normalizer2* by, std::string_view utf8, UErrorCode& status) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    if (by && U_SUCCESS(status))
        by->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())),
                          sink, nullptr, status);
    return out;
}

} // namespace

std::optional<std::string> normalized(std::string_view utf8) {
    if (!isUtf8(utf8))
        return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    std::string out = mapped(icu::Normalizer2::getNFKCInstance(status), utf8, status);
    return U_SUCCESS(status) ? std::optional(std::move(out)) : std::nullopt;
}

std::string foldedCase(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out = mapped(icu::Normalizer2::getNFKCCasefoldInstance(status), utf8, status);
    return U_SUCCESS(status) ? out : std::string(utf8);
}

std::size_t characterCount(std::string_view utf8) {
    std::size_t count = 0;
    while (!utf8.empty()) {
        utf8.remove_prefix(decodeUtf8(utf8).length);
        ++count;
    }
    return count;
}

bool isNameCharacter(char32_t c) {
    const auto point = static_cast<UChar32>(c);
    constexpr std::uint32_t refused =
        U_GC_C_MASK | U_GC_Z_MASK; // control, format, unassigned, space
    return (U_GET_GC_MASK(point) & refused) == 0 && !u_isUWhiteSpace(point) &&
           !u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

std::string unicodeVersion() {
    UVersionInfo version{};
    u_getUnicodeVersion(version);
    return std::to_string(version[0]) + '.' + std::to_string(version[1]);
}

} // namespace sscope
