#include "ui/load/race_model.h"

#include <algorithm>
#include <numeric>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/load/load_text.h"

namespace sscope {

namespace {

// Of these columns the best is told; memory and threads depend on what was asked.
constexpr std::array comparedColumns{RaceModel::RateColumn, RaceModel::P50Column,
                                     RaceModel::P99Column, RaceModel::CpuColumn};

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

} // namespace

double raceValue(const RaceEntry& entry, int column) {
    switch (column) {
    case RaceModel::RateColumn:
        return entry.load.perSecond();
    case RaceModel::P50Column:
    case RaceModel::LatencyColumn:
        return seconds(entry.load.latencies.percentile(0.5));
    case RaceModel::P99Column:
        return seconds(entry.load.latencies.percentile(0.99));
    case RaceModel::CpuColumn:
        return seconds(entry.cpuEach());
    case RaceModel::MemoryColumn:
        return static_cast<double>(entry.underLoad.memory);
    case RaceModel::ThreadsColumn:
        return static_cast<double>(entry.underLoad.threads);
    default:
        return 0;
    }
}

RaceModel::RaceModel(QObject* parent) : QAbstractTableModel(parent) {}

int RaceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int RaceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::SortOrder RaceModel::bestFirst(int column) {
    return column == RateColumn ? Qt::DescendingOrder : Qt::AscendingOrder;
}

bool RaceModel::hasFigures(const RaceEntry& entry) {
    return entry.load.requests > 0 && entry.state != RaceEntry::State::Failed;
}

bool RaceModel::isComparable(const RaceEntry& entry) {
    return entry.state == RaceEntry::State::Done && hasFigures(entry) &&
           entry.load.neverServed == 0 && entry.load.errorCount() == 0 &&
           entry.load.connections >= entry.load.config.connections;
}

QString RaceModel::reasonOf(const RaceEntry& entry) const {
    const std::uint32_t asked = m_result.config.load.connections;
    switch (entry.state) {
    case RaceEntry::State::Waiting:
        return m_result.isOver ? tr("not run") : tr("waits");
    case RaceEntry::State::Starting:
        return tr("starting");
    case RaceEntry::State::Failed:
        return entry.failure ? errorWords(*entry.failure) : tr("failed");
    case RaceEntry::State::Cancelled:
        return tr("cancelled");
    case RaceEntry::State::Running:
        return entry.load.phase < LoadPhase::Running ? tr("connecting") : tr("running");
    case RaceEntry::State::Done:
        break;
    }
    if (entry.load.neverServed > 0)
        return tr("%1 of %2 waited").arg(entry.load.neverServed).arg(asked);
    if (entry.load.connections < asked)
        return tr("%1 of %2 connected").arg(entry.load.connections).arg(asked);
    if (const std::uint64_t errors = entry.load.errorCount(); errors > 0)
        return tr("%n error(s)", nullptr,
                  static_cast<int>(std::min<std::uint64_t>(errors, 1 << 30)));
    return hasFigures(entry) ? QString() : tr("no reply");
}

QVariant RaceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const RaceEntry& entry = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return plainTip(tipOf(entry, index.column()));
    case Qt::AccessibleTextRole:
        return spokenText(entry, index.column());
    default:
        return {};
    }
}

QString RaceModel::textOf(const RaceEntry& entry, int column) const {
    if (column == NameColumn)
        return toQString(entry.model);
    if (!hasFigures(entry))
        return {};
    const ServerUsage& usage = entry.underLoad;
    switch (column) {
    case RateColumn:
        return perSecondText(entry.load.perSecond());
    case P50Column:
        return shortLatencyText(entry.load.latencies.percentile(0.5));
    case P99Column:
        return shortLatencyText(entry.load.latencies.percentile(0.99));
    case CpuColumn:
        return processorTimeText(entry.cpuEach());
    case MemoryColumn:
        return usage.memory == 0 ? QStringLiteral("–") : bytesText(usage.memory);
    case ThreadsColumn:
        if (usage.threads == 0)
            return QStringLiteral("–");
        return usage.processes > 1 ? tr("%1 proc.").arg(usage.processes)
                                   : QString::number(usage.threads);
    default:
        return {};
    }
}

QString RaceModel::tipOf(const RaceEntry& entry, int column) const {
    const QString reason = reasonOf(entry);
    if (!hasFigures(entry) || (column == RateColumn && !reason.isEmpty()))
        return reason;
    switch (column) {
    case RateColumn:
        return tr("%1 requests were answered; %2 failed")
            .arg(countText(entry.load.requests), countText(entry.load.failed));
    case CpuColumn:
        return tr("CPU time of the server for each request; it kept %1 cores busy")
            .arg(entry.cores(), 0, 'f', 1);
    case MemoryColumn:
        return tr("%1 before the first connection; pages that several processes share count once")
            .arg(bytesText(entry.idle.memory));
    case ThreadsColumn:
        return tr("%n thread(s)", nullptr, static_cast<int>(entry.underLoad.threads)) +
               QStringLiteral(", ") +
               tr("%n process(es)", nullptr, static_cast<int>(entry.underLoad.processes));
    case NameColumn:
        return {};
    default:
        return tr("p50 %1, p99 %2, p99.9 %3, longest %4")
            .arg(shortLatencyText(entry.load.latencies.percentile(0.5)),
                 shortLatencyText(entry.load.latencies.percentile(0.99)),
                 shortLatencyText(entry.load.latencies.percentile(0.999)),
                 shortLatencyText(entry.load.latencies.max()));
    }
}

