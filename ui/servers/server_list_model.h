#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <QAbstractListModel>
#include <QTimer>

#include "core/framing/owned_message.h"
#include "ui/servers/server_entry.h"

namespace sscope {

class ChatOwner;
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

    /// Who wants a server: what a person makes in the window comes back at the next start, what
    /// the command line or an example asks for comes with that.
    enum class Origin { Window, Elsewhere };

    /// Adds a server and starts it; the key of its entry.
    int add(const ServerConfig& config, Origin origin = Origin::Window);
    /// Adds one that is stopped, of an earlier time.
    int addStopped(const ServerConfig& config);
    /// Starts a stopped or failed one anew.
    void start(int key);
    void start(int key, const ServerConfig& config);
    /// It is a person's from now on, whoever wanted it first.
    void remember(int key);
    /// The key of a stopped server with that config; 0 where there is none.
    [[nodiscard]] int stoppedWith(const ServerConfig& config) const;
    void stop(int key);
    /// A running server is stopped first.
    void remove(int key);
    void stopAll();

    /// How many of a server's clients wait to be accepted, as the kernel's table has it.
    void setAcceptQueue(int key, const AcceptQueue& queue);

    void send(ConnectionId connection, PeerId peer, OwnedMessage message);
    /// To each client, or peer, of a server; how many that are.
    int sendToAll(int key, const std::vector<std::byte>& content);
    void finishSending(ConnectionId connection);
    void closeConnection(ConnectionId connection, bool reset);
    /// What the owner of a chat can do; null where it does not run, or is none. Not to be kept.
    ChatOwner* chatOwner(int key);
    /// The chat whose rooms and people are looked at; 0 for none.
    void watchChat(int key);
    /// What Server::record() does.
    void record(ConnectionId connection, std::shared_ptr<ByteTee> tee);

    [[nodiscard]] int count(ServerStatus status) const;
    [[nodiscard]] int clientCount() const;
    /// A process that accepts or serves for one of the servers.
    [[nodiscard]] bool isOwnProcess(int pid) const { return m_processes.contains(pid); }

Q_SIGNALS:
    void started(int key);
    void failed(int key);
    /// Some status or number of clients is another; not for each message.
    void summaryChanged();
    /// Of the chat that is watched.
    void chatChanged(int key);
    /// What is to be remembered is another.
    void configsChanged();

private:
    void takeLifecycle(std::span<const LifecycleEvent> events);
    void takeTotals(std::span<const ServerTotals> totals);
    void takeStates(std::span<const ConnectionState> states);
    void takeLoops(std::span<const LoopActivity> loops);
    void takeLog(std::span<const TraceEvent> events);
    ServerEntry& insert(const ServerConfig& config, bool isRemembered);
    void commit();
    void sampleRates();
    void lookAtChats();
    void take(ServerEntry& entry, const LifecycleEvent& event);
    void setStatus(ServerEntry& entry, ServerStatus status);
    void changed(const ServerEntry& entry);
    void takeProcess(const LifecycleEvent& event);
    ServerEntry* byOwner(OwnerId owner);
    ServerEntry* byKey(int key);

    EngineBridge& m_bridge;
    std::vector<ServerEntry> m_servers;
    QTimer m_rateTimer;
    QTimer m_chatTimer; // while a chat runs
    int m_watchedChat = 0;
    std::unordered_set<int> m_processes;
    std::unordered_map<ConnectionId, int> m_processOf; // number 0 is the one that accepts
    int m_lastKey = 0;
};

} // namespace sscope
