#include "ui/connections/connections_view.h"

#include <array>
#include <chrono>
#include <span>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include "core/diagnostics/filter_text.h"
#include "ui/common/row_search.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connections_delegate.h"
#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

using Model = ConnectionsModel;
using namespace std::chrono_literals;

constexpr int manyRows = 3'000;
constexpr auto fadeStep = 100ms;
// Scrolling asks for the details of other rows only once it rests.
constexpr auto visibleDelay = 150ms;

// In a wide panel the queues have room for 9 999 999 bytes, as a peer that does not read soon has
// them. Everywhere a process has room for the 15 bytes of its name (proc(5)), a PID for pid_max
// (4 194 304). The last column takes the rest.
constexpr std::array ownWidths{26, 120, 72, 56, 128, 160, 24, 160, 84,  84, 84,
                               96, 84,  84, 84, 96,  128, 84, 48,  240, 160};
// Beside the inspector at 1440 (GUI.md 13) and at 1280: only addresses and notes may be cut, so the
// user folds there.
constexpr std::array middleWidths{26, 110, 68, 52, 120, 144, 24, 144, 66,  66, 84,
                                  96, 84,  84, 84, 96,  128, 84, 48,  240, 90};
constexpr std::array narrowWidths{22, 110, 68, 47, 120, 133, 20, 133, 62,  62, 82,
                                  62, 84,  84, 84, 96,  128, 84, 48,  240, 84};
constexpr int narrowView = 1'090;
constexpr int middleView = 1'260;
constexpr std::array netstatWidths{26, 64, 84, 84, 192, 192, 120, 160};
constexpr std::array lsofWidths{26, 120, 72, 120, 64, 72, 96, 84, 96, 300};
constexpr std::array narrowLsofWidths{26, 108, 70, 120, 56, 66, 90, 84, 90, 230};
constexpr std::array ssWidths{26, 68, 96, 84, 84, 192, 192, 240};
constexpr std::array narrowSsWidths{26, 68, 96, 66, 66, 144, 144, 240};

std::span<const int> widthsOf(TableStyle style, int room) {
    const bool isNarrow = room < narrowView;
    switch (style) {
    case TableStyle::Netstat:
        return netstatWidths;
    case TableStyle::Lsof:
        return isNarrow ? std::span<const int>(narrowLsofWidths) : lsofWidths;
    case TableStyle::Ss:
        return isNarrow ? std::span<const int>(narrowSsWidths) : ssWidths;
    case TableStyle::Full:
        break;
    }
    if (isNarrow)
        return narrowWidths;
    if (room < middleView)
        return middleWidths;
    return ownWidths;
}

} // namespace

ConnectionsView::ConnectionsView(ConnectionsModel& model, QWidget* parent)
    : QTableView(parent), m_model(model), m_delegate(new ConnectionsDelegate(this)) {
    setObjectName(QStringLiteral("connectionsView"));
    setAccessibleName(tr("Connections"));
    setUpTable(*this);
    setMouseTracking(true);
    setSelectionMode(ExtendedSelection);
    setItemDelegate(m_delegate);
    setModel(&model);
    m_columns = new ColumnLayout(*this, [this] { layFirst(); });
    m_columns->useFirst();
    m_fadeTimer.setInterval(fadeStep);
    m_visibleTimer.setSingleShot(true);
    m_visibleTimer.setInterval(visibleDelay);
    connect(&m_fadeTimer, &QTimer::timeout, this, &ConnectionsView::fade);
    connect(&m_visibleTimer, &QTimer::timeout, this, &ConnectionsView::visibleRowsChanged);
    connect(&model, &ConnectionsModel::aboutToArrange, this, &ConnectionsView::holdPlace);
    connect(&model, &ConnectionsModel::arranged, this, &ConnectionsView::keepPlace);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ConnectionsView::takeCurrent);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ConnectionsView::takeSelection);
}

void ConnectionsView::layFirst() {
    QHeaderView* header = horizontalHeader();
    const bool isOwn = m_model.style() == TableStyle::Full;
    m_columns->setFixed(isOwn ? int{Model::LocalColumn} : 1);
    for (int column = 0; isOwn && column < m_model.columnCount(); ++column)
        header->setSectionHidden(column, Model::isHiddenAtFirst(column));
    header->setSectionResizeMode(Model::ChangeColumn, QHeaderView::Fixed);
    if (isOwn)
        header->setSectionResizeMode(Model::PairColumn, QHeaderView::Fixed);
    useFirstWidths();
    sortByColumn(Model::ProcessColumn, Qt::AscendingOrder); // of a tool, its first
}

void ConnectionsView::useFirstWidths() {
    QHeaderView* header = horizontalHeader();
    const auto widths = widthsOf(m_model.style(), width());
    if (m_model.style() == TableStyle::Full)
        header->setSectionHidden(Model::UserColumn, width() < narrowView);
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const auto at = static_cast<std::size_t>(column);
        header->resizeSection(column,
                              at < widths.size() ? widths[at] : header->defaultSectionSize());
    }
}

void ConnectionsView::setInterval(Duration interval) {
    m_delegate->setInterval(interval);
}

void ConnectionsView::goToOtherEnd() {
    const ConnectionEntry* entry = m_model.find(m_currentCookie);
    const ConnectionEntry* other = entry ? m_model.peerOf(*entry) : nullptr;
    if (!other)
        return;
    if (m_model.reveal(other->row.cookie) >= 0)
        selectCookie(other->row.cookie);
    else
        Q_EMIT otherEndHidden(other->row.cookie);
}

