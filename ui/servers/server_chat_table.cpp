#include "ui/servers/server_chat_table.h"

#include <algorithm>

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"
#include "ui/common/table_setup.h"

namespace sscope {

namespace {

constexpr int sideMargin = 12;
constexpr int padding = 8;        // as the header has
constexpr int measuredRows = 100; // of a text column
constexpr int actionWidth = 28;
const QKeySequence actionKey(Qt::Key_Delete);

} // namespace

class ServerChatDelegate : public QStyledItemDelegate {
public:
    explicit ServerChatDelegate(ServerChatTable* table)
        : QStyledItemDelegate(table), m_table(table) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const bool selected = option.state & QStyle::State_Selected;
        const bool hot = selected || index.row() == m_table->m_hovered;
        const int last = index.model()->columnCount() - 1;
        painter->save();
        paintRowState(painter, option.rect, selected, hot);
        const QVariant font = index.data(Qt::FontRole);
        painter->setFont(font.isValid() ? font.value<QFont>() : m_table->font());
        const QRect rect = option.rect.adjusted(index.column() == 0 ? sideMargin : padding, 0,
                                                index.column() == last ? -sideMargin : -padding, 0);
        if (index.column() == last && hot && !m_table->m_icon.isEmpty()) {
            const QRect place(option.rect.right() - actionWidth, rect.top(), actionWidth,
                              rect.height());
            paintIcon(painter, place, m_table->m_icon, 14, ColorToken::Text);
        } else {
            const auto alignment =
                index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignHorizontal_Mask;
            paintText(painter, rect, index.data().toString(),
                      index.column() == 0 ? ColorToken::Text : ColorToken::Muted, alignment);
        }
        painter->restore();
    }

private:
    ServerChatTable* m_table;
};

ServerChatTable::ServerChatTable(const QString& objectName, const QString& accessibleName,
                                 QWidget* parent)
    : QTableView(parent) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setUpTable(*this);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ServerChatDelegate(this));
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(20);
}

void ServerChatTable::setAction(const QString& icon, const QString& words) {
    m_icon = icon;
    m_words = words;
}

void ServerChatTable::setRows(QAbstractItemModel* model, int stretched,
                              const QStringList& samples) {
    if (model == this->model())
        return;
    m_hovered = -1;
    m_stretched = stretched;
    m_samples = samples;
    if (this->model())
        disconnect(this->model(), nullptr, this, nullptr);
    QItemSelectionModel* const before = selectionModel();
    setModel(model);
    delete before; // QAbstractItemView leaves it
    if (!model)
        return;
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ServerChatTable::fitColumns);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ServerChatTable::fitColumns);
    connect(model, &QAbstractItemModel::dataChanged, this, &ServerChatTable::fitColumns);
    fitColumns();
}

void ServerChatTable::fitColumns() {
    for (int column = 0; column < m_samples.size(); ++column) {
        if (column != m_stretched)
            horizontalHeader()->resizeSection(column, neededWidth(column));
    }
}

int ServerChatTable::neededWidth(int column) const {
    const int last = model()->columnCount() - 1;
    const int sides =
        (column == 0 ? sideMargin : padding) + (column == last ? sideMargin : padding);
    const QString& sample = m_samples[column];
    const int content =
        sample.isEmpty()
            ? std::min(longestText(column), viewport()->width() / 3 - sides)
            : std::max(longestText(column), QFontMetrics(monoFont()).horizontalAdvance(sample));
    return std::max(content + sides, horizontalHeader()->sectionSizeHint(column));
}

int ServerChatTable::longestText(int column) const {
    int longest = 0;
    for (int row = 0; row < std::min(model()->rowCount(), measuredRows); ++row) {
        const QModelIndex index = model()->index(row, column);
        const QVariant font = index.data(Qt::FontRole);
        const QFontMetrics metrics(font.isValid() ? font.value<QFont>() : this->font());
        longest = std::max(longest, metrics.horizontalAdvance(index.data().toString()) + 1);
    }
    return longest;
}

void ServerChatTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    if (model())
        fitColumns();
}

void ServerChatTable::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void ServerChatTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (model() && model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(sideMargin, 8, -sideMargin, -4),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

void ServerChatTable::setHovered(int row) {
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
}

bool ServerChatTable::isOnAction(const QPoint& position) const {
    const QModelIndex index = indexAt(position);
    return index.isValid() && !m_icon.isEmpty() && index.column() == model()->columnCount() - 1 &&
           position.x() >= visualRect(index).right() - actionWidth;
}

void ServerChatTable::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && isOnAction(event->pos()))
        Q_EMIT actionAsked(indexAt(event->pos()).row());
}

void ServerChatTable::mouseMoveEvent(QMouseEvent* event) {
    QTableView::mouseMoveEvent(event);
    setHovered(indexAt(event->pos()).row());
    viewport()->setToolTip(isOnAction(event->pos()) ? tipWithKey(m_words, actionKey) : QString());
}

void ServerChatTable::leaveEvent(QEvent* event) {
    QTableView::leaveEvent(event);
    setHovered(-1);
}

void ServerChatTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && currentIndex().isValid() && !m_icon.isEmpty())
        Q_EMIT actionAsked(currentIndex().row());
    else
        QTableView::keyPressEvent(event);
}

void ServerChatTable::contextMenuEvent(QContextMenuEvent* event) {
    // Rows move while a menu is open.
    const QPersistentModelIndex index(indexAt(event->pos()));
    if (!index.isValid() || m_icon.isEmpty())
        return;
    QMenu menu(this);
    menu.addAction(lineIcon(m_icon), m_words, actionKey, this, [this, index] {
        if (index.isValid())
            Q_EMIT actionAsked(index.row());
    });
    menu.exec(event->globalPos());
}

} // namespace sscope
