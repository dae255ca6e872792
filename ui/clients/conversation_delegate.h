#pragma once

#include <QStyledItemDelegate>

namespace sscope {

/// Paints the rows of a conversation (GUI.md 17).
class ConversationDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace sscope
