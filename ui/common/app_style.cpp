#include "ui/common/app_style.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

#include "ui/common/control_painting.h"
#include "ui/common/fonts.h"
#include "ui/common/tab_sign.h"

namespace sscope {

namespace {

constexpr int controlHeight = 24;
constexpr int tabHeight = 32;
constexpr int headerHeight = 23; // 22 and a hairline
constexpr int arrowWidth = 20;

} // namespace

AppStyle::AppStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void AppStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QTabBar*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QMenu*>(widget)) {
        widget->setWindowFlag(Qt::FramelessWindowHint);
    }
}

int AppStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                          const QWidget* widget) const {
    switch (metric) {
    case PM_DockWidgetSeparatorExtent: // Qt widens what can be grabbed by 2 px at each side
    case PM_SplitterWidth:
        return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 14;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 24;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_DockWidgetFrameWidth:
        return 0;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return 16;
    case PM_TabBarIconSize:
        return 14;
    case PM_TabBarTabHSpace:
        return 28;
    case PM_CheckBoxLabelSpacing:
    case PM_HeaderMargin:
        return 8;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int AppStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                        QStyleHintReturn* returnData) const {
    switch (hint) {
    case SH_ComboBox_Popup: // a list below the field, not a menu over it
    case SH_EtchDisabledText:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_UnderlineShortcut:
    case SH_TabBar_Alignment:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_TabBar_PreferNoArrows:
        return 0;
    case SH_ScrollView_FrameOnlyAroundContents:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize AppStyle::pushButtonSize(const QStyleOption* option, const QWidget* widget) const {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (!button)
        return {controlHeight, controlHeight};
    QFont font = widget ? widget->font() : QFont();
    if (hasFlag(widget, "primary"))
        font = demiBold(font);
    int width = QFontMetrics(font).horizontalAdvance(button->text);
    if (hasFlag(widget, "link"))
        return {width + 2, 20};
    if (!button->icon.isNull())
        width += 16 + (button->text.isEmpty() ? 0 : 8);
    return {width + 24, qMax(controlHeight, widget ? widget->minimumHeight() : 0)};
}

QSize AppStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                 const QWidget* widget) const {
    QSize needed = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return pushButtonSize(option, widget);
    case CT_ComboBox:
        return {needed.width(), controlHeight};
    case CT_LineEdit:
        return {needed.width(), controlHeight};
    case CT_ToolButton:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && button->toolButtonStyle != Qt::ToolButtonIconOnly) {
            int width = (hasFlag(widget, "tight") ? 10 : 16) +
                        QFontMetrics(button->font).horizontalAdvance(button->text);
            if (button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->icon.isNull())
                width += 24;
            if (button->features & QStyleOptionToolButton::HasMenu)
                width += 16;
            return {width, controlHeight};
        }
        return {controlHeight, controlHeight};
    case CT_TabBarTab:
        // Room for the text as the active tab shows it, so that no tab moves when another is
        // chosen.
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            const QFont font = widget ? widget->font() : QFont();
            // Advances of hinted fonts are rounded: what is painted may be a pixel wider than what
            // was measured, and would lose three characters to "...".
            constexpr int roundingSlack = 4;
            needed.rwidth() += QFontMetrics(demiBold(font)).horizontalAdvance(tab->text) -
                               QFontMetrics(font).horizontalAdvance(tab->text) + roundingSlack;
        }
        return {needed.width(), tabHeight};
    case CT_HeaderSection:
        return {needed.width(), headerHeight};
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        const bool isSeparator = item && item->menuItemType == QStyleOptionMenuItem::Separator;
        return {needed.width() + 8, isSeparator ? 9 : 26};
    }
    default:
        return needed;
    }
}

