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
/// other is the entry's other end, or null; names may be null.
QString cell(int column, const ConnectionEntry& entry, const ConnectionEntry* other,
             const Names* names);
/// Every owner, a line each, or why there is none.
QString ownersTip(const SocketRow& row);

} // namespace connection_text

/// The same moment as clockText takes it.
WallTime wallTimeOf(std::chrono::system_clock::time_point time);
/// A Unix socket's peer, whose row may be null: its path or "@name", else its process and its
/// inode, "dbus-daemon 12345", or "* 12345"; "*" where there is none.
QString unixPeerText(const SocketRow& row, const SocketRow* peer);
/// "no permission", "kernel", "none" where a row has no owner to name.
QString ownerWords(const SocketRow& row);

} // namespace sscope
