#include "ui/servers/server_clients_view.h"

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
#include "ui/common/small_widgets.h"
#include "ui/common/table_setup.h"
#include "ui/servers/server_clients_model.h"

namespace sscope {

namespace {

constexpr int actionWidth = 17;
constexpr int actionMargin = 4;
constexpr int padding = 8; // as the header has

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
            paintPeer(painter, option.rect.adjusted(12, 0, m_view->isOfChat() ? -padding : 0, 0),
                      index);
            break;
        case ServerClientsModel::NameColumn:
            painter->setFont(m_view->font());
            paintText(painter, option.rect.adjusted(padding, 0, -padding, 0),
                      index.data().toString(),
                      m_view->hasPerson(index.row()) ? ColorToken::Text : ColorToken::Muted);
            break;
        case ServerClientsModel::AgeColumn:
            if (hot)
                paintActions(painter, option.rect, index.row());
            else
                paintText(painter, option.rect.adjusted(2, 0, -12, 0), index.data().toString(),
                          ColorToken::Muted, Qt::AlignRight);
            break;
        default:
            paintText(painter, option.rect.adjusted(0, 0, -padding, 0), index.data().toString(),
                      ColorToken::Text, Qt::AlignRight, Qt::ElideNone);
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

    void paintActions(QPainter* painter, const QRect& rect, int row) const {
        const auto actions = m_view->actionsOf(row);
        const auto count = static_cast<int>(actions.size());
        for (int i = 0; i < count; ++i) {
            const int x = rect.right() - actionMargin - (count - i) * actionWidth;
            paintIcon(painter, QRect(x, rect.top(), actionWidth, rect.height()),
                      QString::fromLatin1(
                          ServerClientsView::iconOf(actions[static_cast<std::size_t>(i)])),
                      14, ColorToken::Text);
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

void ServerClientsView::setClients(ServerClientsModel* model, ClientsKind kind) {
    m_kind = kind;
    if (model != this->model()) { // else its selection stays
        m_hovered = -1;
        QItemSelectionModel* const before = selectionModel();
        setModel(model);
        delete before; // QAbstractItemView leaves it
    }
    if (model)
        layOutColumns();
}

/// Of a chat names matter more than counts.
void ServerClientsView::layOutColumns() {
    using Model = ServerClientsModel;
    const bool isChat = m_kind == ClientsKind::Chat;
    setColumnHidden(Model::NameColumn, !isChat);
    setColumnHidden(Model::MessagesColumn, isChat);
    setColumnHidden(Model::BytesColumn, isChat);
    QHeaderView* header = horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(isChat ? Model::NameColumn : Model::PeerColumn,
                                 QHeaderView::Stretch);
    // "127.0.0.1:65432" and the sides.
    const int peerWidth =
        QFontMetrics(monoFont()).horizontalAdvance(QString(15, u'0')) + 1 + 12 + padding;
    if (isChat)
        header->resizeSection(Model::PeerColumn, peerWidth);
    header->resizeSection(Model::MessagesColumn, 46);
    header->resizeSection(Model::BytesColumn, 62);
    header->resizeSection(Model::AgeColumn, 56);
}

const ServerClientsModel* ServerClientsView::clients() const {
    return static_cast<const ServerClientsModel*>(model());
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

std::vector<ServerClientsView::Action> ServerClientsView::actionsOf(int row) const {
    if (m_kind == ClientsKind::Datagram)
        return {Action::Open};
    // Whoever has not said hello has no name to be kicked or banned by.
    return m_kind == ClientsKind::Chat && hasPerson(row)
               ? std::vector{Action::Notice, Action::Kick, Action::Ban}
               : std::vector{Action::Open, Action::Close, Action::Reset};
}

bool ServerClientsView::hasPerson(int row) const {
    return clients() && row >= 0 && row < clients()->rowCount() &&
           clients()->personOf(clients()->at(row));
}

ServerClientsView::Action ServerClientsView::actionAt(const QPoint& position) const {
    const QModelIndex index = indexAt(position);
    if (index.column() != ServerClientsModel::AgeColumn)
        return Action::None;
    const auto actions = actionsOf(index.row());
    const int fromRight = visualRect(index).right() - actionMargin - position.x();
    const int action = static_cast<int>(actions.size()) - 1 - fromRight / actionWidth;
    return fromRight >= 0 && action >= 0 ? actions[static_cast<std::size_t>(action)] : Action::None;
}

const char* ServerClientsView::iconOf(Action action) {
    switch (action) {
    case Action::Open:
        return "send";
    case Action::Close:
    case Action::Kick:
        return "close-circle";
    case Action::Reset:
        return "reset";
    case Action::Notice:
        return "message";
    case Action::Ban:
        return "ban";
    case Action::None:
        break;
    }
    return "";
}

QString ServerClientsView::wordsOf(Action action) {
    switch (action) {
    case Action::Open:
        return tr("Open the conversation");
    case Action::Close:
        return tr("Close");
    case Action::Reset:
        return tr("Reset");
    case Action::Notice:
        return tr("Tell them something…");
    case Action::Kick:
        return tr("Kick…");
    case Action::Ban:
        return tr("Ban…");
    case Action::None:
        break;
    }
    return {};
}

QKeySequence ServerClientsView::keyOf(Action action, ClientsKind kind) {
    const bool isChat = kind == ClientsKind::Chat;
    switch (action) {
    case Action::Open:
        return Qt::Key_Return;
    case Action::Close:
    case Action::Kick:
        return Qt::Key_Delete;
    case Action::Reset:
        return Qt::SHIFT | Qt::Key_Delete;
    case Action::Notice:
        return isChat ? QKeySequence(Qt::Key_M) : QKeySequence();
    case Action::Ban:
        return isChat ? QKeySequence(Qt::Key_B) : QKeySequence();
    case Action::None:
        break;
    }
    return {};
}

void ServerClientsView::act(ConnectionId connection, PeerId peer, Action action) {
    switch (action) {
    case Action::Open:
        Q_EMIT openAsked(connection, peer);
        break;
    case Action::Close:
    case Action::Reset:
        if (peer == 0) // a peer of a datagram socket has nothing to close
            Q_EMIT closeAsked(connection, action == Action::Reset);
        break;
    case Action::Notice:
        Q_EMIT noticeAsked(connection);
        break;
    case Action::Kick:
        Q_EMIT kickAsked(connection);
        break;
    case Action::Ban:
        Q_EMIT banAsked(connection);
        break;
    case Action::None:
        break;
    }
}

void ServerClientsView::actOnRow(int row, Action action) {
    if (clients() && row >= 0 && row < clients()->rowCount())
        act(clients()->at(row).connection, clients()->at(row).peer, action);
}

void ServerClientsView::mouseReleaseEvent(QMouseEvent* event) {
    QTableView::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton)
        actOnRow(indexAt(event->pos()).row(), actionAt(event->pos()));
}

void ServerClientsView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && actionAt(event->pos()) == Action::None)
        actOnRow(index.row(), Action::Open);
}

void ServerClientsView::mouseMoveEvent(QMouseEvent* event) {
    QTableView::mouseMoveEvent(event);
    setHovered(indexAt(event->pos()).row());
    const Action action = actionAt(event->pos());
    viewport()->setToolTip(
        action == Action::None ? QString() : tipWithKey(wordsOf(action), keyOf(action, m_kind)));
}

void ServerClientsView::leaveEvent(QEvent* event) {
    QTableView::leaveEvent(event);
    setHovered(-1);
}

/// Only of what is seen to be selected: a view that gets the keyboard makes its first row current.
ServerClientsView::Action ServerClientsView::actionOfKey(const QKeyEvent& event) const {
    const QModelIndex index = currentIndex();
    if (!index.isValid() || !selectionModel()->isSelected(index))
        return Action::None;
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter)
        return Action::Open;
    auto actions = actionsOf(index.row());
    if (m_kind == ClientsKind::Chat)
        actions.push_back(Action::Reset); // has no icon where there is a person
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const QKeySequence pressed(static_cast<int>(modifiers) | event.key());
    for (const Action action : actions) {
        if (keyOf(action, m_kind) == pressed)
            return action;
    }
    return Action::None;
}

void ServerClientsView::keyPressEvent(QKeyEvent* event) {
    const Action action = actionOfKey(*event);
    if (action != Action::None)
        actOnRow(currentIndex().row(), action);
    else
        QTableView::keyPressEvent(event);
}

/// What is next is not selected in the place of what is gone: a second key would hit it.
void ServerClientsView::rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) {
    const int row = currentIndex().row();
    if (row >= start && row <= end)
        selectNone();
    QTableView::rowsAboutToBeRemoved(parent, start, end);
}

void ServerClientsView::selectNone() {
    if (selectionModel())
        selectionModel()->clear();
}

void ServerClientsView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid())
        return;
    const auto& client = clients()->at(index.row());
    auto actions = actionsOf(index.row());
    if (actions.front() != Action::Open) {
        actions.push_back(Action::Open);
        actions.push_back(Action::Reset);
    }
    QMenu menu(this);
    for (const Action action : actions)
        menu.addAction(lineIcon(QString::fromLatin1(iconOf(action))), wordsOf(action),
                       keyOf(action, m_kind), this,
                       [this, connection = client.connection, peer = client.peer, action] {
                           act(connection, peer, action);
                       });
    menu.exec(event->globalPos());
}

} // namespace sscope
