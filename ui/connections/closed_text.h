#pragma once

#include <vector>

#include <QString>

#include "core/diagnostics/closed_history.h"

namespace sscope {

/// What the cells of the closed sockets say. Text from outside is made safe to show.
namespace closed_text {

QString headerOf(int column);
QString headerTipOf(int column);
bool isRight(int column);
QString cell(const HistoryEntry& entry, int column);
/// All cells, a tab between two.
QString line(const HistoryEntry& entry);
/// Who held it, or who listens on its port, as a word.
QString processText(const ClosedSocket& closed);
/// The cell in full, and under it all that the kernel said of the socket at its end.
QString tipOf(const HistoryEntry& entry, const QString& cell);

} // namespace closed_text

/// Who held it; where that is not known, who holds the listener of its port.
const std::vector<SocketOwner>& holdersOf(const ClosedSocket& closed);

} // namespace sscope
