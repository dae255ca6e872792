#pragma once

#include <chrono>

#include <QString>

#include "core/diagnostics/name_lookup.h"
#include "ui/connections/connection_columns.h"
#include "ui/connections/connection_entries.h"

namespace sscope {

/// What the cells of our own view say. Text from outside is made safe to show.
namespace connection_text {

Qt::Alignment alignmentOf(int column);
QString headerOf(int column);
QString headerTipOf(int column);
/// names may be null.
QString cell(int column, const ConnectionEntry& entry, const Names* names);
/// Every owner, a line each, or why there is none.
QString ownersTip(const SocketRow& row);

} // namespace connection_text

/// The same moment as clockText takes it.
WallTime wallTimeOf(std::chrono::system_clock::time_point time);
/// "no permission", "kernel", "none" where a row has no owner to name.
QString ownerWords(const SocketRow& row);

} // namespace sscope
