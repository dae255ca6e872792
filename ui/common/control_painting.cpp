#include "ui/common/control_painting.h"

#include <QAbstractScrollArea>
#include <QApplication>

#include "ui/common/fonts.h"
#include "ui/common/icons.h"

namespace sscope {

namespace {

constexpr qreal radius = 4;
constexpr int thumbWidth = 6;

QColor hoverFill(QStyle::State state, ColorToken rest) {
    if (!(state & QStyle::State_Enabled))
        return themeColor(ColorToken::Window);
    if (state & QStyle::State_Sunken)
        return themeColor(ColorToken::Selection);
    return themeColor(state & QStyle::State_MouseOver ? ColorToken::Hover : rest);
}

} // namespace

bool hasFlag(const QWidget* widget, const char* property) {
    return widget && widget->property(property).toBool();
}

void paintBox(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& border,
              int borderWidth) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(border.isValid() ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    const qreal inset = border.isValid() ? borderWidth / 2.0 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void paintField(QPainter* painter, const QRect& rect, QStyle::State state, const QWidget* widget,
                ColorToken fill) {
    const bool focused = state & QStyle::State_HasFocus && state & QStyle::State_Enabled;
    const bool isAtFault = hasFlag(widget, "atFault");
    const ColorToken border = isAtFault                    ? ColorToken::Danger
                              : focused                    ? ColorToken::Accent
                              : hasFlag(widget, "changed") ? ColorToken::Text
                                                           : ColorToken::FieldBorder;
    paintBox(painter, rect, themeColor(fill), themeColor(border), isAtFault || focused ? 2 : 1);
}

void paintChevron(QPainter* painter, const QRect& rect, bool enabled) {
    const QColor color = themeColor(enabled ? ColorToken::Text : ColorToken::FieldBorder);
    const QPixmap chevron = iconPixmap(QStringLiteral("chevron-down"), 12, color,
                                       painter->device()->devicePixelRatioF());
    painter->drawPixmap(rect.center().x() - 5, rect.center().y() - 5, chevron);
}

void paintPushButton(const QStyleOptionButton& option, QPainter* painter, const QWidget* widget) {
    const bool enabled = option.state & QStyle::State_Enabled;
    if (hasFlag(widget, "link")) {
        if (option.state & QStyle::State_HasFocus)
            paintBox(painter, option.rect, {}, themeColor(ColorToken::Accent));
        return;
    }
    if (!hasFlag(widget, "primary") || !enabled) {
        const bool isOn = option.state & QStyle::State_On;
        const QColor fill =
            isOn ? themeColor(ColorToken::Selection) : hoverFill(option.state, ColorToken::Button);
        const bool focused = option.state & QStyle::State_HasFocus;
        paintBox(painter, option.rect, fill,
                 themeColor(focused || isOn ? ColorToken::Accent : ColorToken::FieldBorder),
                 focused ? 2 : 1);
        return;
    }
    QColor fill = themeColor(ColorToken::Accent);
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken))
        fill = blended(fill, themeColor(ColorToken::Text),
                       option.state & QStyle::State_Sunken ? 0.2 : 0.1);
    paintBox(painter, option.rect, fill, {});
    if (option.state & QStyle::State_HasFocus)
        paintBox(painter, option.rect.adjusted(2, 2, -2, -2), {}, themeColor(ColorToken::OnAccent));
}

void paintPushButtonLabel(const QStyleOptionButton& option, QPainter* painter,
                          const QWidget* widget) {
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool isPrimary = hasFlag(widget, "primary") && enabled;
    const bool isLink = hasFlag(widget, "link");
    const ColorToken token = !enabled    ? ColorToken::FieldBorder
                             : isPrimary ? ColorToken::OnAccent
                             : isLink    ? ColorToken::Accent
                                         : ColorToken::Text;
    painter->save();
    if (isPrimary)
        painter->setFont(demiBold(painter->font()));
    painter->setPen(themeColor(token));
    constexpr int flags =
        Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic;
    const int textWidth = painter->fontMetrics().size(flags, option.text).width();
    const bool hasIcon = !option.icon.isNull();
    const int gap = hasIcon && !option.text.isEmpty() ? 8 : 0;
    int x = isLink ? option.rect.left()
                   : option.rect.center().x() - (textWidth + gap + (hasIcon ? 16 : 0)) / 2 + 1;
    if (hasIcon) {
        const QRect iconRect(x, option.rect.center().y() - 7, 16, 16);
        option.icon.paint(painter, iconRect, Qt::AlignCenter,
                          enabled ? QIcon::Normal : QIcon::Disabled);
        x += 16 + gap;
    }
    painter->drawText(
        QRect(x, option.rect.top(), option.rect.right() - x + 1, option.rect.height()), flags,
        option.text);
    painter->restore();
}

