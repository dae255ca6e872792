#pragma once

#include <QStyledItemDelegate>

namespace sscope {

/// Cells of the tables of a crowd, with the padding of their headers; a decoration, the sign of how
/// a connection ended, stands before its text.
class CrowdDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace sscope
