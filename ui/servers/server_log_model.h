#pragma once

#include <deque>
#include <span>
#include <vector>

#include <QAbstractListModel>

#include "core/trace/lifecycle.h"

namespace sscope {

/// What has happened to one server, oldest first, through all its runs. Bounded: the oldest rows
/// make room and are counted. Collects until commit(), which inserts once; never reset.
class ServerLogModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Mood { Plain, Caution, Bad };
    /// To the second, for a narrow list; the tooltip and lineText() have the milliseconds.
    enum Role { TimeRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] Mood moodOf(int row) const;
    /// The row as a line of text, for copying.
    [[nodiscard]] QString lineText(int row) const;
    [[nodiscard]] quint64 droppedRows() const { return m_dropped; }
    void setRowLimit(std::size_t limit) { m_limit = limit; }

    /// offset: what makes wall time of the events' time (clock.h).
    void add(const LifecycleEvent& event, Duration offset);
    void commit();

Q_SIGNALS:
    void droppedRowsChanged();

private:
    struct Row {
        WallTime time = 0;
        std::uint32_t connection = 0;
        lifecycle::Event what;
    };

    [[nodiscard]] const Row& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] static QString wordsOf(const Row& row);
    void makeRoom();

    std::deque<Row> m_rows;
    std::vector<Row> m_pending;
    std::size_t m_limit = 5'000;
    quint64 m_dropped = 0;
};

} // namespace sscope
