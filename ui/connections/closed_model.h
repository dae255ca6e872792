#pragma once

#include <deque>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QTimer>

#include "core/diagnostics/closed_history.h"
#include "core/diagnostics/socket_filter.h"
#include "ui/connections/closed_order.h"

namespace sscope {

struct LineOrder;

/// The sockets that closed, the latest first until they are sorted by something else, filtered; a
/// gap is a row of its own and passes every filter. What came and a new filter are taken in slices.
/// On the GUI thread.
class ClosedModel : public QAbstractTableModel, public ClosedColumns {
    Q_OBJECT

public:
    explicit ClosedModel(QObject* parent = nullptr, std::size_t most = ClosedHistory::defaultMost);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    void add(const std::vector<HistoryEntry>& entries);
    void setFilter(const SocketFilter& filter);
    void clear();
    [[nodiscard]] bool isBusy() const { return !m_waiting.empty() || m_filteredTo.has_value(); }
    [[nodiscard]] const HistoryEntry& at(int row) const;
    /// Null for a gap.
    [[nodiscard]] const ClosedSocket* socketAt(int row) const;
    /// A number that identifies a row whatever its place.
    [[nodiscard]] std::uint64_t numberAt(int row) const {
        return m_rows[static_cast<std::size_t>(row)];
    }
    /// -1 where it is not shown.
    [[nodiscard]] int rowOf(std::uint64_t number) const;
    [[nodiscard]] const SharedEntry& sharedAt(int row) const;
    /// What is shown, in its order.
    [[nodiscard]] std::vector<SharedEntry> shownEntries() const;
    [[nodiscard]] const HistoryCounters& counters() const { return m_history.counters(); }
    [[nodiscard]] std::size_t total() const { return m_history.size(); }
    [[nodiscard]] QString lineText(int row) const;

Q_SIGNALS:
    void countChanged();
    /// Rows come, go and move between the two.
    void aboutToArrange();
    void arranged();

private:
    void work();
    void takeSlice();
    void takeNext(std::vector<std::uint64_t>& shown);
    void filterSlice();
    [[nodiscard]] bool passes(const HistoryEntry& entry) const;
    // closed_model_rows.cpp
    void forgetFor(std::size_t coming);
    void removeBefore(std::uint64_t first);
    void removeRange(int first, int last);
    void insert(std::vector<std::uint64_t> numbers);
    void insertAmong(const std::vector<std::uint64_t>& numbers, const std::vector<int>& places);
    void rearrange(const LineOrder& order);
    void announceGap();
    [[nodiscard]] int placeFor(std::uint64_t number) const;

    const std::size_t m_most;
    ClosedHistory m_history;
    SocketFilter m_filter;
    ClosedOrder m_order;
    std::deque<std::uint64_t> m_rows; // running numbers, in their order
    std::deque<HistoryEntry> m_waiting;
    std::optional<std::uint64_t> m_filteredTo; // this one and those before it are still to be asked
    std::vector<std::uint64_t> m_filtered;     // latest first
    std::optional<std::uint64_t> m_grownGap;   // one that was shown is larger now
    QTimer m_workTimer;
};

} // namespace sscope
