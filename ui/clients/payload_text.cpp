#include "ui/clients/payload_text.h"

#include <algorithm>

#include "core/base/display_text.h"
#include "core/base/encoding.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

// The longest character of the encodings that people meet.
constexpr std::size_t longestCharacter = 8;
// Where more is bad, the rest is read leniently at once.
constexpr std::uint64_t mostBad = 1000;
constexpr int escapeColumns = 4;       // \x00
constexpr int longEscapeColumns = 6;   // \u202e
constexpr char32_t firstWide = 0x1100; // Hangul Jamo, and nearly all that is wide, comes after it

PayloadText utf8Text(std::string_view bytes, bool isWhole) {
    PayloadText text{.utf8 = std::string(bytes)};
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const Utf8Step step = decodeUtf8(bytes.substr(at));
        if (!step.valid && !isWhole && bytes.size() - at < longestCharacter / 2)
            break;
        if (!step.valid) {
            text.firstBad = text.badBytes == 0 ? at : text.firstBad;
            text.badBytes += step.length;
        }
        at += step.length;
    }
    return text;
}

} // namespace

PayloadText payloadText(std::string_view bytes, const std::string& encoding, bool isWhole) {
    if (encoding.empty() || encoding == "UTF-8")
        return utf8Text(bytes, isWhole);
    PayloadText text;
    text.isKnown = isKnownEncoding(encoding);
    if (!text.isKnown)
        return text;
    for (std::size_t at = 0; at < bytes.size();) {
        auto read = decodeText(bytes.substr(at), encoding);
        if (read) {
            text.utf8 += *read;
            return text;
        }
        const std::size_t good = read.error().is(Fault::BadSequence)
                                     ? static_cast<std::size_t>(std::stoull(read.error().detail))
                                     : 0;
        if (good > 0)
            text.utf8 += decodeText(bytes.substr(at, good), encoding).value_or("");
        at += good;
        if (!isWhole && bytes.size() - at < longestCharacter)
            return text;
        text.firstBad = text.badBytes == 0 ? at : text.firstBad;
        if (++text.badBytes == mostBad) {
            text.utf8 += decodeLeniently(bytes.substr(at), encoding);
            return text;
        }
        text.utf8 += bytes[at++];
    }
    return text;
}

std::vector<std::uint32_t> wrapLines(std::string_view utf8, int columns) {
    std::vector<std::uint32_t> starts{0};
    int used = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[at]);
        Utf8Step step{first, 1, true};
        int width = first == '\t'                   ? escapeColumns
                    : first < 0x20 || first == 0x7f ? escapeColumns
                                                    : 1;
        if (first >= 0x80) {
            step = decodeUtf8(utf8.substr(at));
            width = !step.valid                         ? escapeColumns
                    : isHiddenCharacter(step.codePoint) ? longEscapeColumns
                    : step.codePoint >= firstWide       ? 2
                                                        : 1;
        }
        if (first == '\n') {
            starts.push_back(static_cast<std::uint32_t>(at + 1));
            used = 0;
        } else if (used + width > columns && used > 0) {
            starts.push_back(static_cast<std::uint32_t>(at));
            used = width;
        } else {
            used += width;
        }
        at += step.length;
    }
    if (starts.back() == utf8.size() && starts.size() > 1)
        starts.pop_back(); // a last line feed ends a line, and begins none
    return starts;
}

} // namespace sscope
