#include "ui/chat/chat_lines_view.h"

#include <algorithm>
#include <utility>

#include <QElapsedTimer>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include "ui/chat/chat_line_layout.h"
#include "ui/chat/chat_line_painter.h"
#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int headHeight = 30; // of what stands before the first line
constexpr int endMargin = 8;
constexpr int sliceMilliseconds = 4;
constexpr int mostMeasuredNames = 1'000;

} // namespace

ChatLinesView::ChatLinesView(QWidget* parent) : QListView(parent), m_jump(new QPushButton(this)) {
    setObjectName(QStringLiteral("chatLines"));
    setAccessibleName(tr("Messages"));
    setFrameShape(NoFrame);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    m_jump->setObjectName(QStringLiteral("jumpToLatest"));
    m_jump->setIcon(lineIcon(QStringLiteral("arrow-down")));
    m_jump->setToolTip(tr("Go to the latest message (End)"));
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &ChatLinesView::goToEnd);
    m_measuring.setInterval(0);
    connect(&m_measuring, &QTimer::timeout, this, &ChatLinesView::measureSome);
}

void ChatLinesView::setLines(ChatLinesModel& lines, const QString& title,
                             const QString& emptyText) {
    m_title = title;
    m_emptyText = emptyText;
    if (&lines == m_lines)
        return;
    if (m_lines)
        disconnect(m_lines, nullptr, this, nullptr);
    m_isAtEnd = true;
    m_newBelow = 0;
    m_lines = &lines;
    setModel(&lines); // disconnects and connects what the base class hears of
    connectLines();
    for (int row = lines.rowCount() - 1; row >= 0; --row) {
        if (!lines.startsNew(row))
            continue;
        // What is new is read from its begin.
        if (topOf(lines.rowCount()) - topOf(row) > viewport()->height()) {
            m_isAtEnd = false;
            m_newBelow = lines.newCount();
            m_anchor = row;
            m_anchorOffset = 0;
        }
        break;
    }
    place();
    Q_EMIT endReached(m_isAtEnd);
}

void ChatLinesView::connectLines() {
    connect(m_lines, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex&, int first, int last) { rowsGone(first, last); });
    connect(m_lines, &QAbstractItemModel::rowsMoved, this,
            [this](const QModelIndex&, int first, int last, const QModelIndex&, int before) {
                rowsMoved(first, last, before);
            });
    connect(m_lines, &QAbstractItemModel::layoutChanged, this, &ChatLinesView::estimateAll);
    connect(m_lines, &ChatLinesModel::olderChanged, this, [this] {
        viewport()->update();
        Q_EMIT linesChanged();
        askOlder();
    });
}

void ChatLinesView::setOwnName(const QString& name) {
    if (std::exchange(m_ownName, name) != name)
        viewport()->update();
}

void ChatLinesView::setEmptyText(const QString& text) {
    if (std::exchange(m_emptyText, text) != text)
        viewport()->update();
}

// Heights

void ChatLinesView::reset() {
    QAbstractItemView::reset();
    estimateAll();
}

void ChatLinesView::estimateAll() {
    m_heights.clear();
    m_room.width = width();
    m_neededName = 0;
    m_measuredNames.clear();
    if (m_lines)
        fitNames(0, m_lines->rowCount() - 1);
    if (m_lines)
        m_heights.insert(0, estimates(0, m_lines->rowCount() - 1));
    m_anchor = std::clamp(m_anchor, 0, std::max(0, m_heights.count() - 1));
    place();
}

/// There is another width for them.
void ChatLinesView::estimateAgain() {
    for (int row = 0; row < m_heights.count(); ++row)
        m_heights.setEstimate(row, ChatLinePainter::estimate(*m_lines, row, m_room));
}

/// The column of names is as wide as the widest of this place that was there; true where these rows
/// have made it wider.
bool ChatLinesView::fitNames(int first, int last) {
    for (int row = first; row <= last; ++row) {
        const QString& name = m_lines->at(row).author;
        if (name.isEmpty() || m_measuredNames.contains(name))
            continue;
        if (m_measuredNames.size() >= mostMeasuredNames)
            m_measuredNames.clear(); // whoever comes under ever new names
        m_measuredNames.insert(name);
        m_neededName = std::max(m_neededName, ChatLinePainter::widthOfName(safeText(name)));
    }
    const int column = ChatLinePainter::nameColumn(m_neededName, m_room.width);
    return std::exchange(m_room.name, column) != column;
}

