#pragma once

#include <QPainter>
#include <QRect>
#include <QString>

#include "core/base/display_text.h"
#include "ui/common/theme.h"

namespace sscope {

/// Pieces that several delegates paint alike.

/// The tint of a selected or hovered row; nothing otherwise.
void paintRowState(QPainter* painter, const QRect& rect, bool selected, bool hovered);
/// A filled dot, or a ring where it is not.
void paintDot(QPainter* painter, QPoint center, int diameter, const QColor& color, bool filled);
QPixmap dotPixmap(const QColor& color, bool filled, int size, qreal devicePixelRatio);
/// An icon of our own, centred in the rect.
void paintIcon(QPainter* painter, const QRect& rect, const QString& name, int size,
               ColorToken token);
/// One line in the painter's font, elided where it does not fit.
void paintText(QPainter* painter, const QRect& rect, const QString& text, ColorToken token,
               Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight);
/// One line of a payload: what is an escape is muted.
void paintRuns(QPainter* painter, const QRect& rect, const DisplayText& text);

} // namespace sscope
