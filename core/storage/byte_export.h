#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "core/base/byte_source.h"

namespace sscope {

/// How far an export has come; shared by the thread that writes and who looks on.
struct ExportProgress {
    std::atomic<std::uint64_t> done = 0; // bytes
    std::atomic<bool> isCancelled = false;
};

/// Writes all that a source gives to a file; the number of bytes. The file is the old one, or none,
/// until all is there: a temporary file beside it is written, fsync(2), rename(2). Readable as
/// umask(2) says. Where it is cancelled the errno is ECANCELED. Blocks on the disk.
Result<std::uint64_t> exportBytes(const std::string& path, ByteSource& source,
                                  ExportProgress& progress);

} // namespace sscope
