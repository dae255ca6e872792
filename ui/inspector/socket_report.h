#pragma once

#include <QString>

#include "core/base/clock.h"

namespace sscope {

class InspectedSocket;

/// "ESTABLISHED for 1 m 5 s"; "gone at 14:31:02" of one that is no more.
QString stayText(const InspectedSocket& socket, TimePoint now);
/// All that the inspector shows, as plain text, a line for each.
QString socketReport(const InspectedSocket& socket, TimePoint now);

} // namespace sscope
