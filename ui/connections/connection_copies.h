#pragma once

#include <span>
#include <vector>

#include <QString>

#include "core/diagnostics/socket_row.h"

namespace sscope::connection_copies {

/// Rows as a person pastes them somewhere else.
QString csv(std::span<const SocketRow> rows);
QString json(std::span<const SocketRow> rows);
/// Any of the rows, as an expression of ss(8) and as a filter of ours. Empty where there is none.
QString ssFilter(std::span<const SocketRow> rows);
QString filter(std::span<const SocketRow> rows);

} // namespace sscope::connection_copies
