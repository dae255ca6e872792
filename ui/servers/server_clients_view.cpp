#include "ui/servers/server_clients_view.h"

#include <array>
#include <chrono>

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/painting.h"
#include "ui/common/table_setup.h"
#include "ui/servers/server_clients_model.h"

namespace sscope {

namespace {

constexpr int actionWidth = 17;
constexpr int actionMargin = 4;
constexpr std::array actionIcons{"send", "close-circle", "reset"};
const QKeySequence closeKey(Qt::Key_Delete);
const QKeySequence resetKey(Qt::SHIFT | Qt::Key_Delete);

} // namespace

/// Paints a client's row; instead of the age the actions, where the row is hot.
class ServerClientsDelegate : public QStyledItemDelegate {
public:
    explicit ServerClientsDelegate(ServerClientsView* view)
        : QStyledItemDelegate(view), m_view(view) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const bool selected = option.state & QStyle::State_Selected;
        const bool hot = selected || index.row() == m_view->m_hovered;
        painter->save();
        paintRowState(painter, option.rect, selected, hot);
        painter->setFont(monoFont());
        switch (index.column()) {
        case ServerClientsModel::PeerColumn:
            paintPeer(painter, option.rect.adjusted(12, 0, 0, 0), index);
            break;
        case ServerClientsModel::AgeColumn:
            if (hot)
                paintActions(painter, option.rect);
            else
                paintText(painter, option.rect.adjusted(2, 0, -12, 0), index.data().toString(),
                          ColorToken::Muted, Qt::AlignRight);
            break;
        default:
            paintText(painter, option.rect.adjusted(2, 0, -2, 0), index.data().toString(),
                      ColorToken::Text, Qt::AlignRight);
        }
        painter->restore();
    }

private:
    /// The peer, and who serves it where there is room for both.
    static void paintPeer(QPainter* painter, QRect rect, const QModelIndex& index) {
        const QString peer = index.data().toString();
        paintText(painter, rect, peer, ColorToken::Text, Qt::AlignLeft, Qt::ElideMiddle);
        rect.setLeft(rect.left() + painter->fontMetrics().horizontalAdvance(peer) + 8);
        const QString worker = index.data(ServerClientsModel::WorkerRole).toString();
        painter->setFont(secondaryFont());
        if (painter->fontMetrics().horizontalAdvance(worker) <= rect.width())
            paintText(painter, rect, worker, ColorToken::Muted);
    }

    void paintActions(QPainter* painter, const QRect& rect) const {
        const std::size_t count = m_view->m_isDatagram ? 1 : actionIcons.size();
        for (std::size_t i = 0; i < count; ++i) {
            const int x = rect.right() - actionMargin - static_cast<int>(count - i) * actionWidth;
            paintIcon(painter, QRect(x, rect.top(), actionWidth, rect.height()),
                      QString::fromLatin1(actionIcons[i]), 14, ColorToken::Text);
        }
    }

    ServerClientsView* m_view;
};

ServerClientsView::ServerClientsView(QWidget* parent) : QTableView(parent) {
    setObjectName(QStringLiteral("serverClientsView"));
    setAccessibleName(tr("Clients of the server"));
    setUpTable(*this);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new ServerClientsDelegate(this));
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(20);
    connect(&m_ageTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    m_ageTimer.start(std::chrono::seconds(1));
}

void ServerClientsView::setClients(ServerClientsModel* model, bool isDatagram) {
    m_isDatagram = isDatagram;
    m_hovered = -1;
    QItemSelectionModel* const before = selectionModel();
    setModel(model);
    delete before; // QAbstractItemView leaves it
    if (!model)
        return;
    QHeaderView* header = horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(ServerClientsModel::PeerColumn, QHeaderView::Stretch);
    header->resizeSection(ServerClientsModel::MessagesColumn, 40);
    header->resizeSection(ServerClientsModel::BytesColumn, 62);
    header->resizeSection(ServerClientsModel::AgeColumn, 56);
}

void ServerClientsView::setEmptyText(const QString& text) {
    m_emptyText = text;
    viewport()->update();
}

void ServerClientsView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (model() && model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorToken::Muted));
    painter.drawText(viewport()->rect().adjusted(12, 8, -12, -8),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

void ServerClientsView::setHovered(int row) {
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
}

int ServerClientsView::actionAt(const QPoint& position) const {
    const QModelIndex index = indexAt(position);
    if (index.column() != ServerClientsModel::AgeColumn)
        return -1;
    const int count = m_isDatagram ? 1 : static_cast<int>(actionIcons.size());
    const int fromRight = visualRect(index).right() - actionMargin - position.x();
    const int action = count - 1 - fromRight / actionWidth;
    return fromRight >= 0 && action >= 0 ? action : -1;
}

void ServerClientsView::act(ConnectionId connection, PeerId peer, int action) {
    if (action == 0)
        Q_EMIT openAsked(connection, peer);
    else if (action > 0 && peer == 0) // a peer of a datagram socket has nothing to close
        Q_EMIT closeAsked(connection, action == 2);
}

void ServerClientsView::actOnRow(int row, int action) {
    const auto* clients = static_cast<const ServerClientsModel*>(model());
    if (clients && row >= 0 && row < clients->rowCount())
        act(clients->at(row).connection, clients->at(row).peer, action);
}

void ServerClientsView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton)
        actOnRow(indexAt(event->pos()).row(), actionAt(event->pos()));
}

void ServerClientsView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && actionAt(event->pos()) < 0)
        actOnRow(index.row(), 0);
}

void ServerClientsView::mouseMoveEvent(QMouseEvent* event) {
    QTableView::mouseMoveEvent(event);
    setHovered(indexAt(event->pos()).row());
    constexpr std::array tips{QT_TR_NOOP("Open the conversation"), QT_TR_NOOP("Close"),
                              QT_TR_NOOP("Reset")};
    const int action = actionAt(event->pos());
    viewport()->setToolTip(action < 0 ? QString() : tr(tips[static_cast<std::size_t>(action)]));
}

void ServerClientsView::leaveEvent(QEvent* event) {
    QTableView::leaveEvent(event);
    setHovered(-1);
}

void ServerClientsView::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().row();
    const bool isDelete = event->key() == Qt::Key_Delete && !m_isDatagram;
    if (currentIndex().isValid() &&
        (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        actOnRow(row, 0);
    else if (currentIndex().isValid() && isDelete)
        actOnRow(row, event->modifiers() & Qt::ShiftModifier ? 2 : 1);
    else
        QTableView::keyPressEvent(event);
}

void ServerClientsView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    const auto& client = static_cast<const ServerClientsModel*>(model())->at(index.row());
    const auto does = [this, connection = client.connection, peer = client.peer](int action) {
        return [this, connection, peer, action] { act(connection, peer, action); };
    };
    QMenu menu(this);
    menu.addAction(lineIcon(QStringLiteral("send")), tr("Open the conversation"),
                   QKeySequence(Qt::Key_Return), this, does(0));
    if (!m_isDatagram) {
        menu.addAction(lineIcon(QStringLiteral("close-circle")), tr("Close"), closeKey, this,
                       does(1));
        menu.addAction(lineIcon(QStringLiteral("reset")), tr("Reset"), resetKey, this, does(2));
    }
    menu.exec(event->globalPos());
}

} // namespace sscope
