#include "core/diagnostics/netlink_source.h"

#include <algorithm>
#include <cerrno>

#include <linux/netlink.h>
#include <sys/socket.h>

namespace sscope {

namespace {

// The kernel fills as much of a message as the largest receive so far has offered, up to 32 KiB.
constexpr std::size_t bufferSize = 64 << 10;
constexpr int mostTries = 4;

} // namespace

Result<void> NetlinkSource::open() {
    if (m_fd.isOpen())
        return {};
    m_fd.reset(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (!m_fd.isOpen())
        return Failure(systemError(errno, "socket", "NETLINK_SOCK_DIAG"));
    m_buffer = std::make_unique_for_overwrite<std::byte[]>(bufferSize);
    return {};
}

Result<void> NetlinkSource::read(const DiagRequest& request, std::vector<SocketRow>& rows) {
    if (auto opened = open(); !opened)
        return opened;
    const std::size_t before = rows.size();
    for (int i = 0; i < mostTries; ++i) {
        rows.resize(before);
        const auto whole = ask(encodeDiagRequest(request, ++m_sequence), request, rows);
        if (!whole)
            return Failure(whole.error());
        if (*whole)
            break;
    }
    return {};
}

std::optional<SocketRow> NetlinkSource::readOne(const SocketRow& known) {
    if (!open())
        return std::nullopt;
    const auto found = [&](const std::vector<SocketRow>& rows) -> std::optional<SocketRow> {
        const auto it = std::ranges::find(rows, known.cookie, &SocketRow::cookie);
        return it == rows.end() ? std::nullopt : std::optional(*it);
    };
    const DiagRequest request = requestFor(known, true);
    std::vector<SocketRow> rows;
    if (canAskForOne(known.protocol) && ask(encodeDiagRequest(known, ++m_sequence), request, rows))
        return found(rows);
    if (known.protocol == SocketProtocol::Unix && known.inode != 0)
        return std::nullopt;
    // It has connected, shares its port, or has gone: who is on its port tells.
    rows.clear();
    return read(request, rows) ? found(rows) : std::nullopt;
}

std::optional<SocketState> NetlinkSource::stateOf(const DiagEnds& ends) {
    std::vector<SocketRow> rows;
    const DiagRequest request{SocketProtocol::Tcp, ends.local.isIpv6 ? AF_INET6 : AF_INET};
    if (!open() || !ask(encodeDiagRequest(ends, ++m_sequence), request, rows) || rows.empty())
        return std::nullopt;
    return rows.front().state;
}

Result<bool> NetlinkSource::ask(const std::vector<std::byte>& message, const DiagRequest& request,
                                std::vector<SocketRow>& rows) {
    const auto failed = [&](const char* operation) {
        Error error = systemError(errno, operation, "NETLINK_SOCK_DIAG");
        m_fd.reset(); // what is left of the answers goes with it
        return Failure(std::move(error));
    };
    if (::send(m_fd.get(), message.data(), message.size(), 0) < 0)
        return failed("send");
    DiagDecoder decoder(request, m_sequence, rows);
    for (;;) {
        const ssize_t count = ::recv(m_fd.get(), m_buffer.get(), bufferSize, 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed("receive");
        const auto outcome = decoder.take({m_buffer.get(), static_cast<std::size_t>(count)});
        if (!outcome)
            return Failure(outcome.error());
        if (*outcome == DiagDecoder::Outcome::Done)
            return !decoder.wasInterrupted();
    }
}

} // namespace sscope
