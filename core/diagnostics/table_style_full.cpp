#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/diagnostics/socket_filter.h"
#include "core/diagnostics/table_style_cells.h"

namespace sscope {

namespace {

std::string ownersText(const SocketRow& row) {
    switch (ownerWord(row)) {
    case OwnerWord::NoPermission:
        return "no permission";
    case OwnerWord::Kernel:
        return "kernel";
    case OwnerWord::None:
        return "-";
    case OwnerWord::Named:
        break;
    }
    std::string text;
    for (const SocketOwner& owner : row.owners) {
        if (!text.empty())
            text += ", ";
        text += fmt::format("{}/{} fd {}", owner.process->pid, displaySafe(owner.process->command),
                            owner.fd);
    }
    return text;
}

std::string endText(const IpAddress& address, std::uint16_t port, SocketProtocol protocol,
                    const Names& names) {
    const std::string host = names.host(address);
    const std::string service = names.port(protocol, port);
    const bool needsBrackets = host.empty() && address.isIpv6 && !address.isMapped();
    return fmt::format("{}{}{}:{}", needsBrackets ? "[" : "", host.empty() ? address.text() : host,
                       needsBrackets ? "]" : "", service.empty() ? std::to_string(port) : service);
}

} // namespace

std::vector<std::string> fullCells(const SocketRow& row, const Names* names) {
    std::string local = row.localText();
    std::string remote = row.remoteText();
    if (names && isInet(row.protocol)) {
        local = endText(row.localAddress, row.localPort, row.protocol, *names);
        if (row.hasPeer())
            remote = endText(row.remoteAddress, row.remotePort, row.protocol, *names);
    }
    return {protocolText(row.protocol),
            stateText(row.state),
            std::to_string(row.receiveQueue),
            std::to_string(row.sendQueue),
            local.empty() ? "*" : displaySafe(local),
            displaySafe(remote),
            row.user.empty() ? "-" : displaySafe(row.user),
            ownersText(row)};
}

} // namespace sscope
