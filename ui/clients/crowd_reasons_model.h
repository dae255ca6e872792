#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/client/connection_crowd.h"

namespace sscope {

/// Why connections of a crowd have failed, and how many for the same reason; above them all
/// connections. Reasons are added and counted up, never removed but by clear().
class CrowdReasonsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { ReasonColumn, CountColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    void setReasons(const std::vector<CrowdReason>& reasons, std::uint32_t over);
    void clear();

private:
    std::vector<CrowdReason> m_reasons;
    std::uint32_t m_over = 0; // connections, for whatever reason or none
};

} // namespace sscope
