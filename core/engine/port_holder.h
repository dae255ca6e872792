#pragma once

#include "core/base/error.h"
#include "core/net/endpoint.h"

namespace sscope {

/// Names the process that holds the port of a failed bind, and a port nearby that is free, in the
/// error's hint. Reads the socket table: not for the GUI's thread. Leaves other errors alone.
void explainPortInUse(Error& error);

} // namespace sscope
