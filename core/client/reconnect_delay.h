#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "core/base/clock.h"

namespace sscope {

/// How long to wait before the next attempt to connect: up to twice as long each time, and at
/// random within that ("full jitter"), so that many clients of a server that comes back do not all
/// knock at once. Has no clock; used by one thread.
class ReconnectDelay {
public:
    static constexpr Duration first = std::chrono::milliseconds(500);
    static constexpr Duration longest = std::chrono::seconds(30);

    explicit ReconnectDelay(std::uint64_t seed) : m_random(seed) {}

    /// From 0 to the bound, which then doubles up to the longest.
    Duration next();
    /// How many delays have been given since the start or a reset.
    [[nodiscard]] unsigned attempts() const { return m_attempts; }
    /// The server has answered: the next delay is a first one.
    void reset();

private:
    std::mt19937_64 m_random;
    Duration m_bound = first;
    unsigned m_attempts = 0;
};

} // namespace sscope
