#pragma once

#include <QStyledItemDelegate>

namespace sscope {

/// Cells of a small table of figures: text left, numbers right in the model's font, with the
/// padding of the headers; a decoration stands before its text.
class FigureDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// When a row that is selected is tinted: a table that chooses nothing shows the keyboard
    /// alone.
    enum class Tint { Always, WithFocus };

    explicit FigureDelegate(QObject* parent, Tint tint = Tint::Always)
        : QStyledItemDelegate(parent), m_tint(tint) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const Tint m_tint;
};

} // namespace sscope