std::vector<int> ChatLinesView::estimates(int first, int last) const {
    std::vector<int> heights;
    heights.reserve(static_cast<std::size_t>(last - first + 1));
    for (int row = first; row <= last; ++row)
        heights.push_back(ChatLinePainter::estimate(*m_lines, row, m_room));
    return heights;
}

void ChatLinesView::rowsInserted(const QModelIndex& parent, int first, int last) {
    const int count = last - first + 1;
    const bool isLast = first == m_heights.count();
    const bool isWider = fitNames(first, last);
    m_heights.insert(first, estimates(first, last));
    if (isWider)
        estimateAgain();
    if (!m_isAtEnd && first <= m_anchor && m_heights.count() > count)
        m_anchor += count;
    if (!m_isAtEnd && m_lines->isNew(last))
        m_newBelow = m_lines->newCount(); // as their divider says
    for (int row = first; row <= last && isLast && !m_isAtEnd && !m_lines->isNew(row); ++row) {
        const ChatLine& line = m_lines->at(row);
        m_newBelow += line.kind == ChatLine::Kind::Message && !line.isOwn ? 1 : 0;
    }
    QAbstractItemView::rowsInserted(parent, first, last);
    place();
    Q_EMIT linesChanged();
}

// Not the list's own, which is about its layout.
void ChatLinesView::rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) {
    QAbstractItemView::rowsAboutToBeRemoved(parent, first, last);
}

void ChatLinesView::rowsGone(int first, int last) {
    m_heights.remove(first, last);
    if (m_anchor > last) {
        m_anchor -= last - first + 1;
    } else if (m_anchor >= first) {
        m_anchor = std::max(0, std::min(first, m_heights.count() - 1));
        m_anchorOffset = 0;
    }
    place();
}

void ChatLinesView::rowsMoved(int first, int last, int before) {
    std::vector<int> heights;
    for (int row = first; row <= last; ++row)
        heights.push_back(m_heights.height(row));
    m_heights.remove(first, last);
    m_heights.insert(before > last ? before - (last - first + 1) : before, heights);
    place();
}

void ChatLinesView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
                                const QList<int>& roles) {
    QAbstractItemView::dataChanged(topLeft, bottomRight, roles);
    for (int row = topLeft.row(); row <= bottomRight.row() && row < m_heights.count(); ++row)
        m_heights.setEstimate(row, m_heights.height(row));
    place();
    viewport()->update();
}

void ChatLinesView::measure(int row) {
    if (!m_heights.isMeasured(row))
        m_heights.setMeasured(row, ChatLinePainter::measure(*m_lines, row, m_room, m_ownName));
}

void ChatLinesView::measureSeen() {
    int left = viewport()->height();
    if (m_isAtEnd) {
        for (int row = m_heights.count() - 1; row >= 0 && left > 0; --row) {
            measure(row);
            left -= m_heights.height(row);
        }
        return;
    }
    left += m_anchorOffset;
    for (int row = m_anchor; row < m_heights.count() && left > 0; ++row) {
        measure(row);
        left -= m_heights.height(row);
    }
}

/// What is not seen, nearest to it first, so that the scroll bar tells the truth.
void ChatLinesView::measureSome() {
    QElapsedTimer time;
    time.start();
    int row = m_heights.nextUnmeasured(m_anchor);
    while (row >= 0 && time.elapsed() < sliceMilliseconds) {
        measure(row);
        row = m_heights.nextUnmeasured(row);
    }
    if (row < 0)
        m_measuring.stop();
    place();
}

