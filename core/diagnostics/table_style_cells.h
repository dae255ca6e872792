#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/diagnostics/name_lookup.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

// A cell for each column of the style, safe to show; see table_style.h.
std::vector<std::string> fullCells(const SocketRow& row, const Names* names);
std::vector<std::string> netstatCells(const SocketRow& row, const Names* names);
std::vector<std::string> lsofCells(const SocketRow& row, std::size_t owner, const Names* names);
std::vector<std::string> ssCells(const SocketRow& row, const Names* names);

} // namespace sscope
