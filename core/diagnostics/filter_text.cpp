#include "core/diagnostics/filter_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/diagnostics/filter_words.h"

namespace sscope {

namespace {

/// What neither a shell nor ss takes for something else.
bool isPlainPath(std::string_view path) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.@-";
    return !path.empty() && path.find_first_not_of(plain) == std::string_view::npos;
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
    const bool isJoint = std::ranges::any_of(
        joints, [&](std::string_view joint) { return isSameWord(joint, word); });
    const bool isNumber = word.find_first_not_of("0123456789-") == std::string_view::npos;
    if (word.find_first_of(special) == std::string_view::npos && !isJoint && !isNumber)
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
        filter += fmt::format(" src:{} sport:{}", row.localAddress.text(), row.localPort);
        if (row.hasPeer())
            filter += fmt::format(" dst:{} dport:{}", row.remoteAddress.text(), row.remotePort);
    }
    if (row.inode != 0)
        filter += fmt::format(" inode:{}", row.inode);
    return filter;
}

std::string ssFilterFor(const SocketRow& row) {
    if (row.protocol == SocketProtocol::Unix)
        return isPlainPath(row.path) ? "src unix:" + row.path : "";
    if (!isInet(row.protocol))
        return {};
    std::string filter = fmt::format("src {}:{}", ssHost(row.localAddress), row.localPort);
    if (row.hasPeer())
        filter += fmt::format(" and dst {}:{}", ssHost(row.remoteAddress), row.remotePort);
    return filter;
}

} // namespace sscope
