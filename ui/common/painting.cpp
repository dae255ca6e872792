#include "ui/common/painting.h"

#include "ui/common/formats.h"
#include "ui/common/icons.h"

namespace sscope {

void paintRowState(QPainter* painter, const QRect& rect, bool selected, bool hovered) {
    if (selected)
        painter->fillRect(rect, themeColor(ColorToken::Selection));
    else if (hovered)
        painter->fillRect(rect, themeColor(ColorToken::Hover));
}

void paintDot(QPainter* painter, QPoint center, int diameter, const QColor& color, bool filled) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal inset = filled ? 0 : 0.75;
    painter->setPen(filled ? QPen(Qt::NoPen) : QPen(color, 1.5));
    painter->setBrush(filled ? QBrush(color) : QBrush(Qt::NoBrush));
    const qreal radius = diameter / 2.0 - inset;
    painter->drawEllipse(QPointF(center) + QPointF(0.5, 0.5), radius, radius);
    painter->restore();
}

QPixmap dotPixmap(const QColor& color, bool filled, int size, qreal devicePixelRatio) {
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintDot(&painter, {size / 2 - 1, size / 2}, 8, color, filled);
    return pixmap;
}

void paintIcon(QPainter* painter, const QRect& rect, const QString& name, int size,
               ColorToken token) {
    const QPixmap pixmap =
        iconPixmap(name, size, themeColor(token), painter->device()->devicePixelRatioF());
    painter->drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2,
                        pixmap);
}

void paintText(QPainter* painter, const QRect& rect, const QString& text, ColorToken token,
               Qt::Alignment alignment, Qt::TextElideMode elide) {
    painter->setPen(themeColor(token));
    painter->drawText(rect, static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, elide, rect.width()));
}

void paintRuns(QPainter* painter, const QRect& rect, const DisplayText& text) {
    const QFontMetrics metrics = painter->fontMetrics();
    QRect rest = rect;
    for (const DisplayText::Run& run : text.runs) {
        if (rest.width() <= 0)
            return;
        const QString piece = toQString(run.text);
        paintText(painter, rest, piece, run.isEscape ? ColorToken::Muted : ColorToken::Text);
        rest.setLeft(rest.left() + metrics.horizontalAdvance(piece));
    }
}

} // namespace sscope
