#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace sscope::cli {

/// The value on a line of its own. What is not UTF-8, which no text should hold, is replaced.
inline std::string jsonLine(const nlohmann::ordered_json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

} // namespace sscope::cli
