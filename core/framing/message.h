#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/message_offsets.h"

namespace sscope {

/// One member of a message's header. What is no string keeps its JSON text.
struct HeaderField {
    std::string name;
    std::string value;
    bool isString = true;

    bool operator==(const HeaderField&) const = default;
};

/// One message; what it refers to is valid for the call that it is passed to.
struct Message {
    ByteView content;
    std::span<const HeaderField> header{}; // of framings that have one
    ByteView headerText{};                 // as it came, or goes, over the wire
    MessageOffsets offsets{};
};

/// The value of a header's field; empty where there is none.
inline std::string_view fieldValue(std::span<const HeaderField> header, std::string_view name) {
    const auto it = std::ranges::find(header, name, &HeaderField::name);
    return it == header.end() ? std::string_view() : std::string_view(it->value);
}

} // namespace sscope
