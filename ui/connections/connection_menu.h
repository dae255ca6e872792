#pragma once

#include <QMenu>
#include <QModelIndex>
#include <QObject>

#include "core/net/endpoint.h"
#include "ui/connections/connections_model.h"

namespace sscope {

class ConnectionsView;
class SocketEnding;

/// What can be done with a row of the connection table, as the menu of its right click. Owned by
/// the dock.
class ConnectionMenu : public QObject {
    Q_OBJECT

public:
    ConnectionMenu(ConnectionsModel& model, ConnectionsView& view, SocketEnding& ending,
                   QObject* parent);

    void showAt(const QModelIndex& index, const QPoint& globalPosition);
    /// The entries for a cell.
    void fill(QMenu& menu, const QModelIndex& index);
    /// Asks to close what is selected.
    void askToClose();
    /// Where a client can connect to, from a row: the remote end, or the local end of a socket
    /// without a peer.
    static std::optional<Endpoint> endpointFor(const SocketRow& row);

Q_SIGNALS:
    void clientAsked(const sscope::Endpoint& endpoint);
    void filterAsked(const QString& filter);

private:
    [[nodiscard]] std::vector<SocketRow> selectedRows() const;
    void fillCopies(QMenu& menu, const QModelIndex& index);
    void fillHeading(QMenu& menu, int row);
    void fillJumps(QMenu& menu, const ConnectionEntry& entry, int row);
    void fillEndings(QMenu& menu, const SocketRow& row);

    ConnectionsModel& m_model;
    ConnectionsView& m_view;
    SocketEnding& m_ending;
};

} // namespace sscope
