#include "core/storage/chat_grams.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/utf8.h"

namespace sscope {

namespace {

// Characters of 21 bits, the first in the highest; 0 for none.
using Gram = std::uint64_t;
constexpr int characterBits = 21;
constexpr std::size_t gramSize = 3;
// The tokenizer splits at ASCII that is no letter or digit; here it stands for itself.
constexpr char32_t privateUse = 0xE000;
// What a query asks for; more would narrow it no further, and each is looked up.
constexpr std::size_t mostAskedFor = 16;

std::vector<char32_t> charactersOf(std::string_view text) {
    std::vector<char32_t> characters;
    characters.reserve(text.size());
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        text.remove_prefix(step.length);
        const char32_t c = step.codePoint;
        const bool isWord = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        characters.push_back(isWord ? c : privateUse + c);
    }
    return characters;
}

Gram gramAt(const std::vector<char32_t>& characters, std::size_t at) {
    Gram gram = 0;
    for (std::size_t i = at; i < at + gramSize; ++i)
        gram = (gram << characterBits) | (i < characters.size() ? characters[i] : 0);
    return gram;
}

void appendGram(std::string& out, Gram gram) {
    constexpr Gram mask = (Gram(1) << characterBits) - 1;
    for (int shift = 2 * characterBits; shift >= 0; shift -= characterBits) {
        const Gram c = (gram >> shift) & mask;
        if (c != 0)
            appendUtf8(out, static_cast<char32_t>(c));
    }
}

void keepEachOnce(std::vector<Gram>& grams) {
    std::ranges::sort(grams);
    grams.erase(std::unique(grams.begin(), grams.end()),
                grams.end()); // clang 14 cannot read ranges::unique
}

} // namespace

std::string gramsOf(std::string_view folded) {
    const std::vector<char32_t> characters = charactersOf(folded);
    std::vector<Gram> grams;
    grams.reserve(2 * characters.size());
    for (std::size_t i = 0; i < characters.size(); ++i) {
        grams.push_back(gramAt(characters, i));
        grams.push_back(Gram(characters[i]) << (2 * characterBits));
    }
    keepEachOnce(grams);
    std::string text;
    text.reserve(grams.size() * 6);
    for (const Gram gram : grams) {
        appendGram(text, gram);
        text += ' ';
    }
    return text;
}

bool isOfWholeGrams(std::string_view folded) {
    return charactersOf(folded).size() != 2;
}

std::string gramQuery(std::string_view folded) {
    const std::vector<char32_t> characters = charactersOf(folded);
    const bool isShort = characters.size() < gramSize;
    std::vector<Gram> grams;
    const std::size_t count = isShort ? 1 : characters.size() - gramSize + 1;
    const std::size_t step = (count + mostAskedFor - 1) / mostAskedFor;
    for (std::size_t i = 0; i < count; i += step)
        grams.push_back(gramAt(characters, i));
    keepEachOnce(grams);
    std::string query;
    for (const Gram gram : grams) {
        query += query.empty() ? "\"" : " \"";
        appendGram(query, gram);
        query += isOfWholeGrams(folded) ? "\"" : "\"*";
    }
    return query;
}

} // namespace sscope
