#pragma once

#include <memory>
#include <string>

#include "core/base/byte_source.h"

namespace sscope {

/// A file that is read as its bytes are wanted, with a few bytes after it. It gives as many as the
/// file had when it was opened; one that becomes shorter fails with FileShrank. Fails where it
/// cannot be opened, and with NotAFile for a folder, a pipe or a device. Blocks on the disk.
Result<std::unique_ptr<ByteSource>> openFileSource(const std::string& path,
                                                   std::string suffix = {});

} // namespace sscope