void paintToolButton(const QStyleOptionToolButton& option, QPainter* painter,
                     const QWidget* widget) {
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool isOn = option.state & QStyle::State_On;
    const bool hovered = enabled && option.state & QStyle::State_MouseOver;
    const bool pressed = enabled && option.state & QStyle::State_Sunken;
    if ((isOn && !hasFlag(widget, "flush")) || pressed)
        paintBox(painter, option.rect, themeColor(ColorToken::Selection), {});
    else if (hovered)
        paintBox(painter, option.rect, themeColor(ColorToken::Hover), {});
    if (hasFlag(widget, "chip"))
        paintBox(painter, option.rect, {},
                 themeColor(isOn ? ColorToken::Accent : ColorToken::FieldBorder));
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        paintBox(painter, option.rect, {}, themeColor(ColorToken::Accent), 2);

    const bool withText = option.toolButtonStyle != Qt::ToolButtonIconOnly;
    const bool withIcon = !option.icon.isNull() && option.toolButtonStyle != Qt::ToolButtonTextOnly;
    const bool withMenu = option.features & QStyleOptionToolButton::HasMenu && withText;
    QRect rest = option.rect;
    if (withMenu) {
        paintChevron(painter, QRect(rest.right() - 17, rest.top(), 14, rest.height()), enabled);
        rest.setRight(rest.right() - 16);
    }
    if (withIcon) {
        const int size = option.iconSize.width();
        const int x = hasFlag(widget, "flush") ? rest.left()
                      : withText               ? rest.left() + 8
                                               : rest.center().x() - (size - 1) / 2;
        option.icon.paint(painter, QRect(x, rest.center().y() - (size - 1) / 2, size, size),
                          Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
        rest.setLeft(x + size);
    }
    if (!withText)
        return;
    painter->save();
    painter->setFont(option.font);
    painter->setPen(themeColor(enabled ? ColorToken::Text : ColorToken::FieldBorder));
    if (withIcon)
        painter->drawText(rest.adjusted(8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, option.text);
    else
        painter->drawText(rest, Qt::AlignCenter, option.text);
    painter->restore();
}

void paintComboBoxLabel(const QStyleOptionComboBox& option, int arrowWidth, QPainter* painter) {
    if (option.editable)
        return;
    painter->save();
    painter->setPen(themeColor(option.state & QStyle::State_Enabled ? ColorToken::Text
                                                                    : ColorToken::FieldBorder));
    const QRect rect = option.rect.adjusted(8, 0, -arrowWidth, 0);
    painter->drawText(
        rect, Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(option.currentText, Qt::ElideRight, rect.width()));
    painter->restore();
}

void paintScrollBar(const QStyleOptionSlider& option, const QRect& slider, QPainter* painter,
                    const QWidget* widget) {
    // On the ground of what it scrolls.
    const QWidget* area = widget;
    while (area && !qobject_cast<const QAbstractScrollArea*>(area))
        area = area->parentWidget();
    if (area) {
        const QWidget* ground = static_cast<const QAbstractScrollArea*>(area)->viewport();
        painter->fillRect(option.rect, ground->palette().brush(ground->backgroundRole()));
    }
    if (option.maximum <= option.minimum)
        return;
    const bool isHorizontal = option.orientation == Qt::Horizontal;
    const int margin = ((isHorizontal ? slider.height() : slider.width()) - thumbWidth) / 2;
    const QRect thumb = isHorizontal ? slider.adjusted(1, margin, -1, -margin)
                                     : slider.adjusted(margin, 1, -margin, -1);
    const bool isHot = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(themeColor(isHot ? ColorToken::Muted : ColorToken::FieldBorder));
    painter->drawRoundedRect(thumb, thumbWidth / 2.0, thumbWidth / 2.0);
    painter->restore();
}

void paintCheckBox(const QStyleOption& option, QPainter* painter) {
    const bool isOn = option.state & QStyle::State_On;
    const bool enabled = option.state & QStyle::State_Enabled;
    const ColorToken border = option.state & QStyle::State_HasFocus || (isOn && enabled)
                                  ? ColorToken::Accent
                                  : ColorToken::FieldBorder;
    paintBox(painter, option.rect,
             themeColor(isOn && enabled ? ColorToken::Accent : ColorToken::Surface),
             themeColor(border), option.state & QStyle::State_HasFocus ? 2 : 1);
    if (isOn)
        painter->drawPixmap(
            option.rect.topLeft() + QPoint(1, 1),
            iconPixmap(QStringLiteral("check"), 12,
                       themeColor(enabled ? ColorToken::OnAccent : ColorToken::FieldBorder),
                       painter->device()->devicePixelRatioF()));
}

void paintTab(const QStyleOption& option, QPainter* painter, bool isActive) {
    const bool selected = option.state & QStyle::State_Selected;
    const QRect rect = option.rect;
    if (selected)
        painter->fillRect(rect, themeColor(ColorToken::Surface));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, themeColor(ColorToken::Hover));
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()),
                      themeColor(ColorToken::Hairline));
    if (selected)
        painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 2),
                          themeColor(isActive ? ColorToken::Accent : ColorToken::Muted));
    else
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                          themeColor(ColorToken::Hairline));
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        paintBox(painter, rect.adjusted(1, 2, -1, -1), {}, themeColor(ColorToken::Accent));
}

