#pragma once

#include <string>

#include <sys/types.h>

#include "core/base/result.h"

namespace sscope {

/// Makes way for a Unix socket at path: removes a socket there only where a connect has proved
/// that nobody listens (ECONNREFUSED). A live server, a symbolic link and any other file are left
/// alone, and are an error. Abstract names (@NAME) need no way. Blocks for no longer than a connect
/// within this machine does.
Result<void> clearStaleUnixPath(const std::string& path);

/// The file of a Unix socket that has been bound; removed when this goes, unless somebody else has
/// put another in its place.
class UnixPathGuard {
public:
    UnixPathGuard() = default;
    /// path as in an endpoint; nothing is guarded for an empty or abstract one.
    explicit UnixPathGuard(const std::string& path);
    UnixPathGuard(UnixPathGuard&& other) noexcept;
    UnixPathGuard& operator=(UnixPathGuard&& other) noexcept;
    ~UnixPathGuard();

private:
    void remove();

    std::string m_path;
    dev_t m_device = 0;
    ino_t m_inode = 0;
};

} // namespace sscope
