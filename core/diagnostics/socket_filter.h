#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "core/base/clock.h"
#include "core/diagnostics/filter_fault.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

struct FilterProgram;

/// What a filter may ask of a socket. Refers to the row.
struct RowFacts {
    const SocketRow& row;
    std::optional<Duration> age{}; // since first seen; not known where nobody watches
    bool isOurs = false;           // a socket of our own servers and clients
};

/// The language of INTERFACE.md, read once and matched often. An empty filter matches all. A value
/// that is cheap to copy; may be used by several threads at once.
///
/// "not" binds closer than "and" (a space), that closer than "or". A regular expression is matched
/// in time linear in the text (see filter_regex.h), so that no pattern can stop the table.
class SocketFilter {
public:
    static tl::expected<SocketFilter, FilterFault> parse(std::string_view text);

    [[nodiscard]] bool isEmpty() const { return m_program == nullptr; }
    [[nodiscard]] bool matches(const RowFacts& facts) const;
    [[nodiscard]] bool matches(const SocketRow& row) const { return matches(RowFacts{row}); }
    /// It asks for what stands in SocketDetails (rtt).
    [[nodiscard]] bool needsDetails() const;
    /// A row may come to match, or cease to, with time alone.
    [[nodiscard]] bool needsAge() const;

private:
    std::shared_ptr<const FilterProgram> m_program; // null matches all
};

/// What a row says of its owners where it can name none: "no permission", "kernel", or nothing.
enum class OwnerWord { Named, NoPermission, Kernel, None };
OwnerWord ownerWord(const SocketRow& row);

} // namespace sscope
