#include "ui/servers/server_list_model.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/server/chat_owner.h"
#include "ui/common/formats.h"
#include "ui/engine_bridge.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/server_clients_model.h"
#include "ui/servers/server_log_model.h"
#include "ui/servers/server_loops_model.h"

namespace sscope {

ServerListModel::ServerListModel(EngineBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge) {
    connect(&bridge, &EngineBridge::lifecycleArrived, this, &ServerListModel::takeLifecycle);
    connect(&bridge, &EngineBridge::totalsArrived, this, &ServerListModel::takeTotals);
    connect(&bridge, &EngineBridge::statesArrived, this, &ServerListModel::takeStates);
    connect(&bridge, &EngineBridge::loopsArrived, this, &ServerListModel::takeLoops);
    connect(&bridge, &EngineBridge::logArrived, this,
            [this](const LogChunk&, std::span<const TraceEvent> events) { takeLog(events); });
    connect(&bridge, &EngineBridge::drained, this, &ServerListModel::commit);
    m_rateTimer.setInterval(std::chrono::seconds(1));
    connect(&m_rateTimer, &QTimer::timeout, this, &ServerListModel::sampleRates);
    m_chatTimer.setInterval(std::chrono::milliseconds(250)); // as often as there is something new
    connect(&m_chatTimer, &QTimer::timeout, this, &ServerListModel::lookAtChats);
}

int ServerListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_servers.size());
}

QVariant ServerListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ServerEntry& entry = at(index.row());
    const QString name =
        QStringLiteral("%1 %2 %3")
            .arg(toQString(entry.config.service), entry.transportText(), entry.addressText());
    if (role == Qt::DisplayRole)
        return name;
    if (role != Qt::AccessibleTextRole)
        return {};
    QStringList parts{name, entry.statusText()};
    if (entry.isPublic)
        parts.append(tr("public"));
    if (const QString caution = entry.cautionText(); !caution.isEmpty())
        parts.append(caution);
    return parts.join(QStringLiteral(", "));
}

int ServerListModel::rowOfKey(int key) const {
    const auto it = std::ranges::find(m_servers, key, &ServerEntry::key);
    return it == m_servers.end() ? -1 : static_cast<int>(it - m_servers.begin());
}

int ServerListModel::rowOfOwner(OwnerId owner) const {
    const auto it = std::ranges::find(m_servers, owner, &ServerEntry::owner);
    return it == m_servers.end() ? -1 : static_cast<int>(it - m_servers.begin());
}

ServerEntry* ServerListModel::byOwner(OwnerId owner) {
    const int row = rowOfOwner(owner);
    return row < 0 ? nullptr : &m_servers[static_cast<std::size_t>(row)];
}

ServerEntry* ServerListModel::byKey(int key) {
    const int row = rowOfKey(key);
    return row < 0 ? nullptr : &m_servers[static_cast<std::size_t>(row)];
}

ServerEntry& ServerListModel::insert(const ServerConfig& config, bool isRemembered) {
    const int row = rowCount();
    beginInsertRows({}, row, row);
    ServerEntry entry;
    entry.key = ++m_lastKey;
    entry.config = config;
    entry.isRemembered = isRemembered;
    m_servers.push_back(std::move(entry));
    endInsertRows();
    return m_servers.back();
}

int ServerListModel::add(const ServerConfig& config, Origin origin) {
    const int key = insert(config, origin == Origin::Window).key;
    Q_EMIT configsChanged();
    start(key);
    return key;
}

int ServerListModel::addStopped(const ServerConfig& config) {
    return insert(config, true).key;
}

void ServerListModel::start(int key) {
    ServerEntry* entry = byKey(key);
    if (!entry || entry->isActive())
        return;
    entry->owner = m_bridge.engine().newOwner();
    entry->totals = {};
    entry->endpoints.clear();
    entry->isPublic = false;
    entry->acceptQueue = {};
    entry->error = {};
    entry->rates.restart(0);
    entry->clients->removeAll();
    entry->chat->clear();
    entry->loops->removeAll();
    setStatus(*entry, ServerStatus::Starting);
    if (auto started = m_bridge.engine().servers().start(entry->owner, entry->config); !started) {
        entry->error = std::move(started.error());
        entry->log->add({SteadyClock::now(), 0, {}, lifecycle::StartFailed{entry->error}},
                        wallOffset());
        entry->log->commit();
        setStatus(*entry, ServerStatus::Failed);
        Q_EMIT failed(key);
    }
}

void ServerListModel::start(int key, const ServerConfig& config) {
    if (ServerEntry* entry = byKey(key); entry && !entry->isActive()) {
        entry->config = config;
        Q_EMIT configsChanged();
        start(key);
    }
}

void ServerListModel::remember(int key) {
    if (ServerEntry* entry = byKey(key)) {
        entry->isRemembered = true;
        Q_EMIT configsChanged();
    }
}

