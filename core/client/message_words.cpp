#include "core/client/message_words.h"

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/hex.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

enum class Form { Plain, Escapes, Hex };

bool isShown(char32_t c) {
    return !isHiddenCharacter(c);
}

/// Bytes that are no text that can be shown.
std::size_t unshownBytes(std::string_view bytes) {
    std::size_t count = 0;
    while (!bytes.empty()) {
        const Utf8Step step = decodeUtf8(bytes);
        if (!step.valid || !isShown(step.codePoint))
            count += step.length;
        bytes.remove_prefix(step.length);
    }
    return count;
}

std::string escaped(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const Utf8Step step = decodeUtf8(bytes);
        const char c = bytes.front();
        if (c == '\n')
            text += "\\n";
        else if (c == '\r')
            text += "\\r";
        else if (c == '\t')
            text += "\\t";
        else if (c == '\\')
            text += "\\\\";
        else if (step.valid && isShown(step.codePoint))
            text += bytes.substr(0, step.length);
        else
            for (const char byte : bytes.substr(0, step.length))
                text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
        bytes.remove_prefix(step.length);
    }
    return text;
}

Form formOf(const std::vector<std::string>& messages) {
    std::size_t all = 0;
    std::size_t unshown = 0;
    for (const std::string& message : messages) {
        all += message.size();
        unshown += unshownBytes(message);
    }
    if (unshown == 0)
        return Form::Plain;
    return unshown * 4 > all ? Form::Hex : Form::Escapes;
}

} // namespace

MessageWords messageWords(const std::vector<std::string>& messages) {
    const Form form = formOf(messages);
    MessageWords made;
    if (form != Form::Plain)
        made.option = form == Form::Hex ? "--hex" : "--escapes";
    for (const std::string& message : messages)
        made.words.push_back(form == Form::Hex       ? toHex(bytesOf(message))
                             : form == Form::Escapes ? escaped(message)
                                                     : message);
    return made;
}

} // namespace sscope
