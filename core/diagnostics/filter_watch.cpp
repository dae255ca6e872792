#include "core/diagnostics/filter_watch.h"

namespace sscope {

FilterWatch::FilterWatch(SocketFilter filter, std::function<bool(const SocketRow&)> isOurs)
    : m_filter(std::move(filter)), m_isOurs(std::move(isOurs)) {}

bool FilterWatch::matches(const SocketRow& row, TimePoint now) const {
    const auto seen = m_firstSeen.find(row.cookie);
    const auto age =
        seen == m_firstSeen.end() ? std::nullopt : std::optional<Duration>(now - seen->second);
    return m_filter.matches({row, age, m_isOurs(row)});
}

void FilterWatch::look(const SocketRow& row, TimePoint now, Look reason, Shown& shown) {
    const bool isShown = m_shown.contains(row.cookie);
    if (!matches(row, now)) {
        if (isShown) {
            m_shown.erase(row.cookie);
            shown.gone.push_back(row);
        }
    } else if (!isShown) {
        m_shown.insert(row.cookie);
        shown.fresh.push_back(row);
    } else if (reason == Look::Changed) {
        shown.changed.push_back(row);
    }
}

FilterWatch::Shown FilterWatch::apply(const TableChange& change, std::span<const SocketRow> all,
                                      TimePoint now) {
    Shown shown;
    for (const SocketRow& row : change.gone) {
        m_firstSeen.erase(row.cookie);
        if (m_shown.erase(row.cookie) != 0)
            shown.gone.push_back(row);
    }
    for (const SocketRow& row : change.added) {
        m_firstSeen.emplace(row.cookie, now);
        look(row, now, Look::Changed, shown);
    }
    for (const SocketRow& row : change.changed)
        look(row, now, Look::Changed, shown);
    for (const SocketRow& row : change.detailed)
        look(row, now, Look::Again, shown);
    if (needsAll()) {
        for (const SocketRow& row : all)
            look(row, now, Look::Again, shown);
    }
    return shown;
}

} // namespace sscope
