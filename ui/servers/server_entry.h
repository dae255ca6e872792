#pragma once

#include <array>
#include <memory>

#include <QString>
#include <QStringList>

#include "core/base/clock.h"
#include "core/server/server_config.h"
#include "core/trace/trace_outbox.h"

namespace sscope {

class ServerChat;
class ServerClientsModel;
class ServerLogModel;
class ServerLoopsModel;

enum class ServerStatus { Starting, Running, Stopping, Stopped, Failed };

/// Messages for each of the last seconds.
class RateHistory {
public:
    static constexpr std::size_t length = 48;

    /// total is the count so far; called once a second.
    void sample(quint64 total);
    void restart(quint64 total) { m_total = total; }
    [[nodiscard]] double latest() const { return m_rates.back(); }
    [[nodiscard]] const std::array<double, length>& rates() const { return m_rates; }
    [[nodiscard]] bool isFlat() const;

private:
    std::array<double, length> m_rates{}; // oldest first
    quint64 m_total = 0;
};

/// Connections that the kernel has made and the server has not accepted, and how many may wait.
struct AcceptQueue {
    std::uint32_t waiting = 0;
    std::uint32_t backlog = 0;

    bool operator==(const AcceptQueue&) const = default;
};

/// One server of the list, running or not.
struct ServerEntry {
    int key = 0;       // stable while the window is open
    OwnerId owner = 0; // of the current or last run; each start takes a new one
    ServerConfig config;
    ServerStatus status = ServerStatus::Stopped;
    Error error;           // with Failed
    QStringList endpoints; // as the kernel gave them, while running
    bool isPublic = false;
    bool isRemembered = false; // for the next start of the window
    AcceptQueue acceptQueue;   // the fullest, of a stream server that runs
    ServerTotals totals;       // of this run
    RateHistory rates;
    std::unique_ptr<ServerClientsModel> clients;
    std::unique_ptr<ServerChat> chat; // of the clients above; empty where it is another service
    std::unique_ptr<ServerLoopsModel> loops;
    std::unique_ptr<ServerLogModel> log;

    ServerEntry();
    ServerEntry(ServerEntry&&) noexcept;
    ServerEntry& operator=(ServerEntry&&) noexcept;
    ~ServerEntry();

    [[nodiscard]] bool isActive() const {
        return status != ServerStatus::Stopped && status != ServerStatus::Failed;
    }
    [[nodiscard]] bool isChat() const { return config.service == "chat"; }
    /// A chat that can be joined now.
    [[nodiscard]] bool canBeJoined() const { return isChat() && status == ServerStatus::Running; }
    /// What joining means, and costs under its model.
    [[nodiscard]] QString joinText() const;
    /// "127.0.0.1:65432"; of several the first and a count.
    [[nodiscard]] QString addressText() const;
    /// All of them, a line each, as endpoints.
    [[nodiscard]] QStringList allEndpoints() const;
    [[nodiscard]] QString transportText() const;
    /// "Running · epoll · 3 clients", "Failed: address already in use".
    [[nodiscard]] QString statusText() const;
    /// "3 waiting of 128 · 2 rejected"; mostly empty.
    [[nodiscard]] QString cautionText() const;
};

} // namespace sscope
