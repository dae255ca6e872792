#include "ui/load/load_errors_model.h"

#include <algorithm>

#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"

namespace sscope {

QString reasonWord(LoadErrorReason reason) {
    switch (reason) {
    case LoadErrorReason::Refused:
        return LoadErrorsModel::tr("refused");
    case LoadErrorReason::ConnectTimedOut:
        return LoadErrorsModel::tr("no answer to connect");
    case LoadErrorReason::Unreachable:
        return LoadErrorsModel::tr("unreachable");
    case LoadErrorReason::Resources:
        return LoadErrorsModel::tr("this machine ran short");
    case LoadErrorReason::Reset:
        return LoadErrorsModel::tr("reset");
    case LoadErrorReason::Closed:
        return LoadErrorsModel::tr("closed without a reply");
    case LoadErrorReason::ReplyTimedOut:
        return LoadErrorsModel::tr("no reply in time");
    case LoadErrorReason::WrongReply:
        return LoadErrorsModel::tr("another reply");
    case LoadErrorReason::Other:
        break;
    }
    return LoadErrorsModel::tr("other");
}

int LoadErrorsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LoadErrorsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LoadErrorsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isReason = index.column() == ReasonColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isReason ? reasonWord(row.reason) : countText(row.count);
    case Qt::TextAlignmentRole:
        return static_cast<int>((isReason ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
        return isReason ? QVariant() : QVariant(monoFont());
    case Qt::ToolTipRole:
        return plainTip(errorWords(row.first));
    default:
        return {};
    }
}

QVariant LoadErrorsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == ReasonColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == ReasonColumn ? tr("Errors by reason") : tr("Count");
}

void LoadErrorsModel::setResult(const LoadResult& result) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < result.errors.size(); ++i) {
        if (result.errors[i].count > 0)
            rows.push_back(
                {static_cast<LoadErrorReason>(i), result.errors[i].count, result.errors[i].first});
    }
    std::ranges::stable_sort(rows, std::greater(), &Row::count);
    const auto shared = static_cast<int>(std::min(rows.size(), m_rows.size()));
    const auto now = static_cast<int>(rows.size());
    if (now < rowCount()) {
        beginRemoveRows({}, now, rowCount() - 1);
        m_rows = std::move(rows);
        endRemoveRows();
    } else if (now > rowCount()) {
        beginInsertRows({}, rowCount(), now - 1);
        m_rows = std::move(rows);
        endInsertRows();
    } else {
        m_rows = std::move(rows);
    }
    if (shared > 0)
        Q_EMIT dataChanged(index(0, 0), index(shared - 1, ColumnCount - 1));
}

} // namespace sscope
