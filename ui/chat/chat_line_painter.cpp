#include "ui/chat/chat_line_painter.h"

#include <algorithm>

#include <QApplication>
#include <QCoreApplication>

#include "ui/chat/chat_line_layout.h"
#include "ui/common/fonts.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sscope::ChatLines)
};

constexpr int nameLeft = ChatLinePainter::timeLeft + ChatLinePainter::timeWidth;
constexpr int remarkLeft = nameLeft + 20; // after its icon
constexpr int nameGap = 8;
constexpr int groupGap = 4;
constexpr int mentionPadding = 5;
constexpr int barWidth = 3;

// Where there is no room for columns, as in tabs side by side, name and time stand over the text.
constexpr int compactWidth = 420;

using Room = ChatLinePainter::Room;

bool isCompact(const Room& room) {
    return room.width < compactWidth;
}

int leftOfText(const ChatLine& line, const Room& room) {
    if (line.kind == ChatLine::Kind::Remark)
        return isCompact(room) ? ChatLinePainter::timeLeft + 20 : remarkLeft;
    return isCompact(room) ? ChatLinePainter::timeLeft : nameLeft + room.name;
}

int textWidth(const ChatLine& line, const Room& room) {
    return std::max(40, room.width - leftOfText(line, room) - ChatLinePainter::markWidth -
                            ChatLinePainter::rightMargin);
}

int separators(const ChatLinesModel& lines, int row) {
    return (lines.startsDay(row) ? 1 : 0) + (lines.startsNew(row) ? 1 : 0);
}

bool startsGroup(const ChatLinesModel& lines, int row) {
    return lines.at(row).kind == ChatLine::Kind::Remark || lines.startsGroup(row) ||
           separators(lines, row) > 0;
}

/// From the top of the row's own part to its text.
int paddingAbove(const ChatLinesModel& lines, int row) {
    if (lines.at(row).mentionsMe)
        return mentionPadding;
    return 1 + (startsGroup(lines, row) ? groupGap : 0);
}

int paddingBelow(const ChatLine& line) {
    return line.mentionsMe ? mentionPadding : 1;
}

/// Of name and time, where they stand over the text.
int headHeight(const ChatLinesModel& lines, int row, const Room& room) {
    const bool isMessage = lines.at(row).kind == ChatLine::Kind::Message;
    return isMessage && isCompact(room) && startsGroup(lines, row) ? ChatLineLayout::step() : 0;
}

int heightAround(const ChatLinesModel& lines, int row, const Room& room) {
    return headHeight(lines, row, room) +
           separators(lines, row) * ChatLinePainter::separatorHeight + paddingAbove(lines, row) +
           paddingBelow(lines.at(row));
}

/// Text in a font on the line's own baseline.
void paintAt(QPainter* painter, QPoint at, const QFont& font, const QString& text,
             ColorToken token) {
    painter->setFont(font);
    painter->setPen(themeColor(token));
    painter->drawText(at + QPoint(0, ChatLineLayout::baseline()), text);
}

ColorToken markToken(const ChatLine& line) {
    return line.state == ChatLine::State::Refused ? ColorToken::Warning : ColorToken::Muted;
}

void paintGround(QPainter* painter, const QRect& body, const ChatLine& line,
                 const ChatLinePainter::Look& look) {
    if (line.mentionsMe) {
        painter->fillRect(body, themeColor(ColorToken::RowChanged));
        painter->fillRect(QRect(body.topLeft(), QSize(barWidth, body.height())),
                          themeColor(ColorToken::Warning));
    }
    if (look.isSelected)
        painter->fillRect(line.mentionsMe ? body.adjusted(barWidth, 0, 0, 0) : body,
                          themeColor(ColorToken::Selection));
    else if (look.isHovered && !line.mentionsMe)
        painter->fillRect(body, themeColor(ColorToken::Hover));
    if (!look.isCurrent)
        return;
    painter->setPen(themeColor(ColorToken::Accent));
    painter->drawRect(body.adjusted(0, 0, -1, -1));
}

