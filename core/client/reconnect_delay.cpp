#include "core/client/reconnect_delay.h"

#include <algorithm>

namespace sscope {

Duration ReconnectDelay::next() {
    ++m_attempts;
    std::uniform_int_distribution<Duration::rep> within(0, m_bound.count());
    const Duration delay(within(m_random));
    m_bound = std::min(m_bound * 2, longest);
    return delay;
}

void ReconnectDelay::reset() {
    m_bound = first;
    m_attempts = 0;
}

} // namespace sscope
