#pragma once

#include <optional>
#include <vector>

#include <QAbstractListModel>
#include <QTimer>

#include "ui/servers/server_entry.h"

namespace sscope {

class EngineBridge;

/// The servers of the window and what they do; starts and stops them. On the GUI thread.
class ServerListModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ServerListModel(EngineBridge& bridge, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] const ServerEntry& at(int row) const {
        return m_servers[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rowOfKey(int key) const;
    [[nodiscard]] int rowOfOwner(OwnerId owner) const;

    /// Adds a server and starts it; the key of its entry.
    int add(const ServerConfig& config);
    /// Starts a stopped or failed one anew.
    void start(int key);
    void start(int key, const ServerConfig& config);
    void stop(int key);
    /// A running server is stopped first.
    void remove(int key);
    void stopAll();

    void send(ConnectionId connection, PeerId peer, std::vector<std::byte> content);
    void finishSending(ConnectionId connection);
    void closeConnection(ConnectionId connection, bool reset);

    [[nodiscard]] int count(ServerStatus status) const;
    [[nodiscard]] int clientCount() const;

Q_SIGNALS:
    void started(int key);
    void failed(int key);
    /// Some status or number of clients is another; not for each message.
    void summaryChanged();

private:
    void takeLifecycle(std::span<const LifecycleEvent> events);
    void takeTotals(std::span<const ServerTotals> totals);
    void takeStates(std::span<const ConnectionState> states);
    void commit();
    void sampleRates();
    void take(ServerEntry& entry, const LifecycleEvent& event);
    void setStatus(ServerEntry& entry, ServerStatus status);
    void changed(const ServerEntry& entry);
    ServerEntry* byOwner(OwnerId owner);
    ServerEntry* byKey(int key);

    EngineBridge& m_bridge;
    std::vector<ServerEntry> m_servers;
    QTimer m_rateTimer;
    int m_lastKey = 0;
};

} // namespace sscope
