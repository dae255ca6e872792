#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace sscope {

/// The whole file; ENOENT where there is none. Blocks on the disk.
Result<std::string> readFile(const std::string& path);

/// Writes a file so that it is either the old one or the new one whatever happens: into a temporary
/// file beside it, fsync(2), rename(2), and fsync of the folder, which is made where it is missing.
/// Readable by its owner only. Blocks on the disk.
Result<void> replaceFile(const std::string& path, std::string_view content);

/// Moves a file that cannot be used out of the way, to a name beside it that is free; gives the
/// name.
Result<std::string> moveAside(const std::string& path);

} // namespace sscope
