#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/framing/framings.h"

namespace sscope {

using FileBytes = std::shared_ptr<const std::vector<std::byte>>;

/// The most of a file that is held in memory.
constexpr std::size_t mostFileBytes = 16 << 20;

// Both block on the disk: for a worker (ui/common/worker.h). What is no regular file fails with
// Fault::NotAFile.

/// All of a file; one that is too long fails with Fault::MessageTooLong.
Result<FileBytes> readWholeFile(const std::string& path);
/// The size of a file that is to be one message; fails where the framing cannot carry it. Reads it
/// where its bytes decide that.
Result<std::uint64_t> checkFile(const std::string& path, const Framing& framing);

} // namespace sscope
