#pragma once

#include "core/base/bytes.h"
#include "core/diagnostics/socket_details.h"

namespace sscope {

/// Takes one attribute of an answer (enum INET_DIAG_* of linux/inet_diag.h) into the details; those
/// that say nothing about them are passed over.
void takeInetDetail(int attribute, ByteView value, SocketDetails& details);
/// The same of linux/unix_diag.h.
void takeUnixDetail(int attribute, ByteView value, SocketDetails& details);
/// Eight or nine numbers in the order of SK_MEMINFO_* (linux/sock_diag.h).
SocketMemory socketMemory(ByteView value);
/// struct tcp_info of any kernel's length.
TcpInfo tcpInfo(ByteView value);

} // namespace sscope