QRect AppStyle::subElementRect(SubElement element, const QStyleOption* option,
                               const QWidget* widget) const {
    if (element == SE_LineEditContents)
        return option->rect.adjusted(6, 1, -6, -1);
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect AppStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                               SubControl subControl, const QWidget* widget) const {
    if (control == CC_ComboBox) {
        const QRect rect = option->rect;
        if (subControl == SC_ComboBoxArrow)
            return {rect.right() - arrowWidth + 1, rect.top(), arrowWidth, rect.height()};
        if (subControl == SC_ComboBoxEditField)
            return rect.adjusted(2, 1, -arrowWidth, -1);
    }
    if (control == CC_ScrollBar) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return scrollBarRect(*slider, subControl, widget);
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect AppStyle::scrollBarRect(const QStyleOptionSlider& bar, SubControl subControl,
                              const QWidget* widget) const {
    // Without arrows the groove is all there is.
    if (subControl == SC_ScrollBarGroove)
        return bar.rect;
    const bool isHorizontal = bar.orientation == Qt::Horizontal;
    const int length = isHorizontal ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64{bar.maximum} - bar.minimum;
    int thumb = length;
    if (range > 0)
        thumb = qBound(pixelMetric(PM_ScrollBarSliderMin, &bar, widget),
                       static_cast<int>(qint64{bar.pageStep} * length / (range + bar.pageStep)),
                       length);
    const int start = sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                              length - thumb, bar.upsideDown);
    int begin = start;
    int size = thumb;
    if (subControl == SC_ScrollBarSubPage) {
        begin = 0;
        size = start;
    } else if (subControl == SC_ScrollBarAddPage) {
        begin = start + thumb;
        size = length - begin;
    } else if (subControl != SC_ScrollBarSlider) {
        return {};
    }
    const QRect rect = isHorizontal ? QRect(begin, 0, size, bar.rect.height())
                                    : QRect(0, begin, bar.rect.width(), size);
    return visualRect(bar.direction, bar.rect, rect.translated(bar.rect.topLeft()));
}

void AppStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                             QPainter* painter, const QWidget* widget) const {
    switch (element) {
    case PE_FrameFocusRect: // drawn with the control itself
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
    case PE_FrameDockWidget:
    case PE_PanelStatusBar:
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (const auto* edit = qobject_cast<const QLineEdit*>(widget);
            edit && (!edit->hasFrame() || qobject_cast<const QComboBox*>(edit->parentWidget())))
            return;
        paintField(painter, option->rect, option->state, widget, ColorToken::Surface);
        return;
    case PE_IndicatorCheckBox:
        paintCheckBox(*option, painter);
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(option->rect, themeColor(ColorToken::Hairline));
        return;
    case PE_PanelMenu:
    case PE_FrameMenu:
    case PE_PanelTipLabel:
        paintPopup(option->rect, painter);
        return;
    case PE_IndicatorTabClose:
        paintTabClose(*option, painter);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void AppStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                           const QWidget* widget) const {
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            paintPushButton(*button, painter, widget);
        return;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            paintPushButtonLabel(*button, painter, widget);
        return;
    case CE_ComboBoxLabel:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            paintComboBoxLabel(*combo, arrowWidth, painter);
        return;
    case CE_TabBarTabShape:
        paintTab(*option, painter, !widget || widget->property("active").toBool());
        return;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            painter->save();
            if (tab->state & State_Selected)
                painter->setFont(demiBold(painter->font()));
            QStyleOptionTab plain = *tab;
            plain.state.setFlag(State_HasFocus, false);
            QRect text = subElementRect(SE_TabBarTabText, tab, widget);
            if (const auto* bar = qobject_cast<const QTabBar*>(widget)) {
                paintTabSign(painter, text, *bar, tab->tabIndex);
                const int sign = widthOfTabSign(*bar, tab->tabIndex);
                text.setRight(text.right() - sign);
                plain.rect.setRight(plain.rect.right() - sign);
            }
            plain.text = painter->fontMetrics().elidedText(tab->text, Qt::ElideRight, text.width());
            plain.palette.setColor(
                QPalette::WindowText,
                themeColor(tab->state & State_Selected ? ColorToken::Text : ColorToken::Muted));
            QProxyStyle::drawControl(element, &plain, painter, widget);
            painter->restore();
        }
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, themeColor(ColorToken::Window));
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            themeColor(ColorToken::Hairline));
        return;
    case CE_Header: // all of it by hand: the common style would leave the label too little room
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawControl(CE_HeaderSection, option, painter, widget);
            paintHeaderLabel(*header, painter);
        }
        return;
    case CE_ToolBar:
        painter->fillRect(option->rect, themeColor(ColorToken::Window));
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            themeColor(ColorToken::Hairline));
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, themeColor(ColorToken::Hairline));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void AppStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                  QPainter* painter, const QWidget* widget) const {
    if (control == CC_ToolButton) {
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            paintToolButton(*button, painter, widget);
            return;
        }
    } else if (control == CC_ComboBox) {
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
            paintField(painter, combo->rect, combo->state, widget,
                       combo->editable ? ColorToken::Surface : ColorToken::Button);
            paintChevron(
                painter,
                subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, widget).adjusted(0, 0, -4, 0),
                combo->state & State_Enabled);
            return;
        }
    } else if (control == CC_ScrollBar) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
            paintScrollBar(*slider,
                           subControlRect(CC_ScrollBar, slider, SC_ScrollBarSlider, widget),
                           painter, widget);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace sscope
