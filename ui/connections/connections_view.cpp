#include "ui/connections/connections_view.h"

#include <array>
#include <chrono>
#include <utility>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include "ui/common/row_search.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"
#include "ui/connections/connections_delegate.h"
#include "ui/connections/connections_model.h"

namespace sscope {

namespace {

using Model = ConnectionsModel;
using namespace std::chrono_literals;

constexpr auto fadeStep = 100ms;

// In the order of the columns, at 1440 (GUI.md 13); the last one takes the rest. The queues have
// room for 9 999 999 bytes, as a peer that does not read soon has them.
constexpr std::array widths{26, 120, 58, 56, 128, 160, 24, 160, 84, 84, 84, 72, 160};

const QKeySequence otherEndKey(Qt::CTRL | Qt::Key_J);

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
    setUpColumns();
    m_fadeTimer.setInterval(fadeStep);
    connect(&m_fadeTimer, &QTimer::timeout, this, &ConnectionsView::fade);
    connect(&model, &QAbstractItemModel::dataChanged, &m_fadeTimer, qOverload<>(&QTimer::start));
    connect(&model, &QAbstractItemModel::modelReset, this, &ConnectionsView::restoreSelection);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ConnectionsView::showOtherEnd);
}

void ConnectionsView::setUpColumns() {
    QHeaderView* header = horizontalHeader();
    header->setMinimumSectionSize(20);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(Model::ChangeColumn, QHeaderView::Fixed);
    header->setSectionResizeMode(Model::PairColumn, QHeaderView::Fixed);
    for (int column = 0; column < Model::ColumnCount; ++column)
        header->resizeSection(column, widths[static_cast<std::size_t>(column)]);
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setSortIndicator(Model::ProcessColumn, Qt::AscendingOrder);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    setSortingEnabled(true);
    connect(header, &QWidget::customContextMenuRequested, this, &ConnectionsView::showColumnMenu);
    connect(header, &QHeaderView::sectionResized, this, &ConnectionsView::layoutEdited);
    connect(header, &QHeaderView::sectionMoved, this, &ConnectionsView::layoutEdited);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ConnectionsView::layoutEdited);
}

void ConnectionsView::setInterval(Duration interval) {
    m_delegate->setInterval(interval);
}

QByteArray ConnectionsView::saveLayout() const {
    return horizontalHeader()->saveState();
}

void ConnectionsView::restoreLayout(const QByteArray& layout) {
    if (!horizontalHeader()->restoreState(layout))
        return;
    sortByColumn(horizontalHeader()->sortIndicatorSection(),
                 horizontalHeader()->sortIndicatorOrder());
}

void ConnectionsView::showColumnMenu(const QPoint& position) {
    QMenu menu(this);
    for (int column = 0; column < Model::ColumnCount; ++column) {
        const QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        if (name.isEmpty() || column == Model::LocalColumn)
            continue; // there is always one column left to open this menu from
        QAction* action = menu.addAction(name);
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            Q_EMIT layoutEdited();
        });
    }
    menu.exec(horizontalHeader()->mapToGlobal(position));
}

void ConnectionsView::showOtherEnd() {
    const QModelIndex current = currentIndex();
    quint64 other = 0;
    m_selectedCookie = 0;
    if (current.isValid()) {
        m_selectedCookie = m_model.at(current.row()).row.cookie;
        const int peer = m_model.peerRow(current.row());
        other = peer < 0 ? 0 : m_model.at(peer).row.cookie;
    }
    m_delegate->setOtherEnd(other);
    viewport()->update();
    tellSelection();
}

void ConnectionsView::tellSelection() {
    if (std::exchange(m_toldCookie, m_selectedCookie) != m_selectedCookie)
        Q_EMIT selectionChangedTo(m_selectedCookie);
}

void ConnectionsView::restoreSelection() {
    // A filter that hides the selected row does not forget it.
    const quint64 cookie = m_selectedCookie;
    const int row = cookie == 0 ? -1 : m_model.rowOfCookie(cookie);
    if (row >= 0)
        selectRow(row);
    m_selectedCookie = cookie;
}

void ConnectionsView::selectCookie(quint64 cookie) {
    const int row = m_model.rowOfCookie(cookie);
    if (row < 0)
        return;
    selectRow(row);
    scrollTo(m_model.index(row, Model::LocalColumn));
}

void ConnectionsView::goToOtherEnd() {
    const int row = currentIndex().isValid() ? m_model.peerRow(currentIndex().row()) : -1;
    if (row >= 0)
        selectCookie(m_model.at(row).row.cookie);
}

bool ConnectionsView::find(const QString& text, bool backwards) {
    if (text.isEmpty())
        return false;
    const auto suits = [&](int row) {
        return m_model.lineText(row).contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_model.rowCount(), currentIndex().row(), backwards, suits);
    if (row >= 0)
        selectCookie(m_model.at(row).row.cookie);
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

void ConnectionsView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        copyRows();
    else if (event->key() == Qt::Key_J && event->modifiers() == Qt::ControlModifier)
        goToOtherEnd();
    else
        QTableView::keyPressEvent(event);
}

void ConnectionsView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton || event->modifiers())
        return;
    if (index.column() == Model::PairColumn)
        goToOtherEnd();
    else if (index.column() == Model::NotesColumn) {
        if (const RowLink link = m_model.linkOf(index.row()); link.kind != RowLink::Kind::None)
            Q_EMIT linkActivated(link);
    }
}

void ConnectionsView::mouseMoveEvent(QMouseEvent* event) {
    QTableView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool isLink =
        index.isValid() && ((index.column() == Model::PairColumn && m_model.hasPeer(index.row())) ||
                            (index.column() == Model::NotesColumn &&
                             m_model.linkOf(index.row()).kind != RowLink::Kind::None));
    viewport()->setCursor(isLink ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ConnectionsView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    const QString cell = index.data().toString();
    const RowLink link = m_model.linkOf(index.row());
    QMenu menu(this);
    if (!cell.isEmpty())
        menu.addAction(tr("Copy cell"), this, [cell] { QApplication::clipboard()->setText(cell); });
    menu.addAction(tr("Copy rows"), QKeySequence(QKeySequence::Copy), this,
                   &ConnectionsView::copyRows);
    if (m_model.hasPeer(index.row()))
        menu.addAction(tr("Go to the other end"), otherEndKey, this,
                       &ConnectionsView::goToOtherEnd);
    if (link.kind != RowLink::Kind::None)
        menu.addAction(tr("Show %1").arg(link.text), this,
                       [this, link] { Q_EMIT linkActivated(link); });
    menu.exec(event->globalPos());
}

void ConnectionsView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect(), Qt::AlignCenter,
                     m_model.total() == 0 ? tr("Reading the sockets of this machine…")
                                          : tr("No socket passes the filter."));
}

void ConnectionsView::fade() {
    bool isFading = false;
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    const int end = last < 0 ? m_model.rowCount() - 1 : last;
    const TimePoint now = SteadyClock::now();
    for (int row = qMax(0, first); row <= end && !isFading; ++row)
        isFading = m_model.at(row).change != RowChange::None &&
                   now - m_model.at(row).changedAt < m_delegate->fadeTime();
    if (isFading)
        viewport()->update();
    else
        m_fadeTimer.stop();
}

} // namespace sscope
