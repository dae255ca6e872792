#pragma once

#include <vector>

#include <QAbstractListModel>

#include "core/load/load_result.h"

namespace sscope {

/// The runs of a Load page, the newest last. A person can give one another name.
class LoadRunsModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// A run that begins; gives its row.
    int add(const LoadConfig& config);
    void setResult(int row, LoadResult result);
    void remove(int row);
    [[nodiscard]] const NamedLoad& at(int row) const {
        return m_runs[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] QString nameOf(int row) const;
    /// "118 600/s", or what it is doing.
    [[nodiscard]] QString outcomeOf(int row) const;

private:
    std::vector<NamedLoad> m_runs;
    int m_lastNumber = 0;
};

/// "connecting", "running", "cancelled" ...
QString phaseWord(LoadPhase phase);

} // namespace sscope
