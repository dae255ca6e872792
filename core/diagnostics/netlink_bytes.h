#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>

#include <linux/netlink.h>

#include "core/base/bytes.h"

namespace sscope {

// Messages and attributes of netlink(7), read without a byte outside those given.

/// The struct at the front of the bytes, copied, since netlink aligns to 4 bytes only.
template <typename T>
requires std::is_trivially_copyable_v<T> std::optional<T> frontOf(ByteView bytes) {
    if (bytes.size() < sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

/// The same of a struct that other kernels know shorter or longer: what is not there is 0.
template <typename T>
requires std::is_trivially_copyable_v<T> T prefixOf(ByteView bytes) {
    T value{};
    if (!bytes.empty()) // memcpy(3) takes no null pointer, not even for nothing
        std::memcpy(&value, bytes.data(), std::min(sizeof value, bytes.size()));
    return value;
}

/// Calls visit(type, payload) for each attribute that lies within the bytes.
template <typename Visit>
void eachAttribute(ByteView attributes, Visit&& visit) {
    while (const auto header = frontOf<nlattr>(attributes)) {
        if (header->nla_len < sizeof(nlattr) || header->nla_len > attributes.size())
            return;
        visit(header->nla_type & NLA_TYPE_MASK,
              attributes.subspan(sizeof(nlattr), header->nla_len - sizeof(nlattr)));
        attributes = attributes.subspan(
            std::min<std::size_t>(attributes.size(), NLA_ALIGN(header->nla_len)));
    }
}

} // namespace sscope
