#include "ui/load/load_compare_model.h"

#include <algorithm>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/load/load_text.h"

namespace sscope {

int LoadCompareModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int LoadCompareModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

void LoadCompareModel::setRuns(const std::vector<const NamedLoad*>& runs) {
    std::vector<Figures> figures;
    for (const NamedLoad* run : runs) {
        const LatencyHistogram& latencies = run->result.latencies;
        figures.push_back({.name = run->name,
                           .isAnswered = run->result.requests > 0,
                           .errors = run->result.errorCount(),
                           .perSecond = run->result.perSecond(),
                           .latencies = {latencies.percentile(0.5), latencies.percentile(0.9),
                                         latencies.percentile(0.99), latencies.percentile(0.999),
                                         latencies.max()}});
    }
    const bool sameRows = std::ranges::equal(figures, m_runs, {}, &Figures::name, &Figures::name);
    if (!sameRows)
        beginResetModel();
    m_runs = std::move(figures);
    if (!sameRows)
        endResetModel();
    else if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

double LoadCompareModel::valueOf(const Figures& run, int column) {
    if (column == RateColumn)
        return -run.perSecond;
    if (column == ErrorsColumn)
        return static_cast<double>(run.errors);
    return std::chrono::duration<double>(
               run.latencies[static_cast<std::size_t>(column - P50Column)])
        .count();
}

/// Alike as far as the digits tell is as good; where all are alike nothing is best.
bool LoadCompareModel::isBest(int row, int column) const {
    const Figures& run = m_runs[static_cast<std::size_t>(row)];
    if (column == NameColumn || !run.isAnswered)
        return false;
    const Figures* best = nullptr;
    bool differ = false;
    for (const Figures& other : m_runs) {
        if (!other.isAnswered)
            continue;
        if (!best || valueOf(other, column) < valueOf(*best, column))
            best = &other;
        differ = differ || textOf(other, column) != textOf(run, column);
    }
    return differ && textOf(run, column) == textOf(*best, column);
}

QString LoadCompareModel::textOf(const Figures& run, int column) const {
    if (column == NameColumn)
        return toQString(run.name);
    if (column == ErrorsColumn)
        return countText(run.errors);
    if (!run.isAnswered)
        return QStringLiteral("–");
    if (column == RateColumn)
        return perSecondText(run.perSecond);
    return shortLatencyText(run.latencies[static_cast<std::size_t>(column - P50Column)]);
}

QVariant LoadCompareModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return textOf(m_runs[static_cast<std::size_t>(index.row())], index.column());
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    case Qt::FontRole: {
        if (index.column() == NameColumn)
            return {};
        return isBest(index.row(), index.column()) ? demiBold(monoFont()) : monoFont();
    }
    default:
        return {};
    }
}

QVariant LoadCompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == NameColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Run");
    case RateColumn:
        return tr("Requests a second");
    case ErrorsColumn:
        return tr("Errors");
    case P50Column:
        return QStringLiteral("p50");
    case P90Column:
        return QStringLiteral("p90");
    case P99Column:
        return QStringLiteral("p99");
    case P999Column:
        return QStringLiteral("p99.9");
    default:
        return tr("Longest");
    }
}

} // namespace sscope
