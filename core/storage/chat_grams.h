#pragma once

#include <string>
#include <string_view>

namespace sscope {

// The grams of a text are its characters, and the pieces of three that begin at each of them; at
// its end these are shorter. A text can only hold another if it has its grams. They are written so
// that FTS5's tokenizer `ascii` (https://sqlite.org/fts5.html) makes a token of each.

/// All grams of a folded text, each once, with a space after each.
std::string gramsOf(std::string_view folded);
/// A query of FTS5 for the texts that may hold a folded one, of one character or more. One of two
/// asks for all grams that begin with it, which takes longer.
std::string gramQuery(std::string_view folded);
/// False where it asks for beginnings.
bool isOfWholeGrams(std::string_view folded);

} // namespace sscope
