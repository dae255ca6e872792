#include "ui/inspector/tcp_state_widget.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/plot_labels.h"
#include "ui/inspector/tcp_words.h"

namespace sscope {

namespace {

constexpr int radius = 4;
constexpr double headLength = 6;
constexpr double headWidth = 6.5;
constexpr int legendHeight = 20;
constexpr int legendLine = 20;

// What a line is for; later ones are painted over earlier ones.
enum class Ink { Rest, Next, Other, Own };

Ink inkOf(const TcpPath& path, const TcpEdge& edge) {
    if (path.isOwn(edge))
        return Ink::Own;
    if (path.isOther(edge))
        return Ink::Other;
    return path.isNext(edge) ? Ink::Next : Ink::Rest;
}

QPen penOf(Ink ink) {
    QPen pen(themeColor(ColorToken::FieldBorder), 1);
    switch (ink) {
    case Ink::Own:
        pen = QPen(themeColor(ColorToken::Text), 2);
        break;
    case Ink::Other:
        pen = QPen(themeColor(ColorToken::Muted), 1.5);
        pen.setDashPattern({3 / 1.5, 2 / 1.5}); // in widths of the pen
        break;
    case Ink::Next:
        pen = QPen(themeColor(ColorToken::Muted), 1);
        break;
    case Ink::Rest:
        break;
    }
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    return pen;
}

/// The triangle at the end of a route, and the route shortened by it.
void paintArrow(QPainter& painter, std::vector<QPointF> route, const QPen& pen) {
    const QPointF tip = route.back();
    const QPointF way = tip - route[route.size() - 2];
    const double length = std::abs(way.x()) + std::abs(way.y()); // one of them is 0
    const QPointF ahead = way / std::max(length, 1.0);
    const QPointF aside(-ahead.y(), ahead.x());
    const QPointF base = tip - ahead * headLength;
    route.back() = base;
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(route.data(), static_cast<int>(route.size()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    const QPointF head[] = {tip, base + aside * headWidth / 2, base - aside * headWidth / 2};
    painter.drawPolygon(head, 3);
}

} // namespace

TcpStateWidget::TcpStateWidget(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("tcpState"));
    setAccessibleName(tr("TCP state"));
    setFixedHeight(TcpLayout::height);
    setFocusPolicy(Qt::TabFocus);
    setPath({});
}

void TcpStateWidget::setPath(const TcpPath& path) {
    if (path == m_path && !accessibleDescription().isEmpty())
        return;
    m_path = path;
    setAccessibleDescription(pathWords(path));
    update();
}

QSize TcpStateWidget::sizeHint() const {
    return {311, TcpLayout::height};
}

QSize TcpStateWidget::minimumSizeHint() const {
    return {TcpLayout::leastWidth, TcpLayout::height};
}

void TcpStateWidget::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const TcpLayout layout(width());
    for (const Ink ink : {Ink::Rest, Ink::Next, Ink::Other, Ink::Own}) {
        for (const TcpEdge& edge : tcpEdges()) {
            if (inkOf(m_path, edge) == ink)
                paintEdge(painter, layout, edge);
        }
    }
    for (const TcpEdge& edge : tcpEdges())
        paintWord(painter, layout, edge);
    for (std::size_t i = 0; i < tcpBoxes; ++i)
        paintBox(painter, layout.box(static_cast<TcpBox>(i)), static_cast<TcpBox>(i));
}

void TcpStateWidget::paintEdge(QPainter& painter, const TcpLayout& layout,
                               const TcpEdge& edge) const {
    const Ink ink = inkOf(m_path, edge);
    if (edge.isRare && ink != Ink::Own && ink != Ink::Other)
        return;
    paintArrow(painter, layout.route(edge), penOf(ink));
}

void TcpStateWidget::paintWord(QPainter& painter, const TcpLayout& layout,
                               const TcpEdge& edge) const {
    const Ink ink = inkOf(m_path, edge);
    // Of the other end only what this one is sent is worth a word; there is little room for the
    // last ACK of an open, which is said while it is missing.
    const bool isLastAck = edge.from == TcpBox::SynRecv && ink != Ink::Next;
    if (ink == Ink::Rest || isLastAck || (ink == Ink::Other && edge.step != TcpStep::Syn))
        return;
    const auto place = layout.wordPlace(edge);
    if (!place)
        return;
    painter.setFont(axisFont());
    const QString words = stepWords(edge.step);
    const int wide = painter.fontMetrics().horizontalAdvance(words) + 1;
    const QRect rect(place->isLeft ? place->at.x() - wide : place->at.x(), place->at.y() - 7, wide,
                     14);
    // Where it stands on a line the line gives way.
    painter.fillRect(rect.adjusted(-1, 1, 1, -1), themeColor(ColorToken::Window));
    painter.setPen(themeColor(ink == Ink::Own ? ColorToken::Text : ColorToken::Muted));
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, words);
}

void TcpStateWidget::paintBox(QPainter& painter, const QRect& rect, TcpBox box) const {
    const bool isCurrent = m_path.current == box;
    const bool isOwn = m_path.isOwn(box);
    const bool isOther = !isOwn && m_path.isOther(box);
    QPen pen(themeColor(isOwn ? ColorToken::Text : ColorToken::FieldBorder), 1);
    if (isCurrent) {
        pen = QPen(themeColor(ColorToken::Success), 2);
    } else if (isOther) {
        pen.setColor(themeColor(ColorToken::Muted));
        pen.setDashPattern({3, 2});
    }
    const double inset = isCurrent ? 0 : 0.5;
    painter.setPen(pen);
    painter.setBrush(themeColor(isCurrent ? ColorToken::RowNew : ColorToken::Surface));
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    if (isCurrent && hasFocus()) {
        painter.setPen(QPen(themeColor(ColorToken::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5), 2, 2);
    }
    painter.setFont(isCurrent ? demiBold(secondaryFont()) : secondaryFont());
    painter.setPen(themeColor(isOwn ? ColorToken::Text : ColorToken::Muted));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, QLatin1String(boxText(box)));
}

bool TcpStateWidget::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const TcpLayout layout(width());
    for (std::size_t i = 0; i < tcpBoxes; ++i) {
        const auto box = static_cast<TcpBox>(i);
        if (!layout.box(box).contains(help->pos()))
            continue;
        QToolTip::showText(
            help->globalPos(),
            plainTip(QStringLiteral("%1\n%2").arg(QLatin1String(boxText(box)), boxWords(box))),
            this, layout.box(box));
        return true;
    }
    QToolTip::hideText();
    return true;
}

TcpLegend::TcpLegend(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("tcpLegend"));
    setFixedHeight(legendHeight);
}

QSize TcpLegend::sizeHint() const {
    return {200, legendHeight};
}

void TcpLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(secondaryFont());
    int x = 0;
    const auto paint = [&](Ink ink, const QString& words) {
        const int wide = painter.fontMetrics().horizontalAdvance(words);
        painter.setPen(penOf(ink));
        painter.drawLine(x, height() / 2, x + legendLine, height() / 2);
        painter.setPen(themeColor(ColorToken::Muted));
        painter.drawText(QRect(x + legendLine + 6, 0, wide, height()),
                         Qt::AlignVCenter | Qt::TextSingleLine, words);
        x += legendLine + 6 + wide + 20;
    };
    paint(Ink::Own, tr("this end"));
    paint(Ink::Other, tr("other end"));
}

} // namespace sscope
