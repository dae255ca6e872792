#include "ui/clients/crowd_results_model.h"

#include <algorithm>
#include <iterator>

#include <QPixmap>

#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"

namespace sscope {

namespace {

bool isFailed(const CrowdResult& result) {
    return result.end != ExchangeEnd::Done && result.end != ExchangeEnd::Cancelled;
}

bool isNumber(int column) {
    return column == CrowdResultsModel::NumberColumn || column == CrowdResultsModel::SentColumn ||
           column == CrowdResultsModel::ReceivedColumn || column == CrowdResultsModel::TimeColumn;
}

QPixmap stateIcon(ExchangeEnd end) {
    if (end == ExchangeEnd::Done)
        return lineIcon(QStringLiteral("check"), ColorToken::Success).pixmap(14);
    return lineIcon(QStringLiteral("close-circle"),
                    end == ExchangeEnd::Cancelled ? ColorToken::Muted : ColorToken::Danger)
        .pixmap(14);
}

} // namespace

QString exchangeEndWord(ExchangeEnd end) {
    switch (end) {
    case ExchangeEnd::Done:
        return CrowdResultsModel::tr("done");
    case ExchangeEnd::NetworkSaidNo:
        return CrowdResultsModel::tr("failed");
    case ExchangeEnd::TimedOut:
        return CrowdResultsModel::tr("no reply");
    case ExchangeEnd::PeerClosed:
        return CrowdResultsModel::tr("closed early");
    case ExchangeEnd::ProtocolBroken:
        return CrowdResultsModel::tr("bad reply");
    case ExchangeEnd::Cancelled:
        return CrowdResultsModel::tr("cancelled");
    }
    return {};
}

QString crowdReasonWords(const CrowdReason& reason) {
    if (reason.error.code)
        return errorWords(reason.error);
    if (reason.end == ExchangeEnd::TimedOut)
        return CrowdResultsModel::tr("Not all that was waited for came in time. Try a longer "
                                     "time-out, or check what the server answers.");
    return CrowdResultsModel::tr("The peer closed before all had come. Check what it expects, or "
                                 "why it turns connections away.");
}

int CrowdResultsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_failed.size() + m_others.size());
}

int CrowdResultsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

const CrowdResult& CrowdResultsModel::at(int row) const {
    const auto place = static_cast<std::size_t>(row);
    return place < m_failed.size() ? m_failed[place] : m_others[place - m_failed.size()];
}

QVariant CrowdResultsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const CrowdResult& result = at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(result, column);
    case Qt::DecorationRole:
        return column == StateColumn ? QVariant(stateIcon(result.end)) : QVariant();
    case Qt::TextAlignmentRole:
        return static_cast<int>((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    case Qt::FontRole:
        return isNumber(column) || column == LocalColumn ? QVariant(monoFont()) : QVariant();
    case Qt::ToolTipRole:
        if (result.reason < m_reasons.size())
            return plainTip(crowdReasonWords(m_reasons[result.reason]));
        return result.peer.empty() ? QVariant()
                                   : plainTip(tr("%1 to %2")
                                                  .arg(toQString(displaySafe(result.local)),
                                                       toQString(displaySafe(result.peer))));
    case ReasonRole:
        return result.reason == CrowdResult::noReason ? -1 : static_cast<int>(result.reason);
    case SortRole:
        return sortValue(result, column);
    default:
        return {};
    }
}

QVariant CrowdResultsModel::text(const CrowdResult& result, int column) const {
    switch (column) {
    case NumberColumn:
        return countText(result.connection);
    case StateColumn:
        return exchangeEndWord(result.end);
    case LocalColumn:
        return result.local.empty() ? tr("not connected")
                                    : withoutScheme(toQString(displaySafe(result.local)));
    case SentColumn:
        return bytesText(result.sentBytes);
    case ReceivedColumn:
        return bytesText(result.receivedBytes);
    case TimeColumn:
        return latencyText(result.lasted);
    case ReasonColumn:
        return result.reason < m_reasons.size() ? crowdReasonWords(m_reasons[result.reason])
                                                : QString();
    default:
        return {};
    }
}

QVariant CrowdResultsModel::sortValue(const CrowdResult& result, int column) {
    switch (column) {
    case NumberColumn:
        return result.connection;
    case SentColumn:
        return static_cast<qulonglong>(result.sentBytes);
    case ReceivedColumn:
        return static_cast<qulonglong>(result.receivedBytes);
    case TimeColumn:
        return static_cast<qlonglong>(result.lasted.count());
    case LocalColumn:
        return toQString(result.local);
    case StateColumn:
        return static_cast<int>(result.end);
    default:
        return result.reason == CrowdResult::noReason ? -1 : static_cast<int>(result.reason);
    }
}

QVariant CrowdResultsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("No.");
    case StateColumn:
        return tr("End");
    case LocalColumn:
        return tr("Local");
    case SentColumn:
        return tr("Sent");
    case ReceivedColumn:
        return tr("Received");
    case TimeColumn:
        return tr("Took");
    case ReasonColumn:
        return tr("Reason");
    default:
        return {};
    }
}

void CrowdResultsModel::add(std::vector<CrowdResult> results) {
    const auto split = std::stable_partition(results.begin(), results.end(), isFailed);
    std::vector<CrowdResult> others(std::make_move_iterator(split),
                                    std::make_move_iterator(results.end()));
    results.erase(split, results.end());
    append(m_failed, results, static_cast<int>(m_failed.size()));
    append(m_others, others, rowCount());
}

void CrowdResultsModel::append(std::vector<CrowdResult>& target, std::vector<CrowdResult>& added,
                               int at) {
    if (added.empty())
        return;
    beginInsertRows({}, at, at + static_cast<int>(added.size()) - 1);
    std::ranges::move(added, std::back_inserter(target));
    endInsertRows();
}

void CrowdResultsModel::setReasons(const std::vector<CrowdReason>& reasons) {
    for (std::size_t i = m_reasons.size(); i < reasons.size(); ++i)
        m_reasons.push_back(reasons[i]);
}

void CrowdResultsModel::clear() {
    m_reasons.clear();
    if (rowCount() == 0)
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_failed.clear();
    m_others.clear();
    endRemoveRows();
}

} // namespace sscope
