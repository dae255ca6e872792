#include "core/diagnostics/socket_actions.h"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/base/unique_fd.h"
#include "core/diagnostics/proc_processes.h"
#include "core/diagnostics/sock_diag_codec.h"

namespace sscope {

namespace {

std::string nameOf(const SocketRow& row) {
    return row.hasPeer() ? row.localText() + " - " + row.remoteText() : row.localText();
}

/// Its capability, where that is what is missing.
Error explained(Error error, const char* capability) {
    if (error.isErrno(EPERM) || error.isErrno(EACCES))
        error.hint = {.kind = Hint::Kind::Permission, .text = capability};
    return error;
}

/// The question for the one socket, sent as an order.
std::vector<std::byte> destroyRequest(SocketRow row) {
    // Of UDP the order has the ends the right way round, the question does not.
    if (row.protocol != SocketProtocol::Tcp) {
        std::swap(row.localAddress, row.remoteAddress);
        std::swap(row.localPort, row.remotePort);
    }
    std::vector<std::byte> message = encodeDiagRequest(row, 1);
    const std::uint16_t type = SOCK_DESTROY;
    std::memcpy(message.data() + offsetof(nlmsghdr, nlmsg_type), &type, sizeof type);
    return message;
}

/// 0 where it has ended, or is hidden from us.
std::uint64_t startTimeOf(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string text;
    std::getline(file, text, '\0');
    return startTimeIn(text);
}

} // namespace

Result<void> destroySocket(const SocketRow& row) {
    const char* operation = "close";
    if (!isInet(row.protocol))
        return Failure(systemError(EOPNOTSUPP, operation, nameOf(row)));
    const UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (!fd.isOpen())
        return Failure(systemError(errno, "socket", "NETLINK_SOCK_DIAG"));
    const std::vector<std::byte> message = destroyRequest(row);
    if (::send(fd.get(), message.data(), message.size(), 0) < 0)
        return Failure(systemError(errno, operation, nameOf(row)));
    std::vector<SocketRow> none;
    DiagDecoder decoder({row.protocol, row.family == 6 ? AF_INET6 : AF_INET}, 1, none);
    std::vector<std::byte> answer(4096);
    for (;;) {
        const ssize_t count = ::recv(fd.get(), answer.data(), answer.size(), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return Failure(systemError(errno, operation, nameOf(row)));
        auto outcome = decoder.take({answer.data(), static_cast<std::size_t>(count)});
        if (!outcome) {
            const Error& error = outcome.error();
            // None is there, or another one in its place; as words "no such file" would mislead.
            const bool isGone = error.isErrno(ENOENT) || error.isErrno(ESTALE);
            const int number = isGone ? ENOTCONN : error.code.value();
            return Failure(explained(systemError(number, operation, nameOf(row)), "CAP_NET_ADMIN"));
        }
        if (*outcome == DiagDecoder::Outcome::Done)
            return {};
    }
}

Result<void> endProcess(int pid, std::uint64_t startTime, bool isForced) {
    const char* operation = "end";
    const std::string subject = fmt::format("process {}", pid);
    if (pid <= 1 || pid == ::getpid())
        return Failure(systemError(EINVAL, operation, subject));
    // The descriptor stays this process's, whatever becomes of the number (pidfd_open(2)).
    const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!process.isOpen())
        return Failure(systemError(errno, operation, subject));
    if (startTime == 0 || startTimeOf(pid) != startTime)
        return Failure(systemError(ESRCH, operation, subject));
    const int signal = isForced ? SIGKILL : SIGTERM;
    if (::syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0) != 0)
        return Failure(explained(systemError(errno, operation, subject), "CAP_KILL"));
    return {};
}

} // namespace sscope
