#pragma once

#include <deque>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QTimer>

#include "core/diagnostics/closed_history.h"
#include "core/diagnostics/socket_filter.h"

namespace sscope {

/// The sockets that closed, latest first, filtered; a gap is a row of its own and passes every
/// filter. What came and a new filter are taken in slices. On the GUI thread.
class ClosedModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        TimeColumn,
        ProcessColumn,
        PidColumn,
        ProtocolColumn,
        StateColumn,
        LocalColumn,
        RemoteColumn,
        LivedColumn,
        ReceivedColumn,
        SentColumn,
        RttColumn,
        RetransmitsColumn,
        ColumnCount
    };

    explicit ClosedModel(QObject* parent = nullptr, std::size_t most = ClosedHistory::defaultMost);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    void add(const std::vector<HistoryEntry>& entries);
    void setFilter(const SocketFilter& filter);
    void clear();
    [[nodiscard]] bool isBusy() const { return !m_waiting.empty() || m_filteredTo.has_value(); }
    [[nodiscard]] const HistoryEntry& at(int row) const;
    /// Null for a gap.
    [[nodiscard]] const ClosedSocket* socketAt(int row) const;
    [[nodiscard]] const HistoryCounters& counters() const { return m_history.counters(); }
    [[nodiscard]] std::size_t total() const { return m_history.size(); }
    [[nodiscard]] QString lineText(int row) const;

Q_SIGNALS:
    void countChanged();

private:
    void work();
    void takeSlice();
    void filterSlice();
    void forgetFor(std::size_t coming);
    [[nodiscard]] bool passes(const HistoryEntry& entry) const;
    [[nodiscard]] QString cellText(const HistoryEntry& entry, int column) const;

    const std::size_t m_most;
    ClosedHistory m_history;
    SocketFilter m_filter;
    std::deque<std::uint64_t> m_rows; // running numbers, latest first
    std::deque<HistoryEntry> m_waiting;
    std::optional<std::uint64_t> m_filteredTo; // this one and those before it are still to be asked
    std::deque<std::uint64_t> m_filtered;
    QTimer m_workTimer;
};

} // namespace sscope
