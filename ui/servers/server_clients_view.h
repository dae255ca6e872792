#pragma once

#include <QTableView>
#include <QTimer>

#include "core/trace/trace_event.h"

namespace sscope {

class ServerClientsModel;

/// The clients of the selected server. The row under the mouse, or the selected one, offers its
/// actions in place of its age; the same are in the context menu and on keys.
class ServerClientsView : public QTableView {
    Q_OBJECT

public:
    explicit ServerClientsView(QWidget* parent = nullptr);

    /// Null for none. isDatagram: the rows are peers, which have nothing to close.
    void setClients(ServerClientsModel* model, bool isDatagram);
    /// What stands there while there are no clients.
    void setEmptyText(const QString& text);

Q_SIGNALS:
    void openAsked(ConnectionId connection, PeerId peer);
    void closeAsked(ConnectionId connection, bool reset);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    friend class ServerClientsDelegate;
    void setHovered(int row);
    /// Which action is under a position: 0 open, 1 close, 2 reset, -1 none.
    [[nodiscard]] int actionAt(const QPoint& position) const;
    /// By id: rows move while a menu is open.
    void act(ConnectionId connection, PeerId peer, int action);
    void actOnRow(int row, int action);

    QString m_emptyText;
    QTimer m_ageTimer; // ages grow without traffic too
    bool m_isDatagram = false;
    int m_hovered = -1;
};

} // namespace sscope
