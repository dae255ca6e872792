#include "ui/chat/chat_line_layout.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QPainter>
#include <QTextBoundaryFinder>

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

ChatLineLayout::ChatLineLayout(const ChatLine& line, const QString& ownName, int width,
                               int underlined)
    : m_text(chatText(line.text, line.mentionsMe ? ownName : QString())) {
    const QFont font = QApplication::font();
    m_layout.setText(m_text.text);
    m_layout.setFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // A remark is a sentence of ours, whatever way the name in it is written.
    if (line.kind == ChatLine::Kind::Remark)
        option.setTextDirection(QApplication::layoutDirection());
    m_layout.setTextOption(option);
    m_layout.setCacheEnabled(true);
    addFormats(font, underlined);
    breakLines(width);
}

void ChatLineLayout::addFormats(const QFont& font, int underlined) {
    QList<QTextLayout::FormatRange> formats;
    for (const ChatText::Span& link : m_text.links) {
        QTextCharFormat format;
        format.setForeground(themeColor(ColorToken::Accent));
        format.setFontUnderline(link.start == underlined);
        formats.append({link.start, link.length, format});
    }
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

void ChatLineLayout::draw(QPainter* painter, QPoint at, const QColor& color,
                          std::pair<int, int> selected) const {
    QList<QTextLayout::FormatRange> selections;
    selected.second = std::min(selected.second, static_cast<int>(m_text.text.size()));
    if (selected.first < selected.second) {
        QTextCharFormat format;
        format.setBackground(themeColor(ColorToken::Selection));
        selections.append({selected.first, selected.second - selected.first, format});
    }
    drawBoxes(painter, at, selected, false);
    painter->setPen(color);
    m_layout.draw(painter, at, selections);
    drawBoxes(painter, at, selected, true); // an outline is enough there
}

void ChatLineLayout::drawBoxes(QPainter* painter, QPoint at, std::pair<int, int> selected,
                               bool areSelected) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(themeColor(ColorToken::FieldBorder));
    if (!areSelected)
        painter->setBrush(themeColor(ColorToken::Window));
    for (const ChatText::Box& box : m_text.boxes) {
        const bool isSelected = box.start >= selected.first && box.start < selected.second;
        if (isSelected == areSelected)
            drawBox(painter, at, box);
    }
    painter->restore();
}

void ChatLineLayout::drawBox(QPainter* painter, QPoint at, const ChatText::Span& box) const {
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

// What stands where

/// Above the first it is that one, below the last that one.
QTextLine ChatLineLayout::lineAt(int y) const {
    const int number = std::clamp(y / step(), 0, std::max(0, m_layout.lineCount() - 1));
    return m_layout.lineAt(number);
}

int ChatLineLayout::positionAt(QPoint at) const {
    const QTextLine line = lineAt(at.y());
    if (at.y() < 0 || !line.isValid())
        return 0;
    if (at.y() >= m_height)
        return static_cast<int>(m_text.text.size());
    return m_text.outOfBox(line.xToCursor(at.x()));
}

const ChatText::Span* ChatLineLayout::linkAt(QPoint at) const {
    const QTextLine line = lineAt(at.y());
    const bool isInText = at.y() >= 0 && at.y() < m_height && line.isValid() &&
                          line.naturalTextRect().left() <= at.x() &&
                          at.x() < line.naturalTextRect().right();
    if (!isInText)
        return nullptr;
    const int position = line.xToCursor(at.x(), QTextLine::CursorOnCharacter);
    const auto link = std::ranges::find_if(m_text.links, [position](const ChatText::Span& each) {
        return position >= each.start && position < each.start + each.length;
    });
    return link == m_text.links.end() ? nullptr : &*link;
}

std::pair<int, int> ChatLineLayout::wordAt(int position) const {
    for (const ChatText::Box& box : m_text.boxes) {
        if (position >= box.start && position < box.start + box.length)
            return {box.start, box.start + box.length};
    }
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, m_text.text);
    const auto size = static_cast<int>(m_text.text.size());
    finder.setPosition(std::min(position, std::max(0, size - 1)));
    const qsizetype start = finder.isAtBoundary() ? finder.position() : finder.toPreviousBoundary();
    finder.setPosition(std::max<qsizetype>(start, 0));
    const qsizetype end = finder.toNextBoundary();
    return {m_text.outOfBox(static_cast<int>(std::max<qsizetype>(start, 0))),
            m_text.outOfBox(end < 0 ? size : static_cast<int>(end))};
}

int ChatLineLayout::positionAfter(int position, QTextLayout::CursorMode mode) const {
    for (const ChatText::Box& box : m_text.boxes) {
        if (position == box.start)
            return box.start + box.length;
    }
    return m_text.outOfBox(m_layout.nextCursorPosition(position, mode));
}

int ChatLineLayout::positionBefore(int position, QTextLayout::CursorMode mode) const {
    for (const ChatText::Box& box : m_text.boxes) {
        if (position == box.start + box.length)
            return box.start;
    }
    return m_text.outOfBox(m_layout.previousCursorPosition(position, mode));
}

} // namespace sscope
