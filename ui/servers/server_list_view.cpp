#include "ui/servers/server_list_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

#include "ui/servers/server_card_delegate.h"

namespace sscope {

ServerListView::ServerListView(QWidget* parent) : QListView(parent) {
    setObjectName(QStringLiteral("serverList"));
    setAccessibleName(tr("Servers"));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    auto* delegate = new ServerCardDelegate(this);
    setItemDelegate(delegate);
    connect(delegate, &ServerCardDelegate::toggleAsked, this,
            [this](const QModelIndex& index) { Q_EMIT toggleAsked(index.row()); });
    connect(delegate, &ServerCardDelegate::menuAsked, this,
            [this](const QModelIndex& index, const QPoint& position) {
                Q_EMIT menuAsked(index.row(), position);
            });
    connect(delegate, &ServerCardDelegate::joinAsked, this,
            [this](const QModelIndex& index) { Q_EMIT joinAsked(index.row()); });
    connect(delegate, &ServerCardDelegate::remedyAsked, this,
            [this](const QModelIndex& index) { Q_EMIT remedyAsked(index.row()); });
}

void ServerListView::keyPressEvent(QKeyEvent* event) {
    const QModelIndex index = currentIndex();
    const bool isPlain =
        event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (!index.isValid() || !isPlain) {
        QListView::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT toggleAsked(index.row());
        break;
    case Qt::Key_Delete:
        Q_EMIT removeAsked(index.row());
        break;
    case Qt::Key_J:
        Q_EMIT joinAsked(index.row());
        break;
    default:
        QListView::keyPressEvent(event);
    }
}

void ServerListView::contextMenuEvent(QContextMenuEvent* event) {
    // The menu key means the selected server, wherever the mouse is.
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint position =
        isKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos();
    Q_EMIT menuAsked(index.row(), position);
}

} // namespace sscope
