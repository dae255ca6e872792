#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/diagnostics/socket_row.h"

namespace sscope {

enum class TableStyle { Full, Netstat };

std::optional<TableStyle> tableStyleFrom(std::string_view name);

/// The rows as text, a line each, with the style's columns; safe to print. Ordered by protocol,
/// local end and remote end.
std::string printTable(std::span<const SocketRow> rows, TableStyle style, bool withHeader);

/// A row with the keys of INTERFACE.md.
nlohmann::ordered_json toJson(const SocketRow& row);

/// By protocol, local end and remote end.
void sortForReading(std::vector<SocketRow>& rows);

} // namespace sscope
