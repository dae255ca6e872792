#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"

namespace sscope {

/// A file without a name, which goes with its descriptor: in the first of the folders that takes
/// one; the first folder is made where it is missing. Fails as the last has.
Result<UniqueFd> openNamelessFile(const std::vector<std::string>& folders);

/// Folders for what may be larger than the memory: the cache of this person, /var/tmp, /tmp.
std::vector<std::string> spaciousFolders();

} // namespace sscope
