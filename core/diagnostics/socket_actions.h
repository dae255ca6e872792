#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/diagnostics/socket_row.h"

namespace sscope {

// Both are short, but they do wait for the kernel: not for the window's thread.

/// Closes a TCP or UDP socket, whoever holds it, as `ss -K` does (SOCK_DESTROY): its process gets
/// ECONNABORTED, and a TCP peer a reset. By cookie, so that never another one is met. EPERM where
/// CAP_NET_ADMIN is missing, EOPNOTSUPP where the kernel was built without it or the kind cannot
/// be closed, ENOTCONN where it is gone.
Result<void> destroySocket(const SocketRow& row);

/// Ends a process by SIGTERM, or SIGKILL where it is forced. startTime is that of ProcessInfo:
/// where the pid is another process's by now, or it is 0, ESRCH. Process 1 and this one are
/// refused.
Result<void> endProcess(int pid, std::uint64_t startTime, bool isForced);

} // namespace sscope
