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

/// As netstat and lsof write it: "STREAM".
const char* upperTypeText(SocketType type);

/// netstat has a list of its own for Unix sockets: Proto, RefCnt, Flags, Type, State, I-Node,
/// PID/Program name, Path.
std::vector<std::string> netstatUnixCells(const SocketRow& row);

} // namespace sscope
