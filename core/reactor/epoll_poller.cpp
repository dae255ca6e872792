#include "core/reactor/epoll_poller.h"

#include <algorithm>
#include <bit>
#include <cerrno>

namespace sscope {

namespace {

// A turn that is full grows the next one, up to this.
constexpr std::size_t firstBatch = 64;
constexpr std::size_t largestBatch = 1024;

/// Rounded up, so that a timer is due when the wait for it is over; -1 is no limit.
int milliseconds(std::optional<Duration> timeout) {
    using Milliseconds = std::chrono::milliseconds;
    constexpr Milliseconds longest = std::chrono::hours(24);
    return timeout ? static_cast<int>(
                         std::min(std::chrono::ceil<Milliseconds>(*timeout), longest).count())
                   : -1;
}

epoll_event makeEvent(Interest interest, PollKey key) {
    epoll_event event{};
    event.events = (wantsRead(interest) ? std::uint32_t{EPOLLIN} : 0u) |
                   (wantsWrite(interest) ? std::uint32_t{EPOLLOUT} : 0u);
    event.data.u64 = std::bit_cast<std::uint64_t>(key);
    return event;
}

} // namespace

EpollPoller::EpollPoller()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_openError(m_epoll.isOpen() ? 0 : errno),
      m_ready(firstBatch) {}

Result<void> EpollPoller::add(int fd, Interest interest, PollKey key) {
    if (!m_epoll.isOpen())
        return Failure(systemError(m_openError, "epoll_create1"));
    epoll_event event = makeEvent(interest, key);
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0)
        return Failure(systemError(errno, "epoll_ctl", "descriptor " + std::to_string(fd)));
    return {};
}

void EpollPoller::modify(int fd, Interest interest, PollKey key) {
    epoll_event event = makeEvent(interest, key);
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event);
}

void EpollPoller::remove(int fd) {
    ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

Result<void> EpollPoller::wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) {
    const int count = ::epoll_wait(m_epoll.get(), m_ready.data(), static_cast<int>(m_ready.size()),
                                   milliseconds(timeout));
    if (count < 0)
        return errno == EINTR ? Result<void>() : Failure(systemError(errno, "epoll_wait"));
    const auto taken = static_cast<std::size_t>(count);
    for (std::size_t i = 0; i < taken; ++i) {
        const std::uint32_t got = m_ready[i].events;
        events.push_back(
            {std::bit_cast<PollKey>(std::uint64_t{m_ready[i].data.u64}),
             {(got & EPOLLIN) != 0, (got & EPOLLOUT) != 0, (got & (EPOLLERR | EPOLLHUP)) != 0}});
    }
    if (taken == m_ready.size() && taken < largestBatch)
        m_ready.resize(taken * 2);
    return {};
}

} // namespace sscope