void paintHeaderLabel(const QStyleOptionHeader& option, QPainter* painter) {
    constexpr int padding = 8;
    constexpr int margin = 12; // at the table's own edges
    constexpr int arrow = 12;
    const bool isFirst = option.position == QStyleOptionHeader::Beginning;
    const bool isLast = option.position == QStyleOptionHeader::End;
    QRect rect =
        option.rect.adjusted(isFirst ? margin : padding, 0, isLast ? -margin : -padding, -1);
    const bool isSorted = option.sortIndicator != QStyleOptionHeader::None;
    const bool isRight = option.textAlignment & Qt::AlignRight;
    painter->save();
    painter->setPen(themeColor(ColorToken::Muted));
    painter->setFont(QApplication::font());
    const QFontMetrics metrics = painter->fontMetrics();
    if (isSorted) {
        const int textWidth = qMin(metrics.horizontalAdvance(option.text), rect.width() - arrow);
        const int x = isRight ? rect.right() - textWidth - arrow : rect.left() + textWidth + 4;
        const auto name =
            option.sortIndicator == QStyleOptionHeader::SortDown ? "chevron-up" : "chevron-down";
        const QPixmap pixmap =
            iconPixmap(QString::fromLatin1(name), arrow, themeColor(ColorToken::Muted),
                       painter->device()->devicePixelRatioF());
        painter->drawPixmap(x, rect.center().y() - 5, pixmap);
        if (!isRight)
            rect.setRight(rect.right() - arrow);
    }
    painter->drawText(rect, Qt::AlignVCenter | (isRight ? Qt::AlignRight : Qt::AlignLeft),
                      metrics.elidedText(option.text, Qt::ElideRight, rect.width()));
    painter->restore();
}

void paintTabClose(const QStyleOption& option, QPainter* painter) {
    const bool hovered = option.state & QStyle::State_MouseOver;
    if (hovered)
        paintBox(painter, option.rect, themeColor(ColorToken::Hover), {});
    const QPixmap cross = iconPixmap(QStringLiteral("close"), 14,
                                     themeColor(hovered ? ColorToken::Text : ColorToken::Muted),
                                     painter->device()->devicePixelRatioF());
    painter->drawPixmap(option.rect.center() - QPoint(6, 6), cross);
}

void paintPopup(const QRect& rect, QPainter* painter) {
    painter->fillRect(rect, themeColor(ColorToken::Surface));
    painter->setPen(themeColor(ColorToken::FieldBorder));
    painter->drawRect(rect.adjusted(0, 0, -1, -1));
}

} // namespace sscope