void paintName(QPainter* painter, QPoint at, const ChatLine& line, int width) {
    const QFont font = demiBold(QApplication::font());
    const QString name =
        QFontMetrics(font).elidedText(safeText(line.author), Qt::ElideRight, width);
    paintAt(painter, at, font, name, line.isOwn ? ColorToken::Accent : ColorToken::Text);
}

void paintRemarkIcon(QPainter* painter, QPoint at, const ChatLine& line) {
    paintIcon(painter, QRect(at, QSize(14, ChatLineLayout::step())), remarkIcon(line), 14,
              ColorToken::Muted);
}

void paintColumns(QPainter* painter, QPoint at, const ChatLinesModel& lines, int index,
                  const Room& room) {
    const ChatLine& line = lines.at(index);
    paintAt(painter, at + QPoint(ChatLinePainter::timeLeft, 0), monoFont(), secondText(line.time),
            ColorToken::Muted);
    const QPoint name = at + QPoint(nameLeft, 0);
    if (line.kind == ChatLine::Kind::Remark)
        paintRemarkIcon(painter, name, line);
    else if (startsGroup(lines, index))
        paintName(painter, name, line, room.name - nameGap);
}

void paintCompactHead(QPainter* painter, QPoint at, const ChatLinesModel& lines, int index,
                      int width) {
    const ChatLine& line = lines.at(index);
    const QPoint left = at + QPoint(ChatLinePainter::timeLeft, 0);
    if (line.kind == ChatLine::Kind::Remark) {
        paintRemarkIcon(painter, left, line);
        return;
    }
    if (!startsGroup(lines, index))
        return;
    const QString time = secondText(line.time);
    const int timeWide = QFontMetrics(monoFont()).horizontalAdvance(time);
    const int right = width - ChatLinePainter::rightMargin - timeWide;
    paintAt(painter, {at.x() + right, at.y()}, monoFont(), time, ColorToken::Muted);
    paintName(painter, left, line, right - ChatLinePainter::timeLeft - nameGap);
}

void paintSeparators(QPainter* painter, QRect& rest, const ChatLinesModel& lines, int index,
                     const ChatLinePainter::Look& look) {
    const auto paintNext = [&](const QString& text, ColorToken token) {
        const QRect line(rest.left(), rest.top(), look.room.width,
                         ChatLinePainter::separatorHeight);
        ChatLinePainter::paintSeparator(painter, line, text, token);
        rest.setTop(rest.top() + ChatLinePainter::separatorHeight);
    };
    if (lines.startsDay(index))
        paintNext(dayText(dayOf(lines.at(index).time), look.today), ColorToken::Muted);
    if (lines.startsNew(index))
        paintNext(Words::tr("%n new", nullptr, lines.newCount()), ColorToken::Warning);
}

} // namespace

ChatLinePainter::Part ChatLinePainter::partAt(const QRect& row, QPoint at,
                                              const ChatLinesModel& lines, int index,
                                              const Room& room) {
    const int bodyTop = row.top() + separators(lines, index) * separatorHeight;
    if (!row.contains(at) || at.y() < bodyTop)
        return Part::None;
    if (at.x() >= room.width - rightMargin - markWidth)
        return Part::Mark;
    const QPoint text = textPlace(row, lines, index, room);
    const bool isBeside = !isCompact(room) || at.y() >= text.y();
    if (isBeside && at.x() >= text.x())
        return Part::Text;
    if (isCompact(room))
        return Part::Time; // over the text
    if (at.x() < nameLeft)
        return at.x() >= timeLeft ? Part::Time : Part::None;
    return Part::Name;
}

QPoint ChatLinePainter::textPlace(const QRect& row, const ChatLinesModel& lines, int index,
                                  const Room& room) {
    return {row.left() + leftOfText(lines.at(index), room),
            row.top() + separators(lines, index) * separatorHeight + paddingAbove(lines, index) +
                headHeight(lines, index, room)};
}

