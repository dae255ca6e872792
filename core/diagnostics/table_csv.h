#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/diagnostics/socket_row.h"
#include "core/diagnostics/table_style.h"

namespace sscope {

/// The cells as a line of CSV (RFC 4180, but with LF). A cell that a spreadsheet would take for a
/// formula (it begins with = + - @, tab or CR) gets a ' before it.
std::string csvLine(std::span<const std::string> cells);

/// "812/nginx fd 6; 813/nginx fd 6", safe to show.
std::string csvOwners(std::span<const SocketOwner> owners);

// A table of the style Full has the keys of INTERFACE.md as columns, and what is one object there
// in several; the other styles have their tool's. event, where it is not null, is what became of
// the row, in a column of its own in front.
std::string csvHeader(TableStyle style, bool hasEvent = false);
/// One line, or as many as the style has for the row.
std::string csvLines(const SocketRow& row, TableStyle style, const char* event = nullptr,
                     const Names* names = nullptr);

std::string printCsv(std::span<const SocketRow> rows, bool withHeader = true);

} // namespace sscope
