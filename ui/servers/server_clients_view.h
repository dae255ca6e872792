#pragma once

#include <vector>

#include <QTableView>
#include <QTimer>

#include "core/trace/trace_event.h"

namespace sscope {

class ServerClientsModel;

/// What there is to do with a client: of a chat with the person.
enum class ClientsKind { Stream, Datagram, Chat };

/// The clients of the selected server. The row under the mouse, or the selected one, offers its
/// actions in place of its age; the same are in the context menu and on keys.
class ServerClientsView : public QTableView {
    Q_OBJECT

public:
    explicit ServerClientsView(QWidget* parent = nullptr);

    /// Null for none. Datagram: the rows are peers, which have nothing to close.
    void setClients(ServerClientsModel* model, ClientsKind kind);
    /// What stands there while there are no clients.
    void setEmptyText(const QString& text);
    void selectNone();

Q_SIGNALS:
    void openAsked(ConnectionId connection, PeerId peer);
    void closeAsked(ConnectionId connection, bool reset);
    // Of a chat; the connection is of somebody who has said hello:
    void noticeAsked(ConnectionId connection);
    void kickAsked(ConnectionId connection);
    void banAsked(ConnectionId connection);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) override;
    void paintEvent(QPaintEvent* event) override;

private:
    friend class ServerClientsDelegate;
    void setHovered(int row);
    enum class Action { None, Open, Close, Reset, Notice, Kick, Ban };
    /// Of the row's icons, from the left.
    [[nodiscard]] std::vector<Action> actionsOf(int row) const;
    [[nodiscard]] bool hasPerson(int row) const;
    [[nodiscard]] bool isOfChat() const { return m_kind == ClientsKind::Chat; }
    [[nodiscard]] Action actionAt(const QPoint& position) const;
    [[nodiscard]] Action actionOfKey(const QKeyEvent& event) const;
    [[nodiscard]] static const char* iconOf(Action action);
    [[nodiscard]] static QString wordsOf(Action action);
    [[nodiscard]] static QKeySequence keyOf(Action action, ClientsKind kind);
    /// By id: rows move while a menu is open.
    void act(ConnectionId connection, PeerId peer, Action action);
    void actOnRow(int row, Action action);
    void layOutColumns();
    [[nodiscard]] const ServerClientsModel* clients() const;

    QString m_emptyText;
    QTimer m_ageTimer; // ages grow without traffic too
    ClientsKind m_kind = ClientsKind::Stream;
    int m_hovered = -1;
};

} // namespace sscope
