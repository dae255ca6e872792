#include "core/reactor/poll_poller.h"

#include <algorithm>
#include <cerrno>

#include "core/reactor/poll_timeout.h"

namespace sscope {

namespace {

short pollEvents(Interest interest) {
    return static_cast<short>((wantsRead(interest) ? POLLIN : 0) |
                              (wantsWrite(interest) ? POLLOUT : 0));
}

} // namespace

Result<void> PollPoller::add(int fd, Interest interest, PollKey key) {
    const auto index = static_cast<std::size_t>(fd);
    m_position.resize(std::max(m_position.size(), index + 1));
    m_position[index] = m_list.size();
    m_list.push_back({fd, pollEvents(interest), 0});
    m_keys.push_back(key);
    return {};
}

void PollPoller::modify(int fd, Interest interest, PollKey key) {
    const std::size_t at = m_position[static_cast<std::size_t>(fd)];
    m_list[at].events = pollEvents(interest);
    m_keys[at] = key;
}

void PollPoller::remove(int fd) {
    const std::size_t at = m_position[static_cast<std::size_t>(fd)];
    m_list[at] = m_list.back();
    m_keys[at] = m_keys.back();
    m_position[static_cast<std::size_t>(m_list[at].fd)] = at;
    m_list.pop_back();
    m_keys.pop_back();
}

Result<void> PollPoller::wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) {
    PollTimeout limit(timeout);
    int left = ::ppoll(m_list.data(), m_list.size(), limit.get(), nullptr);
    if (left < 0)
        return errno == EINTR ? Result<void>() : Failure(systemError(errno, "poll"));
    for (std::size_t i = 0; i < m_list.size() && left > 0; ++i) {
        const short got = m_list[i].revents;
        if (got == 0)
            continue;
        --left;
        events.push_back({m_keys[i],
                          {(got & POLLIN) != 0, (got & POLLOUT) != 0,
                           (got & (POLLERR | POLLHUP | POLLNVAL)) != 0}});
    }
    return {};
}

} // namespace sscope
