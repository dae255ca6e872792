#include <algorithm>
#include <chrono>
#include <utility>

#include <QElapsedTimer>

#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

constexpr qint64 sliceBudget = 6'000'000; // ns
constexpr std::size_t betweenLooks = 128; // rows, at the clock

/// Says when a slice has taken its time; looks at the clock only now and then.
class SliceClock {
public:
    SliceClock() { m_clock.start(); }
    bool isUp() { return ++m_steps % betweenLooks == 0 && m_clock.nsecsElapsed() > sliceBudget; }

private:
    QElapsedTimer m_clock;
    std::size_t m_steps = 0;
};

} // namespace

bool ConnectionsModel::isBusy() const {
    return m_filteredTo || m_rest || !m_waiting.empty();
}

void ConnectionsModel::apply(const TableUpdate& update) {
    if (!update.change)
        return;
    if (isBusy())
        m_waiting.push_back(update);
    else
        begin(update);
}

void ConnectionsModel::begin(const TableUpdate& update) {
    m_now = update.time;
    clearMarks();
    markGone(update.change->gone, update.time);
    takeDetails(update.change->detailed, update.time);
    Rest rest{update.time, 0, 0, {}};
    if (takeSlice(*update.change, rest))
        return;
    const TableChange& change = *update.change;
    rest.change.changed.assign(change.changed.begin() + static_cast<std::ptrdiff_t>(rest.changed),
                               change.changed.end());
    rest.change.added.assign(change.added.begin() + static_cast<std::ptrdiff_t>(rest.added),
                             change.added.end());
    rest.changed = rest.added = 0;
    m_rest = std::move(rest);
    m_workTimer.start();
}

void ConnectionsModel::clearMarks() {
    for (ConnectionEntry* entry : m_marked) {
        if (entry->change == RowChange::Gone) {
            entry->isShown = false;
            m_leaving.push_back(entry);
            continue;
        }
        entry->change = RowChange::None;
        entry->stateChanged = entry->receiveQueueChanged = entry->sendQueueChanged = false;
        m_touched.push_back(entry);
    }
    m_marked.clear();
}

void ConnectionsModel::markGone(const std::vector<SocketRow>& rows, TimePoint now) {
    for (const SocketRow& row : rows) {
        ConnectionEntry* entry = m_entries.find(row.cookie);
        if (!entry || entry->change == RowChange::Gone)
            continue;
        count(*entry, -1);
        entry->change = RowChange::Gone;
        entry->changedAt = now;
        m_marked.push_back(entry);
        m_touched.push_back(entry);
    }
}

void ConnectionsModel::takeDetails(const std::vector<SocketRow>& rows, TimePoint now) {
    for (const SocketRow& row : rows) {
        ConnectionEntry* entry = m_entries.find(row.cookie);
        if (!entry)
            continue;
        m_entries.replace(*entry, row);
        noteRates(*entry, now);
        entry->isMoving = entry->isMoving || (entry->isShown && m_order.isByDetails());
        m_touched.push_back(entry);
    }
}

void ConnectionsModel::noteRates(ConnectionEntry& entry, TimePoint now) {
    const SocketRow& row = entry.row;
    if (!row.details || !row.details->tcpInfo || row.state == SocketState::Listen)
        return;
    const TcpInfo& info = *row.details->tcpInfo;
    if (!entry.rates)
        entry.rates = std::make_unique<ConnectionRates>();
    ConnectionRates& rates = *entry.rates;
    const double seconds = std::chrono::duration<double>(now - rates.time).count();
    const bool isNext = rates.time != TimePoint() && seconds > 0 &&
                        info.bytesReceived >= rates.received && info.bytesAcked >= rates.acked;
    if (isNext) {
        rates.receivedPerSecond =
            static_cast<double>(info.bytesReceived - rates.received) / seconds;
        rates.sentPerSecond = static_cast<double>(info.bytesAcked - rates.acked) / seconds;
        rates.isKnown = true;
    }
    rates.time = now;
    rates.received = info.bytesReceived;
    rates.acked = info.bytesAcked;
}

/// As much as there is time for; true where that was all.
bool ConnectionsModel::takeSlice(const TableChange& change, Rest& rest) {
    SliceClock clock;
    bool isUp = false;
    while (rest.changed < change.changed.size() && !isUp) {
        const SocketRow& row = change.changed[rest.changed++];
        if (ConnectionEntry* entry = m_entries.find(row.cookie))
            takeChanged(*entry, row, rest.time);
        isUp = clock.isUp();
    }
    while (rest.added < change.added.size() && !isUp) {
        takeNew(change.added[rest.added++], rest.time);
        isUp = clock.isUp();
    }
    publish();
    if (rest.changed < change.changed.size() || rest.added < change.added.size())
        return false;
    finishUpdate();
    return true;
}

void ConnectionsModel::finishUpdate() {
    m_isFirst = false;
    if (std::exchange(m_sawOlder, false))
        m_olderKinds = noKinds;
    // With time alone rows may come to pass.
    if (m_filter.text.needsAge() || m_filter.text.needsDetails())
        setFilter(m_filter);
}

