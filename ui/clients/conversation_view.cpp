#include "ui/clients/conversation_view.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include "ui/clients/conversation_delegate.h"
#include "ui/clients/conversation_model.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/table_setup.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int markWidth = 150;
constexpr int receivesWidth = 174; // of messages, which name each other
// Where the view is narrower, the mark has its icon and number only as far as there is room.
constexpr int narrowWidth = 640;
constexpr int narrowMarkWidth = 128;
constexpr int numberWidth = 48;
constexpr int leastTypeWidth = 90;
constexpr int mostTypeWidth = 232;
// Of many rows that come at once these tell how wide the column must be.
constexpr int measuredRows = 8;

} // namespace

ConversationView::ConversationView(QWidget* parent) : QTableView(parent) {
    setObjectName(QStringLiteral("conversationView"));
    setAccessibleName(tr("Conversation"));
    setUpTable(*this);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ConversationDelegate(this));
    horizontalHeader()->setSectionsClickable(false);
    // A scroll bar that moves by itself as rows come says nothing about the person's wish.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        m_isAtEnd = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum();
    });
}

void ConversationView::setConversation(ConversationModel& model) {
    m_model = &model;
    setModel(&model);
    connect(&model, &ConversationModel::framingChanged, this, [this] {
        m_typeWidth = leastTypeWidth;
        fitColumns();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ConversationView::fitTexts);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ConversationView::followEnd);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ConversationView::followEnd);
    setUpColumns();
    scrollToBottom();
}

void ConversationView::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void ConversationView::setUpColumns() {
    using Model = ConversationModel;
    QHeaderView* header = horizontalHeader();
    header->setMinimumSectionSize(20);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(Model::DataColumn, QHeaderView::Stretch);
    header->resizeSection(Model::TimeColumn, 108);
    header->resizeSection(Model::ArrowColumn, 24);
    header->resizeSection(Model::SizeColumn, 80);
    header->resizeSection(Model::NumberColumn, numberWidth);
    header->resizeSection(Model::LatencyColumn, 80);
    fitColumns();
}

/// What a framing has, and how much room there is.
void ConversationView::fitColumns() {
    using Model = ConversationModel;
    if (!m_model)
        return;
    setColumnHidden(Model::NumberColumn, !m_model->isFramed());
    setColumnHidden(Model::TypeColumn, !m_model->hasTypes());
    const int room = width() < narrowWidth ? leastTypeWidth : mostTypeWidth;
    horizontalHeader()->resizeSection(Model::TypeColumn, qBound(leastTypeWidth, m_typeWidth, room));
    horizontalHeader()->resizeSection(Model::MarkColumn, width() < narrowWidth ? narrowMarkWidth
                                                         : m_model->isFramed() ? receivesWidth
                                                                               : markWidth);
}

/// A number, or a type, that is longer than the usual ones can be read too.
void ConversationView::fitTexts(const QModelIndex&, int first, int last) {
    if (!m_model->isFramed())
        return;
    const QString number = m_model->index(last, ConversationModel::NumberColumn).data().toString();
    const int needed = QFontMetrics(monoFont()).horizontalAdvance(number) + 18;
    if (needed > columnWidth(ConversationModel::NumberColumn))
        setColumnWidth(ConversationModel::NumberColumn, needed);
    int widest = m_typeWidth;
    for (int row = qMax(first, last - measuredRows + 1); row <= last; ++row) {
        const QString type = m_model->index(row, ConversationModel::TypeColumn).data().toString();
        widest = qMax(widest, fontMetrics().horizontalAdvance(type) + 20);
    }
    if (std::exchange(m_typeWidth, widest) != widest)
        fitColumns();
}

void ConversationView::followEnd() {
    if (m_isAtEnd)
        scrollToBottom();
}

bool ConversationView::find(const QString& text, bool backwards) {
    if (!m_model || m_model->rowCount() == 0 || text.isEmpty())
        return false;
    const int count = m_model->rowCount();
    const int start = currentIndex().isValid() ? currentIndex().row() : (backwards ? 0 : count - 1);
    for (int step = 1; step <= count; ++step) {
        const int row = (start + (backwards ? count - step : step)) % count;
        if (!m_model->lineText(row).contains(text, Qt::CaseInsensitive))
            continue;
        showRow(row);
        return true;
    }
    return false;
}

void ConversationView::showRow(int row) {
    m_isAtEnd = row == m_model->rowCount() - 1;
    selectRow(row);
    scrollTo(m_model->index(row, 0));
}

void ConversationView::selectionChanged(const QItemSelection& selected,
                                        const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT rowChosen(selectionModel()->hasSelection() ? currentIndex().row() : -1);
}

void ConversationView::copySelection() const {
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const QModelIndex& index : rows)
        lines.append(m_model->lineText(index.row()));
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ConversationView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_model && m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_emptyText);
}

void ConversationView::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().row();
    const bool isBurst = currentIndex().isValid() && m_model->at(row).canOpen();
    const bool opens = event->key() == Qt::Key_Right;
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (isBurst && (opens || event->key() == Qt::Key_Left)) {
        if (m_model->at(row).isOpen != opens)
            m_model->toggle(row);
    } else {
        QTableView::keyPressEvent(event);
        m_isAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    }
}

void ConversationView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const int chevronEnd = columnViewportPosition(ConversationModel::DataColumn) + 24;
    if (index.column() == ConversationModel::DataColumn && event->pos().x() < chevronEnd)
        m_model->toggle(index.row());
}

void ConversationView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    QMenu menu(this);
    // Taken now: rows move while the menu is open.
    const QString content = index.siblingAtColumn(ConversationModel::DataColumn).data().toString();
    menu.addAction(tr("Copy data"), this,
                   [content] { QApplication::clipboard()->setText(content); });
    menu.addAction(tr("Copy rows"), QKeySequence(QKeySequence::Copy), this,
                   &ConversationView::copySelection);
    menu.exec(event->globalPos());
}

void ConversationView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
    followEnd();
}

} // namespace sscope
