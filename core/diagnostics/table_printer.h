#pragma once

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/diagnostics/socket_row.h"
#include "core/diagnostics/table_style.h"

namespace sscope {

/// The rows as text, a line each, with the style's columns; safe to print. In the order given.
std::string printTable(std::span<const SocketRow> rows, TableStyle style, bool withHeader,
                       const Names* names = nullptr);

/// A row with the keys of INTERFACE.md, as a JSON object without line breaks.
void appendJson(std::string& out, const SocketRow& row);
/// The same as a value.
nlohmann::ordered_json toJson(const SocketRow& row);

/// By protocol, local end and remote end.
void sortForReading(std::vector<SocketRow>& rows);

} // namespace sscope
