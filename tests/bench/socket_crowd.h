#pragma once

#include <cstddef>

#include <sys/types.h>

namespace sscope::bench {

/// A process that holds both ends of many loopback connections; ended when this goes.
class SocketCrowd {
public:
    /// Two TCP sockets for each connection. Aborts where the system does not give them.
    explicit SocketCrowd(std::size_t connections);
    SocketCrowd(const SocketCrowd&) = delete;
    SocketCrowd& operator=(const SocketCrowd&) = delete;
    ~SocketCrowd();

private:
    pid_t m_pid = -1;
};

} // namespace sscope::bench
