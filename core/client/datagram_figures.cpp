#include "core/client/datagram_figures.h"

namespace sscope {

void SharedDatagramFigures::store(const DatagramFigures& figures) {
    constexpr auto order = std::memory_order_relaxed; // each figure is true by itself
    m_sent.store(figures.sent, order);
    m_received.store(figures.received, order);
    m_echoed.store(figures.echoed, order);
    m_lost.store(figures.lost, order);
    m_reordered.store(figures.reordered, order);
    m_duplicated.store(figures.duplicated, order);
    m_foreign.store(figures.foreign, order);
    m_truncated.store(figures.truncated, order);
    m_dropped.store(figures.dropped, order);
    m_icmpErrors.store(figures.icmpErrors, order);
}

DatagramFigures SharedDatagramFigures::load() const {
    constexpr auto order = std::memory_order_relaxed;
    return {.sent = m_sent.load(order),
            .received = m_received.load(order),
            .echoed = m_echoed.load(order),
            .lost = m_lost.load(order),
            .reordered = m_reordered.load(order),
            .duplicated = m_duplicated.load(order),
            .foreign = m_foreign.load(order),
            .truncated = m_truncated.load(order),
            .dropped = m_dropped.load(order),
            .icmpErrors = m_icmpErrors.load(order)};
}

} // namespace sscope
