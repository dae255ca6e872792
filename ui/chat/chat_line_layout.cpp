#include "ui/chat/chat_line_layout.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int leastStep = 20;
constexpr int boxPixelSize = 11;

QFont boxFont() {
    QFont font = monoFont();
    font.setPixelSize(boxPixelSize);
    return font;
}

} // namespace

int ChatLineLayout::step() {
    return std::max(leastStep, QFontMetrics(QApplication::font()).height() + 1);
}

int ChatLineLayout::baseline() {
    const QFontMetrics metrics(QApplication::font());
    return (step() - metrics.height()) / 2 + metrics.ascent();
}

ChatLineLayout::ChatLineLayout(const ChatLine& line, const QString& ownName, int width)
    : m_text(chatText(line.text, line.mentionsMe ? ownName : QString())) {
    const QFont font = QApplication::font();
    m_layout.setText(m_text.text);
    m_layout.setFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout.setTextOption(option);
    m_layout.setCacheEnabled(true);
    addFormats(font);
    breakLines(width);
}

void ChatLineLayout::addFormats(const QFont& font) {
    QList<QTextLayout::FormatRange> formats;
    for (const ChatText::Span& name : m_text.names) {
        QTextCharFormat format;
        format.setFont(demiBold(font));
        formats.append({name.start, name.length, format});
    }
    for (const ChatText::Span& box : m_text.boxes) {
        QTextCharFormat format;
        format.setFont(boxFont());
        formats.append({box.start, box.length, format});
    }
    if (!formats.isEmpty())
        m_layout.setFormats(formats);
}

void ChatLineLayout::breakLines(int width) {
    m_layout.beginLayout();
    int count = 0;
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(std::max(1, width));
        // Fonts of other scripts are higher; all lines stand on one grid of baselines.
        line.setPosition({0, count * step() + baseline() - line.ascent()});
        ++count;
    }
    m_layout.endLayout();
    m_height = std::max(1, count) * step();
}

void ChatLineLayout::draw(QPainter* painter, QPoint at, const QColor& color) const {
    drawBoxes(painter, at);
    painter->setPen(color);
    m_layout.draw(painter, at);
}

void ChatLineLayout::drawBoxes(QPainter* painter, QPoint at) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(themeColor(ColorToken::FieldBorder));
    painter->setBrush(themeColor(ColorToken::Window));
    for (const ChatText::Span& box : m_text.boxes) {
        const int end = box.start + box.length;
        for (int at0 = box.start; at0 < end;) {
            const QTextLine line = m_layout.lineForTextPosition(at0);
            if (!line.isValid())
                break;
            const int lineEnd = std::min(end, line.textStart() + line.textLength());
            const qreal left = line.cursorToX(at0);
            const qreal right = line.cursorToX(lineEnd);
            const qreal base = line.y() + line.ascent();
            painter->drawRoundedRect(QRectF(at.x() + std::floor(left) + 0.5,
                                            at.y() + std::round(base) - boxPixelSize - 0.5,
                                            std::floor(right - left), boxPixelSize + 4),
                                     3, 3);
            at0 = std::max(at0 + 1, lineEnd);
        }
    }
    painter->restore();
}

} // namespace sscope
