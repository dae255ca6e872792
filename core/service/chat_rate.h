#pragma once

#include <algorithm>
#include <chrono>

#include "core/base/clock.h"

namespace sscope {

/// A token bucket: so many at once, and so many a second from then on. Whoever takes more waits.
class ChatRate {
public:
    static constexpr std::int64_t perSecond = 50;
    static constexpr std::int64_t burst = 300;

    /// How long until one more may be taken; nothing where it has been taken now.
    Duration take(TimePoint now) {
        // The time at which the bucket would be full again is all that there is to keep.
        constexpr Duration each = std::chrono::nanoseconds(1'000'000'000 / perSecond);
        const TimePoint fullAt = std::max(m_fullAt, now);
        const Duration wait = fullAt + each - (now + burst * each);
        if (wait > Duration::zero())
            return wait;
        m_fullAt = fullAt + each;
        return Duration::zero();
    }

private:
    TimePoint m_fullAt{};
};

} // namespace sscope
