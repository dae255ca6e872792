// Characters that are chosen with the mouse, and links that are followed by it.

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>
#include <QUrl>

#include "ui/chat/chat_lines_view.h"
#include "ui/common/formats.h"

namespace sscope {

using Part = ChatLinePainter::Part;

ChatLineLayout ChatLinesView::layoutOf(int row) const {
    return ChatLinePainter::layoutOf(*m_lines, row, m_room, m_ownName);
}

Part ChatLinesView::partAt(QPoint at) const {
    const QModelIndex index = indexAt(at);
    return index.isValid()
               ? ChatLinePainter::partAt(visualRect(index), at, *m_lines, index.row(), m_room)
               : Part::None;
}

/// Of the row at a place, or the nearest one: a character's edge, a word, or all of its text. There
/// is one.
ChatSelection::Range ChatLinesView::chosenAt(QPoint at) const {
    const int row = rowAtContent(at.y() + verticalOffset());
    const QRect rect = visualRect(model()->index(row, 0));
    const ChatLineLayout layout = layoutOf(row);
    const QPoint within = at - ChatLinePainter::textPlace(rect, *m_lines, row, m_room);
    const int position = layout.positionAt(within);
    std::pair<int, int> chosen(position, position);
    if (m_grain == Grain::Line)
        chosen = {0, static_cast<int>(layout.text().text.size())};
    else if (m_grain == Grain::Word)
        chosen = layout.wordAt(position);
    return {{row, chosen.first}, {row, chosen.second}};
}

void ChatLinesView::chooseAt(QPoint at, Grain grain, bool isExtending) {
    m_grain = grain;
    m_isChoosing = true;
    m_pointer = at;
    const ChatSelection::Range chosen = chosenAt(at);
    if (isExtending)
        m_characters.extend(chosen);
    else
        m_characters.start(chosen);
    selectionModel()->clearSelection();
    selectionModel()->setCurrentIndex(model()->index(chosen.from.row, 0),
                                      QItemSelectionModel::NoUpdate);
    viewport()->update();
}

void ChatLinesView::clearCharacters() {
    m_characters.clear();
    stopChoosing();
    viewport()->update();
}

void ChatLinesView::stopChoosing() {
    m_isChoosing = false;
    m_dragging.stop();
}

/// The button may be released while another tab is shown.
void ChatLinesView::hideEvent(QHideEvent* event) {
    stopChoosing();
    QListView::hideEvent(event);
}

void ChatLinesView::selectionChanged(const QItemSelection& selected,
                                     const QItemSelection& deselected) {
    QListView::selectionChanged(selected, deselected);
    if (!selected.isEmpty())
        clearCharacters();
}

bool ChatLinesView::isTripleClick(QPoint at) const {
    return m_sinceDouble.isValid() &&
           m_sinceDouble.elapsed() < QApplication::doubleClickInterval() &&
           (at - m_doubleAt).manhattanLength() < QApplication::startDragDistance();
}

void ChatLinesView::mousePressEvent(QMouseEvent* event) {
    const QPoint at = event->pos();
    if (event->button() == Qt::RightButton)
        return; // its menu chooses
    const bool isLeft = event->button() == Qt::LeftButton;
    if (isLeft && sendAgainAt(at))
        return;
    const bool isOfText =
        isLeft && partAt(at) == Part::Text && !event->modifiers().testFlag(Qt::ControlModifier);
    if (!isOfText) {
        clearCharacters();
        QListView::mousePressEvent(event);
        return;
    }
    const Link link = linkAt(at);
    m_pressed = link == m_lit ? link : Link(); // where it leads is shown first
    const bool isExtending =
        event->modifiers().testFlag(Qt::ShiftModifier) && m_characters.hasBegun();
    chooseAt(at, isTripleClick(at) ? Grain::Line : Grain::Character, isExtending);
}

void ChatLinesView::mouseDoubleClickEvent(QMouseEvent* event) {
    const bool isOfText = event->button() == Qt::LeftButton && partAt(event->pos()) == Part::Text;
    if (!isOfText) {
        QListView::mouseDoubleClickEvent(event);
        return;
    }
    m_sinceDouble.start();
    m_doubleAt = event->pos();
    m_pressed = {}; // the first of the two clicks has opened it
    chooseAt(event->pos(), Grain::Word, false);
}

void ChatLinesView::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->pos();
    if (!m_isChoosing) {
        if (!event->buttons().testFlag(Qt::RightButton)) // whose press chose nothing
            QListView::mouseMoveEvent(event);
        followPointer(event->pos());
        return;
    }
    extendTo(event->pos());
    const bool isBeyond = event->pos().y() < 0 || event->pos().y() >= viewport()->height();
    if (!isBeyond)
        m_dragging.stop();
    else if (!m_dragging.isActive())
        m_dragging.start();
}

