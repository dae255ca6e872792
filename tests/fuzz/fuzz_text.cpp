// Invariant: what is shown is visible UTF-8, what is written in a notation reads back, errors name
// a column inside.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/display_text.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/escapes.h"
#include "core/base/hex.h"
#include "core/base/shell_words.h"
#include "core/base/units.h"
#include "core/base/utf8.h"

using namespace sscope;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

void isVisible(std::string_view text) {
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        require(step.valid && !isHiddenCharacter(step.codePoint));
        text.remove_prefix(step.length);
    }
}

void readsBack(const std::string& text) {
    const auto bytes = fromHex(toHex(bytesOf(text)));
    require(bytes && textOf(*bytes) == text);
    if (text.find('\0') == std::string::npos) {
        const auto words = splitShellWords(shellQuoted(text));
        require(words && words->size() == 1 && words->front() == text);
    }
    if (isUtf8(text)) {
        const auto utf16 = encodeText(text, "UTF-16LE");
        require(utf16.has_value());
        const auto again = decodeText(*utf16, "UTF-16LE");
        require(again && *again == text);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    isVisible(displaySafe(text));
    readsBack(text);
    for (const auto& error :
         {readEscapes(text).map([](const auto&) {}), fromHex(text).map([](const auto&) {}),
          splitShellWords(text).map([](const auto&) {}),
          decodeText(text, "GBK").map([](const auto&) {})})
        if (!error)
            isVisible(errorText(error.error()));
    (void)parseBytes(text);
    return 0;
}
