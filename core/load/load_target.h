#pragma once

#include "core/base/cancel_signal.h"
#include "core/base/unique_fd.h"
#include "core/load/load_config.h"

namespace sscope {

/// Where a load goes: the first address of its endpoint that answers, and the connection that has
/// shown it, which becomes the load's first.
struct LoadTarget {
    SocketAddress address;
    UniqueFd first;
};

/// Looks up and tries each address in turn. Blocks until one answers, none does, or it is cancelled
/// (nothing then).
Result<std::optional<LoadTarget>> findLoadTarget(const LoadConfig& config,
                                                 const CancelSignal& cancel);

} // namespace sscope