bool ConnectionsView::find(const QString& text, bool backwards) {
    if (text.isEmpty())
        return false;
    // Words of thousands of rows are too many to make: there the filter looks, which makes none.
    const bool isLarge = m_model.rowCount() > manyRows;
    const auto word = SocketFilter::parse(isLarge ? filterQuoted(text.toStdString()) : "");
    const auto suits = [&](int row) {
        const ConnectionEntry* entry = m_model.entryAt(row);
        if (isLarge && word)
            return entry && word->matches({.row = entry->row});
        return m_model.lineText(row).contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_model.rowCount(), currentIndex().row(), backwards, suits);
    if (row >= 0)
        setCurrentIndex(m_model.index(row, Model::ProcessColumn));
    return row >= 0;
}

void ConnectionsView::copyRows() const {
    QStringList lines;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (selectionModel()->isRowSelected(row))
            lines.append(m_model.lineText(row));
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

/// A heading opens and closes; from a row Left leads to its heading.
bool ConnectionsView::foldByKey(const QKeyEvent& event) {
    if (!currentIndex().isValid() || event.modifiers() & ~Qt::KeypadModifier)
        return false;
    const int row = currentIndex().row();
    const ConnectionGroup* group = m_model.headingAt(row);
    const int heading = group ? row : m_model.headingOf(row);
    switch (event.key()) {
    case Qt::Key_Left:
        if (heading < 0)
            return false;
        if (group)
            m_model.setCollapsed(row, true);
        else
            setCurrentIndex(m_model.index(heading, Model::ProcessColumn));
        return true;
    case Qt::Key_Right:
        if (group)
            m_model.setCollapsed(row, false);
        return group != nullptr;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (group)
            m_model.setCollapsed(row, !group->isCollapsed);
        return group != nullptr;
    default:
        return false;
    }
}

QModelIndex ConnectionsView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
    if (action == MoveHome || action == MoveEnd)
        modifiers |= Qt::ControlModifier;
    return QTableView::moveCursor(action, modifiers);
}

void ConnectionsView::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->matches(QKeySequence::Copy))
        copyRows();
    else if (event->key() == Qt::Key_J && event->modifiers() == Qt::ControlModifier)
        goToOtherEnd();
    else if (foldByKey(*event))
        event->accept();
    else if (isEnter && m_currentCookie != 0)
        Q_EMIT inspectAsked(m_currentCookie);
    else if (event->key() == Qt::Key_Delete && !m_selected.empty())
        Q_EMIT closeAsked();
    else
        QTableView::keyPressEvent(event);
}

void ConnectionsView::mousePressEvent(QMouseEvent* event) {
    QTableView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const ConnectionGroup* group = index.isValid() ? m_model.headingAt(index.row()) : nullptr;
    if (group && event->button() == Qt::LeftButton && !event->modifiers())
        m_model.setCollapsed(index.row(), !group->isCollapsed);
}

void ConnectionsView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton || event->modifiers() ||
        m_model.style() != TableStyle::Full || index.row() != currentIndex().row())
        return;
    if (index.column() == Model::PairColumn)
        goToOtherEnd();
    else if (index.column() == Model::NotesColumn) {
        if (const RowLink link = m_model.linkOf(index.row()); link.kind != RowLink::Kind::None)
            Q_EMIT linkActivated(link);
    }
}

void ConnectionsView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && m_model.headingAt(index.row())) {
        mousePressEvent(event); // two clicks are two
        return;
    }
    QTableView::mouseDoubleClickEvent(event);
    if (index.isValid() && m_currentCookie != 0)
        Q_EMIT inspectAsked(m_currentCookie);
}

void ConnectionsView::mouseMoveEvent(QMouseEvent* event) {
    QTableView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool isOwn = index.isValid() && m_model.style() == TableStyle::Full;
    const bool isLink =
        isOwn && ((index.column() == Model::PairColumn && m_model.hasPeer(index.row())) ||
                  (index.column() == Model::NotesColumn &&
                   m_model.linkOf(index.row()).kind != RowLink::Kind::None));
    const bool isHeading = index.isValid() && m_model.headingAt(index.row());
    viewport()->setCursor(isLink || isHeading ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ConnectionsView::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint position =
        isByKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    Q_EMIT menuAsked(index, position);
}

void ConnectionsView::paintEvent(QPaintEvent* event) {
    m_delegate->setLeft(-horizontalHeader()->offset());
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect(), Qt::AlignCenter,
                     m_model.total() == 0 ? tr("Reading the sockets of this machine…")
                     : m_model.isBusy()   ? tr("Filtering…")
                                          : tr("No socket passes the filter."));
}

void ConnectionsView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    m_visibleTimer.start();
    // Until a person has set the columns they follow the window.
    if (!m_columns->isOwn() && event->size().width() != event->oldSize().width())
        m_columns->arrange([this] { useFirstWidths(); });
}

void ConnectionsView::scrollContentsBy(int dx, int dy) {
    QTableView::scrollContentsBy(dx, dy);
    if (dy != 0)
        m_visibleTimer.start();
}

void ConnectionsView::fade() {
    bool isFading = false;
    const auto [first, last] = visibleRows();
    const TimePoint now = SteadyClock::now();
    for (int row = first; row <= last && !isFading; ++row) {
        const ConnectionEntry* entry = m_model.entryAt(row);
        isFading = entry && entry->change != RowChange::None &&
                   now - entry->changedAt < m_delegate->fadeTime();
    }
    if (isFading)
        viewport()->update();
    else
        m_fadeTimer.stop();
}

} // namespace sscope
