#include "ui/connections/closed_model.h"

#include <algorithm>
#include <utility>

#include <QElapsedTimer>

#include "ui/connections/closed_text.h"

namespace sscope {

namespace {

constexpr qint64 sliceBudget = 5'000'000; // ns
constexpr std::size_t sliceRows = 256;    // between two looks at the clock
// Where rows go among others, each step walks over all that there are.
constexpr std::size_t sortedSliceRows = 4'096;

} // namespace

ClosedModel::ClosedModel(QObject* parent, std::size_t most)
    : QAbstractTableModel(parent), m_most(most), m_history(most) {
    m_workTimer.setSingleShot(true);
    connect(&m_workTimer, &QTimer::timeout, this, &ClosedModel::work);
}

int ClosedModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClosedModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int{ColumnCount};
}

const HistoryEntry& ClosedModel::at(int row) const {
    return *sharedAt(row);
}

const SharedEntry& ClosedModel::sharedAt(int row) const {
    return m_history.shared(numberAt(row));
}

const ClosedSocket* ClosedModel::socketAt(int row) const {
    return std::get_if<ClosedSocket>(&at(row));
}

std::vector<SharedEntry> ClosedModel::shownEntries() const {
    std::vector<SharedEntry> entries;
    entries.reserve(m_rows.size());
    for (const std::uint64_t number : m_rows)
        entries.push_back(m_history.shared(number));
    return entries;
}

QVariant ClosedModel::data(const QModelIndex& index, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return closed_text::cell(at(index.row()), index.column());
    case Qt::ToolTipRole:
        return closed_text::tipOf(at(index.row()),
                                  closed_text::cell(at(index.row()), index.column()));
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    case Qt::AccessibleTextRole:
        return lineText(index.row());
    default:
        return {};
    }
}

QVariant ClosedModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    switch (role) {
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (closed_text::isRight(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return closed_text::headerTipOf(section);
    case Qt::DisplayRole:
        return closed_text::headerOf(section);
    default:
        return {};
    }
}

QString ClosedModel::lineText(int row) const {
    return closed_text::line(at(row));
}

bool ClosedModel::passes(const HistoryEntry& entry) const {
    const auto* closed = std::get_if<ClosedSocket>(&entry);
    if (!closed || m_filter.isEmpty())
        return true;
    if (!closed->row.owners.empty() || closed->listenerOwners.empty())
        return m_filter.matches({.row = closed->row, .age = closed->age});
    SocketRow held = closed->row;
    held.owners = closed->listenerOwners;
    return m_filter.matches({.row = held, .age = closed->age});
}

void ClosedModel::add(const std::vector<HistoryEntry>& entries) {
    m_waiting.insert(m_waiting.end(), entries.begin(), entries.end());
    if (!m_workTimer.isActive())
        work();
}

void ClosedModel::setFilter(const SocketFilter& filter) {
    m_filter = filter;
    m_filteredTo = m_history.end();
    m_filtered.clear();
    m_workTimer.stop();
    work();
}

void ClosedModel::clear() {
    beginResetModel();
    m_history.clear();
    m_rows.clear();
    m_waiting.clear();
    m_filteredTo.reset();
    endResetModel();
    Q_EMIT countChanged();
}

void ClosedModel::work() {
    if (m_filteredTo)
        filterSlice();
    else if (!m_waiting.empty())
        takeSlice();
    if (isBusy())
        m_workTimer.start();
}

/// As many as there is time for.
void ClosedModel::takeSlice() {
    QElapsedTimer clock;
    clock.start();
    const std::size_t step = m_order.isByTime() ? sliceRows : sortedSliceRows;
    std::vector<std::uint64_t> shown;
    Q_EMIT aboutToArrange();
    while (!m_waiting.empty() && clock.nsecsElapsed() < sliceBudget) {
        const std::size_t coming = std::min(step, m_waiting.size());
        forgetFor(coming);
        for (std::size_t i = 0; i < coming; ++i)
            takeNext(shown);
    }
    std::erase_if(shown, [this](std::uint64_t number) { return number < m_history.begin(); });
    announceGap();
    insert(std::move(shown));
    Q_EMIT arranged();
    Q_EMIT countChanged();
}

void ClosedModel::takeNext(std::vector<std::uint64_t>& shown) {
    const std::uint64_t end = m_history.end();
    m_history.add(std::move(m_waiting.front()));
    m_waiting.pop_front();
    if (m_history.end() == end) { // gaps that follow each other become one
        if (shown.empty() || shown.back() != end - 1)
            m_grownGap = end - 1;
        return;
    }
    if (passes(m_history.at(end)))
        shown.push_back(end);
}

void ClosedModel::filterSlice() {
    QElapsedTimer clock;
    clock.start();
    while (*m_filteredTo > m_history.begin()) {
        if (*m_filteredTo % sliceRows == 0 && clock.nsecsElapsed() > sliceBudget)
            return;
        const std::uint64_t number = --*m_filteredTo;
        if (passes(m_history.at(number)))
            m_filtered.push_back(number);
    }
    m_filteredTo.reset();
    if (!m_order.isLatestFirst())
        m_order.sort(m_history, m_filtered);
    beginResetModel();
    m_rows.assign(m_filtered.begin(), m_filtered.end());
    endResetModel();
    m_filtered = {};
    Q_EMIT countChanged();
}

} // namespace sscope
