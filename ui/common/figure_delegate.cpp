#include "ui/common/figure_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>

#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int padding = 8;
constexpr int outerPadding = 12; // of the first and the last column
constexpr int iconSize = 14;

} // namespace

void FigureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    painter->save();
    painter->fillRect(option.rect, themeColor(ColorToken::Surface));
    const bool isTinted = option.state & QStyle::State_Selected &&
                          (m_tint == Tint::Always || option.state & QStyle::State_HasFocus);
    paintRowState(painter, option.rect, isTinted, option.state & QStyle::State_MouseOver);
    const bool isFirst = index.column() == 0;
    const bool isLast = index.column() == index.model()->columnCount() - 1;
    QRect place = option.rect.adjusted(isFirst ? outerPadding : padding, 0,
                                       isLast ? -outerPadding : -padding, 0);
    const auto icon = index.data(Qt::DecorationRole).value<QPixmap>();
    if (!icon.isNull()) {
        const int above = place.top() + (place.height() - iconSize) / 2;
        painter->drawPixmap(QRect(place.left(), above, iconSize, iconSize), icon);
        place.setLeft(place.left() + iconSize + padding / 2);
    }
    const QVariant font = index.data(Qt::FontRole);
    painter->setFont(font.isValid() ? font.value<QFont>() : QApplication::font());
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
    paintText(painter, place, index.data().toString(), ColorToken::Text,
              alignment & Qt::AlignHorizontal_Mask);
    painter->restore();
}

} // namespace sscope
