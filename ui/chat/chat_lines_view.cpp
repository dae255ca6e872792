#include "ui/chat/chat_lines_view.h"

#include <chrono>
#include <limits>
#include <utility>

#include <QPainter>
#include <QPaintEvent>
#include <QPushButton>

#include "ui/chat/chat_line_painter.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr auto dragInterval = std::chrono::milliseconds(50);

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
    m_telling.setInterval(0);
    m_telling.setSingleShot(true);
    connect(&m_telling, &QTimer::timeout, this, &ChatLinesView::tellShown);
    m_dragging.setInterval(dragInterval);
    connect(&m_dragging, &QTimer::timeout, this, &ChatLinesView::scrollWhileChoosing);
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
    clearCharacters();
    setModel(&lines); // disconnects and connects what the base class hears of
    connectLines();
    m_hasScrolled = false;
    m_shownUpTo = {};
    goToNew();
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
    const QModelIndex hovered = indexAt(viewport()->mapFromGlobal(QCursor::pos()));
    for (int row = rowAtContent(event->rect().top() + offset); row < count; ++row) {
        const QModelIndex index = model()->index(row, 0);
        const QRect rect = visualRect(index);
        if (rect.top() > event->rect().bottom())
            break;
        ChatLinePainter::paint(&painter, rect, *m_lines, row, lookOf(row, hovered));
    }
}

ChatLinePainter::Look ChatLinesView::lookOf(int row, const QModelIndex& hovered) const {
    const QModelIndex index = model()->index(row, 0);
    const bool isCurrent = hasFocus() && index == currentIndex();
    return {.room = m_room,
            .ownName = m_ownName,
            .today = QDate::currentDate(),
            .isSelected = selectionModel()->isSelected(index),
            .isHovered = viewport()->underMouse() && index == hovered,
            // Where characters are chosen they show where one is.
            .isCurrent = isCurrent && m_characters.isEmpty(),
            .selected = m_characters.range().of(row, std::numeric_limits<int>::max()),
            .underlined = m_lit.row == row ? m_lit.start : -1};
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
