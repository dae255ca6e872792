#pragma once

#include <memory>
#include <string>

#include "core/engine/table_reader.h"

namespace sscope {

/// Rows as the table's tests need them: on 127.0.0.1, of the user mira.
inline SocketRow makeRow(std::uint64_t cookie, std::uint16_t local, std::uint16_t remote = 0,
                         SocketState state = SocketState::Established) {
    SocketRow row;
    row.cookie = cookie;
    row.inode = static_cast<std::uint32_t>(cookie);
    row.state = state;
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = local;
    if (remote != 0) {
        row.remoteAddress.bytes = {127, 0, 0, 1};
        row.remotePort = remote;
    }
    row.user = "mira";
    row.hasUid = true;
    return row;
}

inline SocketRow makeUnixRow(std::uint64_t cookie, std::uint32_t peer,
                             const std::string& path = {}) {
    SocketRow row;
    row.cookie = cookie;
    row.inode = static_cast<std::uint32_t>(cookie);
    row.protocol = SocketProtocol::Unix;
    row.family = 0;
    row.state = peer == 0 ? SocketState::Listen : SocketState::Established;
    row.peerInode = peer;
    row.path = path;
    return row;
}

inline void setOwner(SocketRow& row, int pid, const std::string& command) {
    row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{pid, command}), 3}};
}

inline TableUpdate makeUpdate(TableChange change, int second = 0) {
    return {TimePoint(std::chrono::seconds(1000 + second)), std::move(change), {}};
}

} // namespace sscope
