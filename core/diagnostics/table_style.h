#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics/socket_row.h"

namespace sscope {

class Names;

/// Columns, order and formats of a tool: netstat(8) -tunap, lsof(8) -i, ss(8) -tunap; or our own.
enum class TableStyle : std::uint8_t { Full, Netstat, Lsof, Ss };
inline constexpr std::array everyTableStyle{TableStyle::Full, TableStyle::Netstat, TableStyle::Lsof,
                                            TableStyle::Ss};

const char* tableStyleName(TableStyle style);
std::optional<TableStyle> tableStyleFrom(std::string_view name);

struct StyleColumn {
    const char* title; // as the tool prints it; not translated
    bool isRight;      // numbers
};

std::span<const StyleColumn> styleColumns(TableStyle style);
/// False where the tool would have no line for the row: TCP sockets that are only bound in all
/// three, packet and netlink sockets in netstat, those without a process in lsof.
bool styleShows(TableStyle style, const SocketRow& row);
/// Lines that the row has: lsof has one for each owner, the others have one.
std::size_t styleLines(TableStyle style, const SocketRow& row);
/// A cell for each column, safe to show. Numbers stand for hosts and ports where names is null or
/// does not know them.
std::vector<std::string> styleCells(TableStyle style, const SocketRow& row, std::size_t owner = 0,
                                    const Names* names = nullptr);

} // namespace sscope
