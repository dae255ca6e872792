#pragma once

#include <array>
#include <vector>

#include <QAbstractTableModel>

#include "core/load/load_result.h"

namespace sscope {

/// The figures of several runs beside each other, the best of a column in bold.
class LoadCompareModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        RateColumn,
        ErrorsColumn,
        P50Column,
        P90Column,
        P99Column,
        P999Column,
        MaxColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// Other names than before make other rows; else the figures of the same rows have changed.
    void setRuns(const std::vector<const NamedLoad*>& runs);
    [[nodiscard]] bool isBest(int row, int column) const;

private:
    struct Figures {
        std::string name;
        bool isAnswered = false;
        std::uint64_t errors = 0;
        double perSecond = 0;
        std::array<Duration, 5> latencies{}; // p50, p90, p99, p99.9, max
    };

    [[nodiscard]] QString textOf(const Figures& run, int column) const;
    [[nodiscard]] static double valueOf(const Figures& run, int column);

    std::vector<Figures> m_runs;
};

} // namespace sscope
