#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// The cells as a line of CSV (RFC 4180, but with LF). A cell that a spreadsheet would take for a
/// formula (it begins with = + - @, tab or CR) gets a ' before it.
std::string csvLine(std::span<const std::string> cells);

/// The rows with the keys of INTERFACE.md as columns, and what is one object there in several.
std::string printCsv(std::span<const SocketRow> rows, bool withHeader = true);

} // namespace sscope
