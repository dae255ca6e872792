#pragma once

#include <vector>

#include <QString>

namespace sscope {

/// Where a web address stands in a text, in UTF-16 units.
struct WebAddress {
    int start = 0;
    int length = 0;

    bool operator==(const WebAddress&) const = default;
};

/// The addresses of http and https that a person can be shown as links, of the characters of RFC
/// 3986 alone. A full stop and the like after one is the sentence's, and so is a bracket that was
/// not opened in it. None where it could mislead: with a hidden character (display_text.h) in it,
/// with a user before its host, or with a host that goes on in other letters.
std::vector<WebAddress> webAddresses(const QString& text);

} // namespace sscope
