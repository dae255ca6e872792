#pragma once

#include <string>
#include <vector>

namespace sscope {

/// As execve(2) takes words, which it does not change: pointers into them, and a null.
inline std::vector<char*> argumentVector(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    return arguments;
}

} // namespace sscope