ChatLineLayout ChatLinePainter::layoutOf(const ChatLinesModel& lines, int index, const Room& room,
                                         const QString& ownName, int underlined) {
    const ChatLine& line = lines.at(index);
    return {line, ownName, textWidth(line, room), underlined};
}

int ChatLinePainter::estimate(const ChatLinesModel& lines, int row, const Room& room) {
    const ChatLine& line = lines.at(row);
    const int letter = std::max(1, QFontMetrics(QApplication::font()).averageCharWidth());
    const int inLine = std::max(1, textWidth(line, room) / letter);
    int count = 0;
    qsizetype start = 0;
    while (start <= line.text.size()) {
        qsizetype end = line.text.indexOf(QLatin1Char('\n'), start);
        end = end < 0 ? line.text.size() : end;
        count += 1 + static_cast<int>(end - start) / inLine;
        start = end + 1;
    }
    return heightAround(lines, row, room) + count * ChatLineLayout::step();
}

int ChatLinePainter::measure(const ChatLinesModel& lines, int row, const Room& room,
                             const QString& ownName) {
    return heightAround(lines, row, room) + layoutOf(lines, row, room, ownName).height();
}

void ChatLinePainter::paint(QPainter* painter, const QRect& row, const ChatLinesModel& lines,
                            int index, const Look& look) {
    const ChatLine& line = lines.at(index);
    QRect body = row;
    painter->save();
    painter->setClipRect(row);
    paintSeparators(painter, body, lines, index, look);
    paintGround(painter, body, line, look);
    const int top = body.top() + paddingAbove(lines, index);
    const QPoint text = textPlace(row, lines, index, look.room);
    const bool isRemark = line.kind == ChatLine::Kind::Remark;
    if (isCompact(look.room))
        paintCompactHead(painter, {body.left(), top}, lines, index, look.room.width);
    else
        paintColumns(painter, {body.left(), top}, lines, index, look.room);
    const bool isSure = !isRemark && line.state != ChatLine::State::Refused;
    layoutOf(lines, index, look.room, look.ownName, look.underlined)
        .draw(painter, text, themeColor(isSure ? ColorToken::Text : ColorToken::Muted),
              look.selected);
    const QString mark = isRemark ? QString() : markIcon(line);
    if (!mark.isEmpty())
        paintIcon(painter,
                  QRect(body.left() + look.room.width - rightMargin - 14, text.y(), 14,
                        ChatLineLayout::step()),
                  mark, 14, markToken(line));
    painter->restore();
}

void ChatLinePainter::paintSeparator(QPainter* painter, const QRect& rect, const QString& text,
                                     ColorToken token) {
    painter->setFont(secondaryFont());
    const int wide = painter->fontMetrics().horizontalAdvance(text) + 28;
    const int middle = rect.center().y() + 1;
    const int left = rect.left() + timeLeft;
    const int right = rect.right() - rightMargin + 1;
    const int from = (left + right - wide) / 2;
    const QColor line = themeColor(token == ColorToken::Muted ? ColorToken::Hairline : token);
    painter->fillRect(QRect(left, middle, from - left, 1), line);
    painter->fillRect(QRect(from + wide, middle, right - from - wide, 1), line);
    paintText(painter, QRect(from, rect.top(), wide, rect.height()), text, token, Qt::AlignHCenter);
}

int ChatLinePainter::widthOfName(const QString& name) {
    return QFontMetrics(demiBold(QApplication::font())).horizontalAdvance(name) + nameGap;
}

bool ChatLinePainter::isNameCut(const QString& name, const Room& room) {
    return widthOfName(name) > room.name;
}

/// At most a quarter of the view, where that is more than the least.
int ChatLinePainter::nameColumn(int needed, int width) {
    return std::clamp(needed, leastName, std::clamp(width / 4, leastName, mostName));
}

} // namespace sscope
