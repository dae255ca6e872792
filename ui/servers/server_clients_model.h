#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>
#include <QPersistentModelIndex>

#include "core/service/chat_rooms.h"
#include "core/trace/trace_outbox.h"

namespace sscope {

/// The clients of one server, in the order in which they came: its accepted connections, or the
/// peers of its datagram socket. Changed once for each drain, never reset.
class ServerClientsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { PeerColumn, NameColumn, MessagesColumn, BytesColumn, AgeColumn, ColumnCount };

    /// What single receives have brought, as far as the log has them.
    struct Chunks {
        std::uint64_t last = 0;
        std::uint64_t least = 0;
        std::uint64_t most = 0;
        bool any = false;

        void add(std::uint64_t bytes);
    };

    struct Client {
        ConnectionId connection;
        PeerId peer = 0;
        QString endpoint; // of the other side
        QString local;    // of ours; empty for datagram peers
        TimePoint since;
        Counters counters;
        QString worker; // who serves it alone, with the process where that is another one
        Chunks chunks;
    };

    /// Who serves the client, to be shown after it where there is room.
    enum Role { WorkerRole = Qt::UserRole };

    /// Of a chat's server: who its connections are; null where that is not known.
    void setPeople(std::shared_ptr<const ChatOverview> overview);
    /// Null where the client has not said hello, or this is no chat; until the next setPeople().
    [[nodiscard]] const ChatPerson* personOf(const Client& client) const;

    explicit ServerClientsModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const Client& at(int row) const {
        return m_clients[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const Client* find(ConnectionId connection, PeerId peer = 0) const;

    // Collected until commit():
    void accepted(ConnectionId connection, TimePoint time, const lifecycle::Accepted& what);
    void closed(ConnectionId connection);
    void counted(const ConnectionState& state, TimePoint now);
    void received(const TraceEvent& event);
    void commit();
    /// The server has stopped.
    void removeAll();

private:
    struct Key {
        std::uint32_t number = 0;
        PeerId peer = 0;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::uint64_t>()(std::uint64_t{key.number} << 32 | key.peer);
        }
    };

    [[nodiscard]] QString tipText(const Client& client) const;
    [[nodiscard]] QString nameText(const Client& client) const;
    [[nodiscard]] QVariant cellText(const Client& client, int column) const;
    std::vector<int> takeGone();
    void makeRoomForPeers(std::vector<int>& rows);
    void removeRows(std::vector<int> rows);
    void reindex(std::size_t from);

    std::vector<Client> m_clients;
    std::unordered_map<Key, int, KeyHash> m_rows;
    std::shared_ptr<const ChatOverview> m_overview;                // keeps the people below
    std::unordered_map<std::uint32_t, const ChatPerson*> m_people; // by number of the connection
    std::vector<Client> m_added;
    std::unordered_map<Key, std::size_t, KeyHash> m_addedRows;
    std::vector<Key> m_gone;
    int m_firstChanged = -1;
    int m_lastChanged = -1;
};

} // namespace sscope
