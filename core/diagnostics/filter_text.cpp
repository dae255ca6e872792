#include "core/diagnostics/filter_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace sscope {

namespace {

std::string hostText(const IpAddress& address) {
    return address.text();
}

/// ss(8) wants an IPv6 address in brackets, and a mapped one as it is.
std::string ssHost(const IpAddress& address) {
    if (!address.isIpv6)
        return address.text();
    return address.isMapped() ? "[::ffff:" + address.text() + ']' : '[' + address.text() + ']';
}

} // namespace

std::string filterQuoted(std::string_view word) {
    constexpr std::string_view special = " \t\n()\"'/<>=:\\";
    constexpr std::array<std::string_view, 3> joints{"and", "or", "not"};
    if (!word.empty() && word.find_first_of(special) == std::string_view::npos &&
        std::ranges::find(joints, word) == joints.end())
        return std::string(word);
    std::string quoted = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::string filterFor(const SocketRow& row) {
    std::string filter = fmt::format("proto:{}", protocolText(row.protocol));
    if (isInet(row.protocol)) {
        filter += fmt::format(" src:{} sport:{}", hostText(row.localAddress), row.localPort);
        if (row.hasPeer())
            filter += fmt::format(" dst:{} dport:{}", hostText(row.remoteAddress), row.remotePort);
    }
    if (row.inode != 0)
        filter += fmt::format(" inode:{}", row.inode);
    return filter;
}

std::string ssFilterFor(const SocketRow& row) {
    if (row.protocol == SocketProtocol::Unix)
        return row.path.empty() ? "" : "src unix:" + row.path;
    if (!isInet(row.protocol))
        return {};
    std::string filter = fmt::format("src {}:{}", ssHost(row.localAddress), row.localPort);
    if (row.hasPeer())
        filter += fmt::format(" and dst {}:{}", ssHost(row.remoteAddress), row.remotePort);
    return filter;
}

} // namespace sscope
