#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

/// What the service `message` searches in: from what is asked to the answer, as JSON text.
using Dictionary = std::map<std::string, std::string, std::less<>>;

/// The entries of the Python sockets tutorial.
const Dictionary& builtInDictionary();

/// Reads a JSON object (strict_json.h). Fault::BadJson says what is wrong and where.
Result<Dictionary> parseDictionary(std::string_view json);

} // namespace sscope