void ConnectionsModel::takeChanged(ConnectionEntry& entry, const SocketRow& row, TimePoint now) {
    if (entry.change == RowChange::Gone)
        return;
    count(entry, -1);
    entry.change = RowChange::Changed;
    entry.changedAt = now;
    entry.stateChanged = entry.row.state != row.state;
    entry.receiveQueueChanged = entry.row.receiveQueue != row.receiveQueue;
    entry.sendQueueChanged = entry.row.sendQueue != row.sendQueue;
    if (entry.stateChanged) {
        entry.was = entry.row.state;
        entry.stateSince = now;
    }
    m_entries.replace(entry, row);
    noteRates(entry, now);
    entry.wasOurs = isOurs(entry);
    m_marked.push_back(&entry);
    m_touched.push_back(&entry);
    // One that no longer passes the filter stays until it is gone or the filter changes, so that
    // nothing vanishes under a person's eyes.
    entry.passesText = entry.passesText || passesText(entry);
    count(entry, 1);
    if (entry.isShown)
        entry.isMoving = true;
    else
        showIfPassing(entry);
}

void ConnectionsModel::showIfPassing(ConnectionEntry& entry) {
    entry.isShown = entry.passesText && passesStates(entry);
    if (entry.isShown)
        m_fresh.push_back(&entry);
}

/// One that was gone and is told of again, as where its kind was not asked for meanwhile.
bool ConnectionsModel::takeAgain(ConnectionEntry& known, const SocketRow& row, TimePoint now) {
    if (known.change == RowChange::Gone) {
        if (std::ranges::find(m_leaving, &known) != m_leaving.end()) {
            publish(); // it goes first
            return false;
        }
        known.change = RowChange::None;
        count(known, 1);
    }
    takeChanged(known, row, now);
    return true;
}

void ConnectionsModel::takeNew(const SocketRow& row, TimePoint now) {
    ConnectionEntry* known = m_entries.find(row.cookie);
    if (known && takeAgain(*known, row, now))
        return;
    ConnectionEntry& entry = m_entries.add(row);
    entry.isOlder = m_isFirst || m_olderKinds.has(row.protocol);
    m_sawOlder = m_sawOlder || (!m_isFirst && entry.isOlder);
    entry.change = entry.isOlder ? RowChange::None : RowChange::New;
    entry.changedAt = entry.firstSeen = entry.stateSince = now;
    entry.wasOurs = isOurs(row);
    noteRates(entry, now);
    if (!entry.isOlder)
        m_marked.push_back(&entry);
    entry.passesText = passesText(entry);
    count(entry, 1);
    showIfPassing(entry);
}

void ConnectionsModel::count(const ConnectionEntry& entry, int difference) {
    if (entry.passesText && entry.change != RowChange::Gone)
        m_counts[static_cast<std::size_t>(entry.row.state)] += difference;
}

bool ConnectionsModel::passesText(const ConnectionEntry& entry) const {
    const SocketRow& row = entry.row;
    if (m_style != TableStyle::Full && !styleShows(m_style, row))
        return false;
    if (m_filter.listeningOnly && row.state != SocketState::Listen)
        return false;
    if (m_filter.hideLoopback && isInet(row.protocol) && row.localAddress.isLoopback() &&
        (!row.hasPeer() || row.remoteAddress.isLoopback()))
        return false;
    if (m_filter.text.isEmpty() && !m_filter.oursOnly)
        return true;
    const bool isOwn = isOurs(entry);
    if (m_filter.oursOnly && !isOwn)
        return false;
    return m_filter.text.matches(
        {.row = row, .age = SteadyClock::now() - entry.firstSeen, .isOurs = isOwn});
}

bool ConnectionsModel::passesStates(const ConnectionEntry& entry) const {
    return m_filter.states == 0 ||
           (m_filter.states >> static_cast<unsigned>(entry.row.state) & 1u) != 0;
}

void ConnectionsModel::setFilter(const ConnectionFilter& filter) {
    m_filter = filter;
    m_filteredTo = 0;
    m_workTimer.stop();
    work();
}

void ConnectionsModel::work() {
    if (m_filteredTo) {
        if (filterSlice())
            finishFilter();
    } else if (m_rest) {
        Rest rest = std::move(*m_rest);
        m_rest.reset();
        if (!takeSlice(rest.change, rest))
            m_rest = std::move(rest);
    } else if (!m_waiting.empty()) {
        const TableUpdate update = std::move(m_waiting.front());
        m_waiting.pop_front();
        begin(update);
    }
    if (isBusy())
        m_workTimer.start();
    else
        Q_EMIT settled();
}

/// True once every socket has been asked.
bool ConnectionsModel::filterSlice() {
    SliceClock clock;
    const auto all = m_entries.all();
    while (*m_filteredTo < all.size()) {
        ConnectionEntry& entry = *all[(*m_filteredTo)++];
        entry.willPassText = passesText(entry);
        entry.willBeShown = entry.willPassText && passesStates(entry);
        if (clock.isUp())
            return false;
    }
    return true;
}

void ConnectionsModel::finishFilter() {
    m_filteredTo.reset();
    m_counts.fill(0);
    m_fresh.clear();
    for (ConnectionEntry* entry : m_entries.all()) {
        entry->passesText = entry->willPassText;
        count(*entry, 1);
        if (entry->willBeShown && !entry->isShown)
            m_fresh.push_back(entry);
        entry->isShown = entry->willBeShown;
    }
    Q_EMIT aboutToArrange();
    std::erase_if(m_ordered, [](const ConnectionEntry* entry) { return !entry->isShown; });
    for (ConnectionEntry* entry : m_fresh)
        entry->group = m_groups.groupOf(*entry);
    m_groups.number();
    m_order.merge(m_ordered, m_fresh);
    m_fresh.clear();
    arrange();
    Q_EMIT arranged();
}

} // namespace sscope
