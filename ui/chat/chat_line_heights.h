#pragma once

#include <vector>

namespace sscope {

/// Where lines of different heights stand below each other. A height is an estimate until it is
/// measured. Rows as the model counts them; pixels.
class ChatLineHeights {
public:
    void clear();
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    /// An estimate for each row.
    void insert(int first, const std::vector<int>& estimates);
    void remove(int first, int last);
    void setEstimate(int row, int height);
    void setMeasured(int row, int height);
    [[nodiscard]] bool isMeasured(int row) const { return at(row).isMeasured; }
    [[nodiscard]] int height(int row) const { return at(row).height; }
    /// Of the row after the last: the height of all.
    [[nodiscard]] int top(int row) const;
    /// The row that a pixel belongs to: the first, the last where it is beyond them; -1 for none.
    [[nodiscard]] int rowAt(int y) const;
    /// The row nearest to the given one that is not measured, those before it first; -1 for none.
    [[nodiscard]] int nextUnmeasured(int from) const;

private:
    struct Row {
        int height;
        bool isMeasured;
    };
    [[nodiscard]] const Row& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    void set(int row, Row value);
    void forgetTops(int from);

    std::vector<Row> m_rows;
    int m_unmeasured = 0;
    mutable std::vector<int> m_tops{0}; // of the rows up to the last that was asked for
};

} // namespace sscope
