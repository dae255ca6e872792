#include "tests/support/connection_churn.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "core/base/unique_fd.h"

namespace sscope::test {

namespace {

using Clock = std::chrono::steady_clock;

// Each has its own ports: those of closed connections stay in TIME_WAIT for a minute.
constexpr std::uint32_t addresses = 8;

void check(bool isRight, const char* what) {
    if (!isRight)
        throw std::runtime_error(std::string(what) + ": errno " + std::to_string(errno));
}

UniqueFd tcpSocket() {
    UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    check(fd.isOpen(), "socket");
    return fd;
}

std::uint64_t cookieOf(const UniqueFd& fd) {
    std::uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    check(::getsockopt(fd.get(), SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0, "SO_COOKIE");
    return cookie;
}

struct Listener {
    UniqueFd fd;
    sockaddr_in address{};

    explicit Listener(std::uint32_t host) : fd(tcpSocket()) {
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        check(::bind(fd.get(), generic, sizeof address) == 0, "bind");
        check(::listen(fd.get(), 16) == 0, "listen");
        socklen_t size = sizeof address;
        check(::getsockname(fd.get(), generic, &size) == 0, "getsockname");
    }
};

void openAndClose(const Listener& listener, bool isAcceptedFirst, ChurnResult& result) {
    UniqueFd client = tcpSocket();
    check(::connect(client.get(), reinterpret_cast<const sockaddr*>(&listener.address),
                    sizeof listener.address) == 0,
          "connect");
    UniqueFd accepted(::accept4(listener.fd.get(), nullptr, nullptr, SOCK_CLOEXEC));
    check(accepted.isOpen(), "accept");
    result.cookies.push_back(cookieOf(client));
    result.cookies.push_back(cookieOf(accepted));
    char byte = 'x';
    check(::send(client.get(), &byte, 1, 0) == 1 && ::recv(accepted.get(), &byte, 1, 0) == 1,
          "send");
    (isAcceptedFirst ? accepted : client).reset();
    (isAcceptedFirst ? client : accepted).reset();
}

} // namespace

ChurnResult churnConnections(int perSecond, std::chrono::milliseconds length) {
    std::vector<Listener> listeners;
    for (std::uint32_t host = 0; host < addresses; ++host)
        listeners.emplace_back(host);
    ChurnResult result;
    const auto step = std::chrono::nanoseconds(std::chrono::seconds(1)) / perSecond;
    const auto count = static_cast<std::size_t>(length / step);
    result.cookies.reserve(2 * count);
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) {
        std::this_thread::sleep_until(start + step * static_cast<long>(i));
        openAndClose(listeners[i % addresses], i / addresses % 2 == 0, result);
    }
    result.took = Clock::now() - start;
    return result;
}

bool enterOwnNetwork() {
    if (::unshare(CLONE_NEWNET) != 0)
        return false;
    const UniqueFd fd = tcpSocket();
    ifreq loopback{.ifr_ifrn = {"lo"}, .ifr_ifru = {}};
    check(::ioctl(fd.get(), SIOCGIFFLAGS, &loopback) == 0, "SIOCGIFFLAGS");
    loopback.ifr_flags = static_cast<short>(loopback.ifr_flags | IFF_UP);
    check(::ioctl(fd.get(), SIOCSIFFLAGS, &loopback) == 0, "SIOCSIFFLAGS");
    return true;
}

} // namespace sscope::test
