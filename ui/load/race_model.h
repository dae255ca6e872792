#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "core/load/model_race.h"
#include "ui/load/histogram_painting.h"

namespace sscope {

/// The execution models of a race, a row for each, in the order that was chosen. Never reset while
/// a race goes on; sorted anew where a model is done, not while its figures move.
class RaceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        RateColumn,
        P50Column,
        P99Column,
        LatencyColumn, // the histogram
        CpuColumn,
        MemoryColumn,
        ThreadsColumn,
        ColumnCount
    };

    explicit RaceModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    /// What the race tells now. Other models than before make other rows.
    void setResult(RaceResult result);
    [[nodiscard]] const RaceResult& result() const { return m_result; }
    [[nodiscard]] const RaceEntry& at(int row) const {
        return m_result.entries[static_cast<std::size_t>(m_order[static_cast<std::size_t>(row)])];
    }
    /// The row of an execution model; -1 where there is none.
    [[nodiscard]] int rowOf(const std::string& model) const;

    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }
    /// Which way a column has its best first.
    static Qt::SortOrder bestFirst(int column);

    /// What a delegate paints:
    [[nodiscard]] const LatencyAxis& axis() const { return m_axis; }
    [[nodiscard]] LatencyColumns columns(int row, std::size_t count) const;
    /// Of the longest bar.
    [[nodiscard]] double barShare(int row) const;
    /// The best of its column among those that can be compared, as far as the digits tell.
    [[nodiscard]] bool isBest(int row, int column) const;

    static bool hasFigures(const RaceEntry& entry);
    /// Done, and all of its connections were served.
    static bool isComparable(const RaceEntry& entry);
    /// Why it is not to be compared, or what it is doing: "49 of 50 waited", "waits", "refused
    /// ...".
    [[nodiscard]] QString reasonOf(const RaceEntry& entry) const;

private:
    [[nodiscard]] QString textOf(const RaceEntry& entry, int column) const;
    [[nodiscard]] QString tipOf(const RaceEntry& entry, int column) const;
    [[nodiscard]] QString spokenText(const RaceEntry& entry, int column) const;
    [[nodiscard]] std::vector<int> sorted() const;
    void reorder();
    void findBest();

    RaceResult m_result;
    std::vector<int> m_order; // rows into entries
    int m_sortColumn = RateColumn;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    LatencyAxis m_axis;
    double m_mostPerSecond = 0;
    std::array<QString, ColumnCount> m_best; // as they are shown
};

/// What is sorted by and compared: the value of a column; smaller is better but for the rate.
double raceValue(const RaceEntry& entry, int column);

} // namespace sscope
