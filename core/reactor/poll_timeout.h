#pragma once

#include <ctime>
#include <optional>

#include "core/base/clock.h"

namespace sscope {

/// A time-out as pselect(2) and ppoll(2) take it: a timespec, or null for none.
class PollTimeout {
public:
    explicit PollTimeout(std::optional<Duration> timeout) : m_isSet(timeout.has_value()) {
        const auto count = timeout.value_or(Duration::zero()).count();
        m_value.tv_sec = static_cast<std::time_t>(count / 1'000'000'000);
        m_value.tv_nsec = static_cast<long>(count % 1'000'000'000);
    }
    [[nodiscard]] const std::timespec* get() const { return m_isSet ? &m_value : nullptr; }

private:
    bool m_isSet;
    std::timespec m_value{};
};

} // namespace sscope
