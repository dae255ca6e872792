#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/client/connection_crowd.h"

namespace sscope {

/// The connections of a crowd that are over: those that failed first, both in the order of their
/// ends. Grows in ranges, never reset.
class CrowdResultsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NumberColumn,
        StateColumn,
        LocalColumn,
        SentColumn,
        ReceivedColumn,
        TimeColumn,
        ReasonColumn,
        ColumnCount
    };
    /// ReasonRole: index of the reason, or -1. SortRole: a number where the column shows one.
    enum Role { ReasonRole = Qt::UserRole, SortRole };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const CrowdResult& at(int row) const;
    void add(std::vector<CrowdResult> results);
    /// The errors that results refer to; those that were known stay as they are.
    void setReasons(const std::vector<CrowdReason>& reasons);
    void clear();

private:
    void append(std::vector<CrowdResult>& target, std::vector<CrowdResult>& added, int at);
    [[nodiscard]] QVariant text(const CrowdResult& result, int column) const;
    [[nodiscard]] static QVariant sortValue(const CrowdResult& result, int column);

    std::vector<CrowdResult> m_failed;
    std::vector<CrowdResult> m_others;
    std::vector<CrowdReason> m_reasons;
};

/// "refused by the peer ..." as a sentence: the error's, or what was waited for in vain.
QString crowdReasonWords(const CrowdReason& reason);
/// "done", "failed", "no reply", "cancelled"
QString exchangeEndWord(ExchangeEnd end);

} // namespace sscope