int ServerListModel::stoppedWith(const ServerConfig& config) const {
    for (const ServerEntry& entry : m_servers) {
        if (entry.status == ServerStatus::Stopped && entry.config == config)
            return entry.key;
    }
    return 0;
}

void ServerListModel::stop(int key) {
    ServerEntry* entry = byKey(key);
    if (!entry || !entry->isActive())
        return;
    m_bridge.engine().servers().stop(entry->owner);
    setStatus(*entry, ServerStatus::Stopping);
}

void ServerListModel::remove(int key) {
    const int row = rowOfKey(key);
    if (row < 0)
        return;
    stop(key);
    beginRemoveRows({}, row, row);
    m_servers.erase(m_servers.begin() + row);
    endRemoveRows();
    Q_EMIT configsChanged();
    Q_EMIT summaryChanged();
}

void ServerListModel::stopAll() {
    for (const ServerEntry& entry : m_servers)
        stop(entry.key);
}

void ServerListModel::send(ConnectionId connection, PeerId peer, OwnedMessage message) {
    m_bridge.engine().servers().send(connection, peer, std::move(message));
}

int ServerListModel::sendToAll(int key, const std::vector<std::byte>& content) {
    const ServerEntry* entry = byKey(key);
    const int count = entry ? entry->clients->rowCount() : 0;
    for (int row = 0; row < count; ++row) {
        const auto& client = entry->clients->at(row);
        send(client.connection, client.peer, {.content = content});
    }
    return count;
}

void ServerListModel::setAcceptQueue(int key, const AcceptQueue& queue) {
    ServerEntry* entry = byKey(key);
    if (!entry || entry->acceptQueue == queue)
        return;
    entry->acceptQueue = queue;
    changed(*entry);
}

void ServerListModel::finishSending(ConnectionId connection) {
    m_bridge.engine().servers().finishSending(connection);
}

void ServerListModel::closeConnection(ConnectionId connection, bool reset) {
    m_bridge.engine().servers().closeConnection(connection, reset);
}

void ServerListModel::record(ConnectionId connection, std::shared_ptr<ByteTee> tee) {
    m_bridge.engine().servers().record(connection, std::move(tee));
}

int ServerListModel::count(ServerStatus status) const {
    return static_cast<int>(std::ranges::count(m_servers, status, &ServerEntry::status));
}

int ServerListModel::clientCount() const {
    int count = 0;
    for (const ServerEntry& entry : m_servers)
        count += entry.clients->rowCount();
    return count;
}

void ServerListModel::takeLifecycle(std::span<const LifecycleEvent> events) {
    const Duration offset = wallOffset();
    for (const LifecycleEvent& event : events) {
        const bool isEnd = std::holds_alternative<lifecycle::Stopped>(event.what) ||
                           std::holds_alternative<lifecycle::StartFailed>(event.what);
        // Also for a server that was removed from the list meanwhile.
        if (isEnd)
            m_bridge.engine().servers().forget(event.connection.owner);
        if (ServerEntry* entry = byOwner(event.connection.owner)) {
            entry->log->add(event, offset);
            takeProcess(event);
            take(*entry, event);
        }
    }
}

void ServerListModel::take(ServerEntry& entry, const LifecycleEvent& event) {
    if (const auto* listening = std::get_if<lifecycle::Listening>(&event.what)) {
        entry.endpoints.append(toQString(listening->endpoint));
        entry.isPublic = entry.isPublic || listening->isPublic;
        if (entry.status == ServerStatus::Starting) {
            setStatus(entry, ServerStatus::Running);
            Q_EMIT started(entry.key);
        }
        changed(entry);
    } else if (const auto* problem = std::get_if<lifecycle::StartFailed>(&event.what)) {
        entry.error = problem->error;
        setStatus(entry, ServerStatus::Failed);
        Q_EMIT failed(entry.key);
    } else if (const auto* accepted = std::get_if<lifecycle::Accepted>(&event.what)) {
        entry.clients->accepted(event.connection, event.time, *accepted);
    } else if (std::holds_alternative<lifecycle::Closed>(event.what)) {
        entry.clients->closed(event.connection);
    } else if (std::holds_alternative<lifecycle::Stopped>(event.what)) {
        entry.endpoints.clear();
        entry.clients->removeAll();
        entry.chat->clear();
        entry.loops->removeAll();
        setStatus(entry, ServerStatus::Stopped);
    }
}

