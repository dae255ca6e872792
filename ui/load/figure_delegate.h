#pragma once

#include <QStyledItemDelegate>

namespace sscope {

/// Cells of a small table of figures: text left, numbers right in the model's font, with the
/// padding of the headers. Never tinted: what is chosen is chosen elsewhere.
class FigureDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace sscope
