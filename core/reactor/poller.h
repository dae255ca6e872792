#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace sscope {

enum class Interest : std::uint8_t { None = 0, Read = 1, Write = 2, Both = 3 };

constexpr bool wantsRead(Interest interest) {
    return (static_cast<unsigned>(interest) & 1u) != 0;
}
constexpr bool wantsWrite(Interest interest) {
    return (static_cast<unsigned>(interest) & 2u) != 0;
}
constexpr Interest makeInterest(bool read, bool write) {
    return static_cast<Interest>((read ? 1 : 0) | (write ? 2 : 0));
}

/// Names a registration. The generation differs each time a slot is used again, so that an event
/// that was fetched for an earlier user of the slot is known to be stale.
struct PollKey {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;
};

struct Readiness {
    bool readable = false;
    bool writable = false;
    bool failed = false; // error or hang-up; may be reported whatever the interest
};

struct PollEvent {
    PollKey key;
    Readiness ready;
};

enum class PollerKind { Select, Poll, Epoll };

std::string_view pollerName(PollerKind kind);

/// One multiplexer: select(2), poll(2) or epoll(7), level-triggered. Used by one thread.
class Poller {
public:
    virtual ~Poller() = default;

    /// Watches fd. select fails with SelectLimit where fd is FD_SETSIZE or above.
    virtual Result<void> add(int fd, Interest interest, PollKey key) = 0;
    /// fd has been added and not removed.
    virtual void modify(int fd, Interest interest, PollKey key) = 0;
    /// To be called before fd is closed.
    virtual void remove(int fd) = 0;
    /// Waits for events at most timeout, without end where there is none, and appends them. A
    /// signal ends the wait without events.
    virtual Result<void> wait(std::optional<Duration> timeout, std::vector<PollEvent>& events) = 0;
};

std::unique_ptr<Poller> makePoller(PollerKind kind);

} // namespace sscope
