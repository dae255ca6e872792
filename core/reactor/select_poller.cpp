#include "core/reactor/select_poller.h"

#include <cerrno>

#include "core/reactor/poll_timeout.h"

namespace sscope {

SelectPoller::SelectPoller() {
    FD_ZERO(&m_read);
    FD_ZERO(&m_write);
}

Result<void> SelectPoller::add(int fd, Interest interest, PollKey key) {
    if (fd >= FD_SETSIZE) {
        Error error = faultError(Fault::SelectLimit, "select", "descriptor " + std::to_string(fd),
                                 std::to_string(FD_SETSIZE));
        error.hint.kind = Hint::Kind::FewerWatched;
        return Failure(std::move(error));
    }
    m_watched[static_cast<std::size_t>(fd)] = true;
    m_end = std::max(m_end, fd + 1);
    modify(fd, interest, key);
    return {};
}

void SelectPoller::modify(int fd, Interest interest, PollKey key) {
    m_keys[static_cast<std::size_t>(fd)] = key;
    setInterest(fd, interest);
}

void SelectPoller::remove(int fd) {
    setInterest(fd, Interest::None);
    m_watched[static_cast<std::size_t>(fd)] = false;
    while (m_end > 0 && !m_watched[static_cast<std::size_t>(m_end - 1)])
        --m_end;
}

void SelectPoller::setInterest(int fd, Interest interest) {
    if (wantsRead(interest))
        FD_SET(fd, &m_read);
    else
        FD_CLR(fd, &m_read);
    if (wantsWrite(interest))
        FD_SET(fd, &m_write);
    else
        FD_CLR(fd, &m_write);
}

Result<void> SelectPoller::wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) {
    fd_set read = m_read;
    fd_set write = m_write;
    PollTimeout limit(timeout);
    int left = ::pselect(m_end, &read, &write, nullptr, limit.get(), nullptr);
    if (left < 0)
        return errno == EINTR ? Result<void>() : Failure(systemError(errno, "select"));
    for (int fd = 0; fd < m_end && left > 0; ++fd) {
        const Readiness ready{FD_ISSET(fd, &read), FD_ISSET(fd, &write), false};
        left -= (ready.readable ? 1 : 0) + (ready.writable ? 1 : 0);
        if (ready.readable || ready.writable)
            events.push_back({m_keys[static_cast<std::size_t>(fd)], ready});
    }
    return {};
}

} // namespace sscope