void ServerListModel::takeProcess(const LifecycleEvent& event) {
    const auto add = [this](ConnectionId id, int pid) {
        m_processOf[id] = pid;
        m_processes.insert(pid);
    };
    const auto remove = [this](ConnectionId id) {
        if (const auto node = m_processOf.extract(id))
            m_processes.erase(node.mapped());
    };
    const ConnectionId acceptor{event.connection.owner, 0};
    if (const auto* listening = std::get_if<lifecycle::Listening>(&event.what)) {
        if (listening->pid != 0)
            add(acceptor, listening->pid);
    } else if (const auto* accepted = std::get_if<lifecycle::Accepted>(&event.what)) {
        if (accepted->pid != 0)
            add(event.connection, accepted->pid);
    } else if (std::holds_alternative<lifecycle::Closed>(event.what)) {
        remove(event.connection);
    } else if (std::holds_alternative<lifecycle::Stopped>(event.what)) {
        remove(acceptor);
    }
}

void ServerListModel::takeTotals(std::span<const ServerTotals> totals) {
    for (const ServerTotals& one : totals) {
        ServerEntry* entry = byOwner(one.owner);
        if (!entry)
            continue;
        entry->totals += one;
        if (one.rejected > 0 ||
            one.kernelDrops > 0) // the card says how many; rates have their own time
            changed(*entry);
    }
}

void ServerListModel::takeStates(std::span<const ConnectionState> states) {
    const TimePoint now = SteadyClock::now();
    ServerEntry* entry = nullptr; // neighbours are mostly of the same server
    for (const ConnectionState& state : states) {
        if (!entry || entry->owner != state.connection.owner)
            entry = byOwner(state.connection.owner);
        if (entry && entry->isActive()) // those of a server that has stopped come after that
            entry->clients->counted(state, now);
    }
}

void ServerListModel::takeLoops(std::span<const LoopActivity> loops) {
    for (const LoopActivity& activity : loops) {
        if (ServerEntry* entry = byOwner(activity.owner); entry && entry->isActive())
            entry->loops->take(activity);
    }
}

void ServerListModel::takeLog(std::span<const TraceEvent> events) {
    ServerEntry* entry = nullptr;
    OwnerId owner = 0;
    for (const TraceEvent& event : events) {
        if (event.kind != TraceKind::Received)
            continue;
        if (event.connection.owner != std::exchange(owner, event.connection.owner))
            entry = byOwner(owner);
        if (entry)
            entry->clients->received(event);
    }
}

void ServerListModel::commit() {
    bool isOther = false;
    for (ServerEntry& entry : m_servers) {
        const int before = entry.clients->rowCount();
        entry.clients->commit();
        entry.loops->commit();
        entry.log->commit();
        isOther = isOther || entry.clients->rowCount() != before;
    }
    if (!isOther)
        return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT summaryChanged();
}

void ServerListModel::sampleRates() {
    bool isMoving = false;
    for (ServerEntry& entry : m_servers) {
        const bool wasFlat = entry.rates.isFlat();
        const Counters& counters = entry.totals.counters;
        entry.rates.sample(std::max(counters.receivedMessages, counters.sentMessages));
        entry.loops->sample();
        if (!wasFlat || !entry.rates.isFlat())
            changed(entry);
        isMoving = isMoving || entry.isActive() || !entry.rates.isFlat();
    }
    if (!isMoving)
        m_rateTimer.stop();
}

ChatOwner* ServerListModel::chatOwner(int key) {
    const ServerEntry* const entry = byKey(key);
    return entry && entry->canBeJoined() ? m_bridge.engine().servers().chat(entry->owner) : nullptr;
}

void ServerListModel::watchChat(int key) {
    if (ServerEntry* const before = byKey(std::exchange(m_watchedChat, key)))
        before->chat->setWatched(false);
    if (ServerEntry* const entry = byKey(key)) {
        entry->chat->setWatched(true);
        Q_EMIT chatChanged(key);
    }
}

/// Each gives a value of its own thread, which is another one once it has changed.
void ServerListModel::lookAtChats() {
    bool isRunning = false;
    for (ServerEntry& entry : m_servers) {
        const ChatOwner* const owner = chatOwner(entry.key);
        if (!owner)
            continue;
        isRunning = true;
        const int before = entry.chat->people();
        const ChatStorageState storage = entry.chat->overview().storage;
        if (!entry.chat->take(owner->overview()))
            continue;
        if (entry.chat->people() != before || entry.chat->overview().storage != storage)
            changed(entry);
        if (entry.key == m_watchedChat)
            Q_EMIT chatChanged(entry.key);
    }
    if (!isRunning)
        m_chatTimer.stop();
}

void ServerListModel::setStatus(ServerEntry& entry, ServerStatus status) {
    entry.status = status;
    if (entry.isActive() && !m_rateTimer.isActive())
        m_rateTimer.start();
    if (entry.canBeJoined() && !m_chatTimer.isActive())
        m_chatTimer.start();
    changed(entry);
    Q_EMIT summaryChanged();
}

void ServerListModel::changed(const ServerEntry& entry) {
    const QModelIndex where = index(rowOfKey(entry.key));
    Q_EMIT dataChanged(where, where);
}

} // namespace sscope
