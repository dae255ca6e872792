#pragma once

#include <sys/epoll.h>

#include "core/base/unique_fd.h"
#include "core/reactor/poller.h"

namespace sscope {

/// epoll(7), level-triggered: the kernel keeps the list and gives only what is ready.
class EpollPoller final : public Poller {
public:
    EpollPoller();
    Result<void> add(int fd, Interest interest, PollKey key) override;
    void modify(int fd, Interest interest, PollKey key) override;
    void remove(int fd) override;
    Result<void> wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) override;

private:
    UniqueFd m_epoll;
    int m_openError = 0;
    std::vector<epoll_event> m_ready;
};

} // namespace sscope