QString RaceModel::spokenText(const RaceEntry& entry, int column) const {
    if (column == LatencyColumn)
        return hasFigures(entry) ? tipOf(entry, column) : QString();
    const QString text = textOf(entry, column);
    const QString reason = reasonOf(entry);
    if (column != RateColumn || reason.isEmpty())
        return text;
    return text.isEmpty() ? reason : QStringLiteral("%1, %2").arg(text, reason);
}

QVariant RaceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isLeft =
            section == NameColumn || section == RateColumn || section == LatencyColumn;
        return static_cast<int>((isLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == CpuColumn)
        return tr("CPU time of the server for each request");
    if (role == Qt::AccessibleTextRole && section == LatencyColumn)
        return tr("Latency");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Model");
    case RateColumn:
        return tr("Requests a second");
    case P50Column:
        return QStringLiteral("p50");
    case P99Column:
        return QStringLiteral("p99");
    case CpuColumn:
        return tr("CPU each");
    case MemoryColumn:
        return tr("Memory");
    case ThreadsColumn:
        return tr("Threads");
    default:
        return {}; // the axis is painted there
    }
}

void RaceModel::setResult(RaceResult result) {
    const bool sameRows = std::ranges::equal(result.entries, m_result.entries, {},
                                             &RaceEntry::model, &RaceEntry::model);
    if (!sameRows) {
        beginResetModel();
        m_result = std::move(result);
        m_order.resize(m_result.entries.size());
        std::iota(m_order.begin(), m_order.end(), 0);
        m_order = sorted();
        findBest();
        endResetModel();
        return;
    }
    const bool sameStates = std::ranges::equal(result.entries, m_result.entries, {},
                                               &RaceEntry::state, &RaceEntry::state);
    m_result = std::move(result);
    findBest();
    if (!sameStates)
        reorder();
    if (!m_order.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int RaceModel::rowOf(const std::string& model) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row).model == model)
            return row;
    }
    return -1;
}

void RaceModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    reorder();
}

std::vector<int> RaceModel::sorted() const {
    std::vector<int> order(m_result.entries.size());
    std::iota(order.begin(), order.end(), 0);
    const auto entryOf = [this](int i) -> const RaceEntry& {
        return m_result.entries[static_cast<std::size_t>(i)];
    };
    std::ranges::stable_sort(order, [&](int left, int right) {
        const RaceEntry& a = entryOf(left);
        const RaceEntry& b = entryOf(right);
        const bool isDescending = m_sortOrder == Qt::DescendingOrder;
        if (m_sortColumn == NameColumn)
            return isDescending ? b.model < a.model : a.model < b.model;
        if (hasFigures(a) != hasFigures(b))
            return hasFigures(a); // what has none is last, whichever way
        const double first = raceValue(a, m_sortColumn);
        const double second = raceValue(b, m_sortColumn);
        return isDescending ? first > second : first < second;
    });
    return order;
}

void RaceModel::reorder() {
    std::vector<int> order = sorted();
    if (order == m_order)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex& each : before) {
        const int entry = m_order[static_cast<std::size_t>(each.row())];
        const auto row = std::ranges::find(order, entry) - order.begin();
        after.append(index(static_cast<int>(row), each.column()));
    }
    m_order = std::move(order);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void RaceModel::findBest() {
    m_mostPerSecond = 0;
    Duration least = std::chrono::hours(1);
    Duration most{};
    m_best = {};
    std::array<const RaceEntry*, ColumnCount> best{};
    for (const RaceEntry& entry : m_result.entries) {
        if (!hasFigures(entry))
            continue;
        m_mostPerSecond = std::max(m_mostPerSecond, entry.load.perSecond());
        least = std::min(least, entry.load.latencies.percentile(0.5));
        most = std::max(most, entry.load.latencies.percentile(0.99));
        if (!isComparable(entry))
            continue;
        for (const int column : comparedColumns) {
            const RaceEntry*& current = best[static_cast<std::size_t>(column)];
            const double sign = bestFirst(column) == Qt::DescendingOrder ? -1 : 1;
            if (!current || sign * raceValue(entry, column) < sign * raceValue(*current, column))
                current = &entry;
        }
    }
    for (const int column : comparedColumns) {
        if (const RaceEntry* entry = best[static_cast<std::size_t>(column)])
            m_best[static_cast<std::size_t>(column)] = textOf(*entry, column);
    }
    const LatencyAxis axis = LatencyAxis::usualWith(least, most);
    if (axis == m_axis)
        return;
    m_axis = axis;
    Q_EMIT headerDataChanged(Qt::Horizontal, LatencyColumn, LatencyColumn);
}

bool RaceModel::isBest(int row, int column) const {
    const QString& best = m_best[static_cast<std::size_t>(column)];
    return !best.isEmpty() && isComparable(at(row)) && textOf(at(row), column) == best;
}

LatencyColumns RaceModel::columns(int row, std::size_t count) const {
    const RaceEntry& entry = at(row);
    if (!hasFigures(entry))
        return {};
    return {countsIn(entry.load.latencies, m_axis, count), entry.load.latencies.percentile(0.5),
            entry.load.latencies.percentile(0.99)};
}

double RaceModel::barShare(int row) const {
    return m_mostPerSecond > 0 ? at(row).load.perSecond() / m_mostPerSecond : 0;
}

} // namespace sscope
