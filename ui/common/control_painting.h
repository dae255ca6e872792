#pragma once

#include <QPainter>
#include <QStyleOption>

#include "ui/common/theme.h"

namespace sscope {

/// How each control looks; AppStyle says where and when. Dynamic properties of the widget change
/// it: "primary", "link" (push buttons), "chip", "flush", "tight" (tool buttons), "atFault",
/// "changed" (fields).

bool hasFlag(const QWidget* widget, const char* property);

/// A rounded rectangle; an invalid border is none.
void paintBox(QPainter* painter, const QRect& rect, const QColor& fill, const QColor& border,
              int borderWidth = 1);
/// A field's frame: the accent where it has the focus, danger where it is at fault.
void paintField(QPainter* painter, const QRect& rect, QStyle::State state, const QWidget* widget,
                ColorToken fill);
void paintPushButton(const QStyleOptionButton& option, QPainter* painter, const QWidget* widget);
void paintPushButtonLabel(const QStyleOptionButton& option, QPainter* painter,
                          const QWidget* widget);
void paintToolButton(const QStyleOptionToolButton& option, QPainter* painter,
                     const QWidget* widget);
void paintChevron(QPainter* painter, const QRect& rect, bool enabled);
void paintComboBoxLabel(const QStyleOptionComboBox& option, int arrowWidth, QPainter* painter);
/// thumb is the slider's rect over the whole width of the bar.
void paintScrollBar(const QStyleOptionSlider& option, const QRect& thumb, QPainter* painter,
                    const QWidget* widget);
void paintCheckBox(const QStyleOption& option, QPainter* painter);
/// isActive: of the tabs that keys act on.
void paintTab(const QStyleOption& option, QPainter* painter, bool isActive);
void paintTabClose(const QStyleOption& option, QPainter* painter);
void paintHeaderLabel(const QStyleOptionHeader& option, QPainter* painter);
/// What menus and tooltips stand on.
void paintPopup(const QRect& rect, QPainter* painter);

} // namespace sscope
