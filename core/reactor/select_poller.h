#pragma once

#include <array>

#include <sys/select.h>

#include "core/reactor/poller.h"

namespace sscope {

/// select(2). The sets are bitmaps of FD_SETSIZE bits; a higher descriptor is refused, for FD_SET
/// would write beside them.
class SelectPoller final : public Poller {
public:
    SelectPoller();
    Result<void> add(int fd, Interest interest, PollKey key) override;
    void modify(int fd, Interest interest, PollKey key) override;
    void remove(int fd) override;
    Result<void> wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) override;

private:
    void setInterest(int fd, Interest interest);

    fd_set m_read;
    fd_set m_write;
    std::array<PollKey, FD_SETSIZE> m_keys{};
    std::array<bool, FD_SETSIZE> m_watched{};
    int m_end = 0; // one above the highest watched descriptor
};

} // namespace sscope
