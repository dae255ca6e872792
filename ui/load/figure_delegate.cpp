#include "ui/load/figure_delegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int padding = 8;
constexpr int outerPadding = 12; // of the first and the last column

} // namespace

void FigureDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    painter->save();
    painter->fillRect(option.rect, themeColor(ColorToken::Surface));
    const bool isFocused =
        option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus;
    paintRowState(painter, option.rect, isFocused, option.state & QStyle::State_MouseOver);
    const bool isFirst = index.column() == 0;
    const bool isLast = index.column() == index.model()->columnCount() - 1;
    const QRect place = option.rect.adjusted(isFirst ? outerPadding : padding, 0,
                                             isLast ? -outerPadding : -padding, 0);
    const QVariant font = index.data(Qt::FontRole);
    painter->setFont(font.isValid() ? font.value<QFont>() : QApplication::font());
    const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
    paintText(painter, place, index.data().toString(), ColorToken::Text,
              alignment & Qt::AlignHorizontal_Mask);
    painter->restore();
}

} // namespace sscope
