#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/load/load_result.h"

namespace sscope {

/// The errors of a run by reason, the most frequent first. Rows come as reasons do.
class LoadErrorsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { ReasonColumn, CountColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    void setResult(const LoadResult& result);

private:
    struct Row {
        LoadErrorReason reason{};
        std::uint64_t count = 0;
        Error first;
    };

    std::vector<Row> m_rows;
};

QString reasonWord(LoadErrorReason reason);

} // namespace sscope
