#pragma once

#include <poll.h>

#include "core/reactor/poller.h"

namespace sscope {

/// poll(2): the whole list is handed to the kernel for each wait.
class PollPoller final : public Poller {
public:
    Result<void> add(int fd, Interest interest, PollKey key) override;
    void modify(int fd, Interest interest, PollKey key) override;
    void remove(int fd) override;
    Result<void> wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) override;

private:
    std::vector<pollfd> m_list;
    std::vector<PollKey> m_keys;         // beside m_list
    std::vector<std::size_t> m_position; // of a descriptor in m_list
};

} // namespace sscope
