#include "ui/clients/crowd_reasons_model.h"

#include "ui/clients/crowd_results_model.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"

namespace sscope {

int CrowdReasonsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_reasons.empty() ? 0 : static_cast<int>(m_reasons.size()) + 1;
}

int CrowdReasonsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CrowdReasonsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool isReason = index.column() == ReasonColumn;
    const bool isAll = index.row() == 0;
    const auto place = static_cast<std::size_t>(index.row() - 1);
    switch (role) {
    case Qt::DisplayRole:
        if (isReason)
            return isAll ? tr("All connections") : crowdReasonWords(m_reasons[place]);
        return countText(isAll ? m_over : m_reasons[place].connections);
    case Qt::TextAlignmentRole:
        return static_cast<int>((isReason ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
        return isReason ? QVariant() : QVariant(monoFont());
    case Qt::ToolTipRole:
        return isAll ? QVariant() : plainTip(crowdReasonWords(m_reasons[place]));
    default:
        return {};
    }
}

QVariant CrowdReasonsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == ReasonColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == ReasonColumn ? tr("Failures by reason") : tr("Connections");
}

void CrowdReasonsModel::setReasons(const std::vector<CrowdReason>& reasons, std::uint32_t over) {
    const int before = rowCount();
    const int now = reasons.empty() ? 0 : static_cast<int>(reasons.size()) + 1;
    m_over = over;
    if (now > before) {
        beginInsertRows({}, before, now - 1);
        m_reasons = reasons;
        endInsertRows();
    } else {
        m_reasons = reasons;
    }
    if (before > 0)
        Q_EMIT dataChanged(index(0, CountColumn), index(before - 1, CountColumn));
}

void CrowdReasonsModel::clear() {
    if (m_reasons.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_reasons.clear();
    endRemoveRows();
}

} // namespace sscope
