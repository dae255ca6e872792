#pragma once

#include <chrono>
#include <optional>

#include "core/base/clock.h"

namespace sscope {

/// Whether a peer that has promised to says something within so long of being told something. The
/// kernel of a peer that is stopped acknowledges, and keeps, megabytes on its behalf
/// (net.ipv4.tcp_rmem), so that TCP cannot tell.
class ChatHeartbeat {
public:
    static constexpr Duration longest = std::chrono::seconds(30);

    /// True where it owes a word from now on.
    bool told(TimePoint now) {
        if (m_owesSince)
            return false;
        m_owesSince = now;
        return true;
    }
    void heard() { m_owesSince.reset(); }
    /// When it is given up; never where it owes nothing.
    [[nodiscard]] std::optional<TimePoint> deadline() const {
        return m_owesSince ? std::optional(*m_owesSince + longest) : std::nullopt;
    }

private:
    std::optional<TimePoint> m_owesSince;
};

} // namespace sscope
