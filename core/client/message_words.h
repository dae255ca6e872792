#pragma once

#include <string>
#include <vector>

namespace sscope {

/// Messages as `socketscope send` takes them as words.
struct MessageWords {
    std::string option; // "--escapes", "--hex", or empty where they stand as they are
    std::vector<std::string> words;
};

/// Text as it is where all of it can be shown, else with escapes; hex where little of it is text.
MessageWords messageWords(const std::vector<std::string>& messages);

} // namespace sscope
