#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// What is on the table now, offered as values. Texts are from outside.
struct FilterVocabulary {
    std::vector<std::string> processes;
    std::vector<std::string> users;
    std::vector<SocketState> states;
};

/// One way to go on.
struct FilterCompletion {
    std::size_t begin = 0, end = 0; // the bytes that are replaced
    std::string text;               // by this; quoted where it needs to be
    std::string note;               // what a key means, in English; empty for values
};

/// How the word before cursor (a byte's offset) may go on: keys and values, best first, at most 50.
/// Nothing where the word is whole already, or within quotes and regular expressions.
std::vector<FilterCompletion> completeFilter(std::string_view text, std::size_t cursor,
                                             const FilterVocabulary& vocabulary);

} // namespace sscope