/// Puts what is seen to where it belongs after heights have changed.
void ChatLinesView::place() {
    if (m_isPlacing || !m_lines)
        return;
    m_isPlacing = true;
    measureSeen();
    const int most = mostScroll();
    QScrollBar* bar = verticalScrollBar();
    bar->setRange(0, most);
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(ChatLineLayout::step());
    const int wanted = m_heights.count() > 0 ? topOf(m_anchor) + m_anchorOffset : 0;
    bar->setValue(m_isAtEnd ? most : std::min(wanted, most));
    m_isPlacing = false;
    followScroll();
    if (isVisible() && m_heights.nextUnmeasured(m_anchor) >= 0)
        m_measuring.start();
    viewport()->update();
}

/// What is seen now is what is kept from here on.
void ChatLinesView::followScroll() {
    const int value = verticalScrollBar()->value();
    if (m_heights.count() > 0) {
        m_anchor = rowAtContent(value);
        m_anchorOffset = value - topOf(m_anchor);
    }
    setAtEnd(value >= mostScroll());
    askOlder();
}

void ChatLinesView::setAtEnd(bool isAtEnd) {
    if (isAtEnd)
        m_newBelow = 0;
    const bool hasChanged = std::exchange(m_isAtEnd, isAtEnd) != isAtEnd;
    showJump();
    if (hasChanged)
        Q_EMIT endReached(isAtEnd);
}

void ChatLinesView::showJump() {
    const bool isFar = mostScroll() - verticalScrollBar()->value() > viewport()->height();
    m_jump->setVisible(!m_isAtEnd && (m_newBelow > 0 || isFar));
    if (m_jump->isHidden())
        return;
    const QString text =
        m_newBelow > 0 ? tr("%n new, jump to latest", nullptr, m_newBelow) : tr("Jump to latest");
    if (text != m_jump->text()) {
        m_jump->setText(text);
        m_jump->setAccessibleName(text);
    }
    m_jump->adjustSize();
    m_jump->move((viewport()->width() - m_jump->width()) / 2,
                 viewport()->height() - m_jump->height() - endMargin);
}

void ChatLinesView::askOlder() {
    const bool isNear = verticalScrollBar()->value() < viewport()->height();
    if (isVisible() && isNear && m_lines && m_lines->hasOlder() && !m_lines->isLoadingOlder())
        Q_EMIT olderWanted();
}

void ChatLinesView::goToEnd() {
    m_isAtEnd = true;
    place();
    setAtEnd(true);
}

int ChatLinesView::contentHeight() const {
    return m_heights.count() == 0 ? 0 : topOf(m_heights.count()) + endMargin;
}

int ChatLinesView::mostScroll() const {
    return std::max(0, contentHeight() - viewport()->height());
}

/// Few lines stand at the bottom, where the next one comes.
int ChatLinesView::topOf(int row) const {
    const int all = m_heights.top(m_heights.count()) + headHeight + endMargin;
    return std::max(0, viewport()->height() - all) + headHeight + m_heights.top(row);
}

int ChatLinesView::rowAtContent(int y) const {
    return m_heights.rowAt(y - topOf(0));
}

// The list's own geometry

int ChatLinesView::verticalOffset() const {
    return verticalScrollBar()->value();
}

void ChatLinesView::doItemsLayout() {
    QAbstractItemView::doItemsLayout();
}

void ChatLinesView::updateGeometries() {
    QAbstractItemView::updateGeometries();
    place();
}

void ChatLinesView::scrollContentsBy(int, int) {
    if (m_isPlacing)
        return;
    followScroll();
    place();
}

void ChatLinesView::resizeEvent(QResizeEvent* event) {
    if (std::exchange(m_room.width, width()) != width() && m_lines) {
        m_room.name = ChatLinePainter::nameColumn(m_neededName, width());
        estimateAgain();
    }
    QAbstractItemView::resizeEvent(event);
    place();
}

void ChatLinesView::showEvent(QShowEvent* event) {
    QListView::showEvent(event);
    place();
}

QRect ChatLinesView::visualRect(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= m_heights.count())
        return {};
    return {0, topOf(index.row()) - verticalOffset(), viewport()->width(),
            m_heights.height(index.row())};
}

