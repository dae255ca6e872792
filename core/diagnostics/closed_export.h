#pragma once

#include <span>
#include <string>

#include "core/diagnostics/closed_history.h"

namespace sscope {

// Closed sockets as the table's own CSV and JSON (INTERFACE.md), with what only they have in front:
// closed_at (RFC 3339, UTC), lived_ms (empty, or null, where it lived between two refreshes),
// listener_owners (who holds the listener of its port, where its own are not known) and lost. In a
// gap lost is how many sockets closed in it, 0 where that is not known, and all else but closed_at
// is empty.

/// With a header.
std::string printClosedCsv(std::span<const SharedEntry> entries);
/// An array of one object each; a gap's has closed_at and lost alone.
std::string printClosedJson(std::span<const SharedEntry> entries);

} // namespace sscope
