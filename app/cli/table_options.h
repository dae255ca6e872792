#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/diagnostics/socket_filter.h"
#include "core/diagnostics/socket_table.h"
#include "core/diagnostics/table_style.h"

namespace sscope::cli {

/// What is asked of `socketscope table`.
struct TableOptions {
    TableKinds kinds;
    TableStyle style = TableStyle::Full;
    SocketFilter filter;
    bool json = false;
    bool csv = false;
    bool header = true;
    bool numeric = true;
    std::optional<Duration> watch;

    /// Details cost a kernel that has many sockets time, so they are read where they are shown.
    [[nodiscard]] DetailsFor details() const;
};

/// An exit code where the command is over.
std::variant<TableOptions, int> parseTable(const std::vector<std::string>& words);

} // namespace sscope::cli
