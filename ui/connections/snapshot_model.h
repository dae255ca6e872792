#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/diagnostics/table_snapshot.h"

namespace sscope {

/// What differs between two snapshots: opened, closed, changed. On the GUI thread.
class SnapshotModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        WhatColumn,
        ProcessColumn,
        PidColumn,
        ProtocolColumn,
        StateColumn,
        LocalColumn,
        RemoteColumn,
        ReceiveQueueColumn,
        SendQueueColumn,
        UserColumn,
        ColumnCount
    };
    enum class What { Opened, Closed, Changed };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    void setDifference(SnapshotDifference difference);
    [[nodiscard]] const SnapshotDifference& difference() const { return m_difference; }
    [[nodiscard]] What whatAt(int row) const;
    [[nodiscard]] QString lineText(int row) const;

private:
    [[nodiscard]] const SocketRow& rowAt(int row) const; // as it is later, where it is
    [[nodiscard]] const SocketRow* beforeAt(int row) const;
    [[nodiscard]] QString cellText(int row, int column) const;

    SnapshotDifference m_difference;
};

} // namespace sscope
