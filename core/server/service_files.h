#pragma once

#include "core/base/result.h"
#include "core/server/server_config.h"

namespace sscope {

/// Reads the files that a service's settings name. Blocks on the disk. Errors are usage errors.
Result<void> loadServiceFiles(ServerConfig& config);

} // namespace sscope
