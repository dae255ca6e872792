#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// Plain words, joined by "and": a number matches ports and pids, any other word what a row shows,
/// in upper or lower case. An empty filter matches all. A value.
class SocketFilter {
public:
    SocketFilter() = default;
    explicit SocketFilter(std::string_view text);

    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }
    [[nodiscard]] bool matches(const SocketRow& row) const;

private:
    struct Term {
        std::string word; // lower case
        std::optional<std::uint32_t> number;
    };
    std::vector<Term> m_terms;
};

/// What a row says of its owners where it can name none: "no permission", "kernel", or nothing.
enum class OwnerWord { Named, NoPermission, Kernel, None };
OwnerWord ownerWord(const SocketRow& row);

} // namespace sscope
