#include "ui/clients/stream_tip.h"

#include <algorithm>

#include <QPainter>

#include "ui/common/control_painting.h"
#include "ui/common/fonts.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int margin = 10;
constexpr int lineHeight = 18;
constexpr int titleHeight = 20;
constexpr int gap = 14;

} // namespace

QString StreamTipText::plain() const {
    QStringList parts{title};
    for (const Row& row : rows)
        parts.append(QStringLiteral("%1 %2 %3 %4").arg(row.name, row.range, row.size, row.time));
    if (!note.isEmpty())
        parts.append(note);
    return parts.join(QStringLiteral(", "));
}

StreamTip::StreamTip(QWidget* window) : QWidget(window) {
    setObjectName(QStringLiteral("streamTip"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void StreamTip::showAt(const QPoint& place, const StreamTipText& text) {
    m_text = text;
    measure();
    const QSize room = parentWidget()->size();
    QPoint corner = place + QPoint(-24, 16);
    if (corner.y() + height() > room.height())
        corner.setY(place.y() - height() - 8);
    corner.setX(std::clamp(corner.x(), 4, std::max(4, room.width() - width() - 4)));
    move(corner);
    raise();
    show();
    update();
}

void StreamTip::measure() {
    const QFontMetrics text(font());
    const QFontMetrics mono(monoFont());
    m_nameWidth = m_rangeWidth = m_sizeWidth = 0;
    int timeWidth = 0;
    for (const StreamTipText::Row& row : m_text.rows) {
        m_nameWidth = std::max(m_nameWidth, text.horizontalAdvance(row.name));
        m_rangeWidth = std::max(m_rangeWidth, mono.horizontalAdvance(row.range));
        m_sizeWidth = std::max(m_sizeWidth, mono.horizontalAdvance(row.size) + 2);
        timeWidth = std::max(timeWidth, mono.horizontalAdvance(row.time));
    }
    const int table = m_nameWidth + gap + m_rangeWidth + gap + m_sizeWidth +
                      (timeWidth > 0 ? gap + timeWidth : 0);
    const int wide =
        std::max({table, QFontMetrics(demiBold(font())).horizontalAdvance(m_text.title) + 2,
                  text.horizontalAdvance(m_text.note) + 2});
    const int lines = static_cast<int>(m_text.rows.size()) + (m_text.note.isEmpty() ? 0 : 1);
    setFixedSize(wide + 2 * margin + 2, 2 * 8 + titleHeight + lines * lineHeight);
}

void StreamTip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintBox(&painter, rect(), themeColor(ColorToken::Surface),
             themeColor(ColorToken::FieldBorder));
    painter.setFont(demiBold(font()));
    QRect line(margin, 8, width() - 2 * margin, titleHeight);
    paintText(&painter, line, m_text.title, ColorToken::Text);
    line = QRect(margin, 8 + titleHeight, width() - 2 * margin, lineHeight);
    for (const StreamTipText::Row& row : m_text.rows) {
        painter.setFont(font());
        paintText(&painter, line, row.name, ColorToken::Muted);
        painter.setFont(monoFont());
        QRect cell = line;
        cell.setLeft(margin + m_nameWidth + gap);
        paintText(&painter, cell, row.range, ColorToken::Text);
        cell.setLeft(cell.left() + m_rangeWidth + gap);
        paintText(&painter, QRect(cell.left(), cell.top(), m_sizeWidth, cell.height()), row.size,
                  ColorToken::Text, Qt::AlignRight);
        cell.setLeft(cell.left() + m_sizeWidth + gap);
        paintText(&painter, cell, row.time, ColorToken::Muted);
        line.translate(0, lineHeight);
    }
    painter.setFont(font());
    paintText(&painter, line, m_text.note, ColorToken::Warning);
}

} // namespace sscope
