#pragma once

#include <QStyledItemDelegate>

namespace sscope {

/// Paints a row of a RaceModel: bar and number, percentiles, histogram, what the server needed.
class RaceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int rowHeight = 36;
    static constexpr int padding = 8;
    static constexpr int firstPadding = 12; // of the first and the last column, and of the bar

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace sscope