void ChatLinesView::extendTo(QPoint at) {
    if (m_heights.count() == 0)
        return;
    m_characters.extend(chosenAt(at));
    viewport()->update();
}

/// The further the pointer is beyond the edge the faster.
void ChatLinesView::scrollWhileChoosing() {
    const int bottom = viewport()->height();
    const int beyond = m_pointer.y() < 0 ? m_pointer.y() : std::max(0, m_pointer.y() - bottom);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + beyond);
    extendTo(m_pointer);
}

void ChatLinesView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_isChoosing || event->button() != Qt::LeftButton) {
        QListView::mouseReleaseEvent(event);
        return;
    }
    stopChoosing();
    const Link pressed = std::exchange(m_pressed, {});
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (!m_characters.isEmpty() && clipboard->supportsSelection())
        clipboard->setText(selectedText(*m_lines, m_characters.range()), QClipboard::Selection);
    else if (m_characters.isEmpty() && pressed.row >= 0 && linkAt(event->pos()) == pressed)
        open(pressed);
    followPointer(event->pos());
}

/// Where characters are chosen Shift and Left or Right move the end of them, by words with Ctrl.
bool ChatLinesView::extendByKey(const QKeyEvent& event) {
    const bool isForward = event.key() == Qt::Key_Right;
    const bool isExtending = (isForward || event.key() == Qt::Key_Left) &&
                             event.modifiers().testFlag(Qt::ShiftModifier) &&
                             !m_characters.isEmpty();
    if (!isExtending)
        return false;
    ChatSelection::Point point = m_characters.cursor();
    point.row = std::min(point.row, m_heights.count() - 1);
    const ChatLineLayout layout = layoutOf(point.row);
    const auto mode = event.modifiers().testFlag(Qt::ControlModifier) ? QTextLayout::SkipWords
                                                                      : QTextLayout::SkipCharacters;
    point.at =
        isForward ? layout.positionAfter(point.at, mode) : layout.positionBefore(point.at, mode);
    m_characters.extend({point, point});
    viewport()->update();
    return true;
}

// Links

ChatLinesView::Link ChatLinesView::linkAt(QPoint at) const {
    if (partAt(at) != Part::Text)
        return {};
    const QModelIndex index = indexAt(at);
    const QPoint text =
        ChatLinePainter::textPlace(visualRect(index), *m_lines, index.row(), m_room);
    const ChatLineLayout layout = layoutOf(index.row());
    const ChatText::Span* link = layout.linkAt(at - text);
    return link ? Link{index.row(), link->start, layout.text().text.mid(link->start, link->length)}
                : Link();
}

void ChatLinesView::followPointer(QPoint at) {
    light(linkAt(at), viewport()->mapToGlobal(at));
    viewport()->setCursor(m_lit.row >= 0             ? Qt::PointingHandCursor
                          : partAt(at) == Part::Text ? Qt::IBeamCursor
                                                     : Qt::ArrowCursor);
}

/// Tells where it leads, at once: nothing is opened that was not told.
void ChatLinesView::light(const Link& link, QPoint global) {
    if (link == m_lit)
        return;
    m_lit = link;
    if (link.row >= 0)
        QToolTip::showText(global, plainTip(link.address), viewport());
    else
        QToolTip::hideText();
    viewport()->update();
}

void ChatLinesView::leaveEvent(QEvent* event) {
    light({}, {});
    QListView::leaveEvent(event);
}

void ChatLinesView::open(const Link& link) const {
    QDesktopServices::openUrl(QUrl(link.address, QUrl::StrictMode));
}

} // namespace sscope
