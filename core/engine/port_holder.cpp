#include "core/engine/port_holder.h"

#include <algorithm>
#include <cerrno>
#include <set>

#include "core/diagnostics/socket_table.h"

namespace sscope {

namespace {

/// Rows that keep a bind from their port.
bool holdsPort(const SocketRow& row) {
    return row.protocol == SocketProtocol::Udp || row.state == SocketState::Listen ||
           row.state == SocketState::Bound;
}

int freePortAfter(int port, const std::set<int>& taken) {
    for (int candidate = port + 1; candidate <= 65535; ++candidate) {
        if (!taken.contains(candidate))
            return candidate;
    }
    return 0;
}

} // namespace

void explainPortInUse(Error& error) {
    if (error.hint.kind != Hint::Kind::PortTaken)
        return;
    const auto endpoint = parseEndpoint(error.subject);
    if (!endpoint)
        return;
    const bool isTcp = error.hint.text == transportName(Transport::Tcp);
    SocketTable table({.tcp = isTcp, .udp = !isTcp});
    if (!table.refresh(SteadyClock::now()))
        return;
    const int port = endpoint->port;
    std::set<int> taken;
    const SocketOwner* holder = nullptr;
    const std::vector<SocketRow> rows = table.rows();
    for (const SocketRow& row : rows) {
        if (!holdsPort(row))
            continue;
        taken.insert(row.localPort);
        if (row.localPort == port && !row.owners.empty() && !holder)
            holder = &row.owners.front();
    }
    error.hint.port = freePortAfter(port, taken);
    if (!holder)
        return;
    error.hint.kind = Hint::Kind::PortHeld;
    error.hint.text = holder->process->command;
    error.hint.number = holder->process->pid;
}

} // namespace sscope
