#pragma once

#include <algorithm>
#include <unordered_set>
#include <vector>

#include <QAbstractTableModel>

namespace sscope {

/// The rows of a small table whose whole content comes anew with each change, always in the same
/// order: what is gone is removed, what is new inserted, what is another changed; never a reset.
/// Row has operator==, and keyOf() names it.
template <typename Row>
class KeyedRows : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] const Row& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    void setRows(std::vector<Row> rows) {
        removeGone(rows);
        for (std::size_t i = 0; i < rows.size();) {
            if (i < m_rows.size() && keyOf(m_rows[i]) == keyOf(rows[i])) {
                ++i;
                continue;
            }
            std::size_t end = i + 1; // neighbours that are new come together
            while (end < rows.size() &&
                   (i == m_rows.size() || keyOf(m_rows[i]) != keyOf(rows[end])))
                ++end;
            beginInsertRows({}, static_cast<int>(i), static_cast<int>(end) - 1);
            m_rows.insert(at(m_rows, i), at(rows, i), at(rows, end));
            endInsertRows();
            i = end;
        }
        takeChanges(std::move(rows));
    }

protected:
    /// Unlike that of any other row.
    [[nodiscard]] virtual std::string keyOf(const Row& row) const = 0;

private:
    static auto at(std::vector<Row>& rows, std::size_t i) {
        return rows.begin() + static_cast<std::ptrdiff_t>(i);
    }

    /// From the back, neighbours together.
    void removeGone(const std::vector<Row>& rows) {
        std::unordered_set<std::string> kept;
        for (const Row& row : rows)
            kept.insert(keyOf(row));
        for (std::size_t last = m_rows.size(); last > 0;) {
            std::size_t first = last;
            while (first > 0 && !kept.contains(keyOf(m_rows[first - 1])))
                --first;
            if (first == last) {
                --last;
                continue;
            }
            beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last) - 1);
            m_rows.erase(at(m_rows, first), at(m_rows, last));
            endRemoveRows();
            last = first;
        }
    }

    void takeChanges(std::vector<Row> rows) {
        std::size_t first = rows.size();
        std::size_t end = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (m_rows[i] == rows[i])
                continue;
            first = std::min(first, i);
            end = i + 1;
        }
        m_rows = std::move(rows);
        if (first < end)
            Q_EMIT dataChanged(index(static_cast<int>(first), 0),
                               index(static_cast<int>(end) - 1, columnCount() - 1));
    }

    std::vector<Row> m_rows;
};

} // namespace sscope
