#pragma once

#include "core/diagnostics/socket_row.h"

namespace sscope {

/// Whether a descriptor of a process can refer to it; the kernel itself keeps the rest: TIME_WAIT
/// and the like, and its own ends of netlink, whose port is 0 (netlink(7)).
inline bool canHaveOwner(const SocketRow& row) {
    return row.inode != 0 && (row.protocol != SocketProtocol::Netlink || row.portId != 0);
}

} // namespace sscope
