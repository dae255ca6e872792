#include "core/load/load_sockets.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace sscope {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t mostEvents = 256;

/// With nanoseconds, so that a request is sent when it is due; where the kernel is older than 5.11,
/// with milliseconds.
int waitForEvents(int epoll, std::vector<epoll_event>& events, Duration timeout) {
    const auto whole = std::chrono::duration_cast<seconds>(timeout);
    const timespec limit{whole.count(), (timeout - whole).count()};
    const int most = static_cast<int>(events.size());
    const int count = ::epoll_pwait2(epoll, events.data(), most, &limit, nullptr);
    if (count >= 0 || errno != ENOSYS)
        return count;
    const auto rounded = std::chrono::ceil<milliseconds>(timeout).count();
    return ::epoll_wait(epoll, events.data(), most, static_cast<int>(rounded));
}

} // namespace

LoadSockets::LoadSockets(const LoadConfig& config, SocketAddress address)
    : m_transport(config.endpoint.transport),
      m_options(config.options),
      m_address(address),
      m_events(mostEvents) {}

Result<void> LoadSockets::open(int cancelFd) {
    m_epoll.reset(::epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = cancelKey;
    if (!m_epoll.isOpen() || ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, cancelFd, &event) != 0)
        return Failure(systemError(errno, "epoll_create1"));
    return {};
}

std::span<const epoll_event> LoadSockets::wait(TimePoint until) {
    const Duration timeout = std::max<Duration>(until - SteadyClock::now(), Duration::zero());
    const int count = waitForEvents(m_epoll.get(), m_events, timeout);
    return std::span(m_events).first(static_cast<std::size_t>(std::max(count, 0))); // EINTR
}

int LoadSockets::adopt(LoadConnection& connection, UniqueFd fd, std::uint32_t key) {
    connection.fd = std::move(fd);
    return control(EPOLL_CTL_ADD, connection, key, EPOLLIN);
}

int LoadSockets::connect(LoadConnection& connection, std::uint32_t key) {
    auto fd = openClientSocket(m_transport, m_address.family(), m_options);
    if (!fd)
        return fd.error().code.value();
    connection.fd = std::move(*fd);
    if (::connect(connection.fd.get(), m_address.data(), m_address.length()) == 0)
        return control(EPOLL_CTL_ADD, connection, key, EPOLLIN);
    if (errno != EINPROGRESS)
        return errno;
    const int number = control(EPOLL_CTL_ADD, connection, key, EPOLLOUT);
    return number == 0 ? EINPROGRESS : number;
}

int LoadSockets::finishConnect(LoadConnection& connection, std::uint32_t key) {
    int number = 0;
    socklen_t length = sizeof number;
    ::getsockopt(connection.fd.get(), SOL_SOCKET, SO_ERROR, &number, &length);
    if (number != 0)
        return number;
    // Connected to itself, as a Connector explains.
    if (!isUnix(m_transport) && SocketAddress::localOf(connection.fd.get()) == m_address)
        return ECONNREFUSED;
    return control(EPOLL_CTL_MOD, connection, key, EPOLLIN);
}

void LoadSockets::watchWrites(LoadConnection& connection, std::uint32_t key, bool on) {
    connection.wantsWrite = on;
    control(EPOLL_CTL_MOD, connection, key, on ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

int LoadSockets::control(int operation, const LoadConnection& connection, std::uint32_t key,
                         std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u32 = key;
    return ::epoll_ctl(m_epoll.get(), operation, connection.fd.get(), &event) == 0 ? 0 : errno;
}

} // namespace sscope