QModelIndex ChatLinesView::indexAt(const QPoint& at) const {
    const int row = rowAtContent(at.y() + verticalOffset());
    if (row < 0)
        return {};
    const QModelIndex index = model()->index(row, 0);
    return visualRect(index).contains(at) ? index : QModelIndex();
}

void ChatLinesView::scrollTo(const QModelIndex& index, ScrollHint hint) {
    if (!index.isValid() || index.row() >= m_heights.count())
        return;
    measure(index.row());
    const int top = topOf(index.row());
    const int room = viewport()->height() - m_heights.height(index.row());
    const int value = verticalOffset();
    int wanted = value;
    if (hint == PositionAtCenter)
        wanted = top - room / 2;
    else if (hint == PositionAtTop || top < value)
        wanted = top;
    else if (hint == PositionAtBottom || top - room > value)
        wanted = top - room;
    if (index.row() == 0)
        wanted = 0; // with what stands before it
    else if (index.row() == m_heights.count() - 1 && wanted > value)
        wanted = mostScroll();
    verticalScrollBar()->setValue(wanted);
}

QModelIndex ChatLinesView::moveCursor(CursorAction action, Qt::KeyboardModifiers) {
    const int last = m_heights.count() - 1;
    if (last < 0)
        return {};
    const int page = viewport()->height() - 2 * ChatLineLayout::step();
    int row = currentIndex().isValid() ? currentIndex().row() : last + 1;
    switch (action) {
    case MoveUp:
    case MoveLeft:
    case MovePrevious:
        --row;
        break;
    case MoveDown:
    case MoveRight:
    case MoveNext:
        ++row;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = last;
        break;
    case MovePageUp:
        row = rowAtContent(topOf(std::min(row, last)) - page);
        break;
    case MovePageDown:
        row = rowAtContent(topOf(std::min(row, last)) + page);
        break;
    }
    return model()->index(std::clamp(row, 0, last), 0);
}

void ChatLinesView::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) {
    const QRect normal = rect.normalized();
    const int first = rowAtContent(normal.top() + verticalOffset());
    const int last = rowAtContent(normal.bottom() + verticalOffset());
    if (first >= 0)
        selectionModel()->select({model()->index(first, 0), model()->index(last, 0)}, command);
}

QRegion ChatLinesView::visualRegionForSelection(const QItemSelection& selection) const {
    QRegion region;
    for (const QItemSelectionRange& range : selection)
        region += visualRect(range.topLeft()).united(visualRect(range.bottomRight()));
    return region & viewport()->rect();
}

// Painting

void ChatLinesView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), themeColor(ColorToken::Surface));
    const int count = m_heights.count();
    if (count == 0) {
        painter.setPen(themeColor(ColorToken::Muted));
        painter.drawText(viewport()->rect().adjusted(24, 0, -24, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const int offset = verticalOffset();
    paintHead(&painter, QRect(0, topOf(0) - headHeight - offset, width(), headHeight));
    ChatLinePainter::Look look{.room = m_room, .ownName = m_ownName, .today = QDate::currentDate()};
    const QModelIndex hovered = indexAt(viewport()->mapFromGlobal(QCursor::pos()));
    for (int row = rowAtContent(event->rect().top() + offset); row < count; ++row) {
        const QModelIndex index = model()->index(row, 0);
        const QRect rect = visualRect(index);
        if (rect.top() > event->rect().bottom())
            break;
        look.isSelected = selectionModel()->isSelected(index);
        look.isHovered = viewport()->underMouse() && index == hovered;
        look.isCurrent = hasFocus() && index == currentIndex();
        ChatLinePainter::paint(&painter, rect, *m_lines, row, look);
    }
}

void ChatLinesView::paintHead(QPainter* painter, const QRect& rect) const {
    if (rect.bottom() < 0)
        return;
    QString text;
    if (m_lines->isLoadingOlder())
        text = tr("Loading older…");
    else if (!m_lines->hasOlder() && !m_title.isEmpty())
        text = tr("The beginning of %1").arg(m_title);
    else if (m_lines->isFull())
        text = tr("What is older is found by a search");
    painter->setFont(secondaryFont());
    paintText(painter, rect, text, ColorToken::Muted, Qt::AlignHCenter);
}

} // namespace sscope
