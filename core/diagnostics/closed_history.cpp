#include "core/diagnostics/closed_history.h"

#include <algorithm>
#include <cassert>

namespace sscope {

ClosedHistory::ClosedHistory(std::size_t most) : m_most(std::max<std::size_t>(most, 1)) {}

void ClosedHistory::add(HistoryEntry entry) {
    if (const auto* gap = std::get_if<HistoryGap>(&entry)) {
        m_counters.lost += gap->lost;
        const auto* last =
            m_entries.empty() ? nullptr : std::get_if<HistoryGap>(m_entries.back().get());
        if (last) {
            // Where one of them is not known the sum is not.
            const bool isKnown = last->lost != 0 && gap->lost != 0;
            m_entries.back() = std::make_shared<HistoryEntry>(
                HistoryGap{gap->time, isKnown ? last->lost + gap->lost : 0});
            return;
        }
        ++m_counters.gaps;
    } else {
        ++m_counters.closed;
    }
    if (m_entries.size() == m_most) {
        m_counters.forgotten += std::holds_alternative<ClosedSocket>(*m_entries.front()) ? 1 : 0;
        m_entries.pop_front();
    }
    m_entries.push_back(std::make_shared<HistoryEntry>(std::move(entry)));
    ++m_end;
}

void ClosedHistory::clear() {
    m_entries.clear();
}

const SharedEntry& ClosedHistory::shared(std::uint64_t number) const {
    assert(number >= begin() && number < end());
    return m_entries[static_cast<std::size_t>(number - begin())];
}

} // namespace sscope
