#pragma once

#include <deque>
#include <span>

#include <QObject>
#include <QTimer>

#include "core/engine/engine.h"

namespace sscope {

/// The log events of the last moments, of all connections, for a conversation that is opened after
/// its connection has begun. Bounded.
class TraceHistory {
public:
    void add(const LogChunk& chunk, std::span<const TraceEvent> events);
    [[nodiscard]] const std::deque<LogChunk>& chunks() const { return m_chunks; }

private:
    std::deque<LogChunk> m_chunks; // oldest first
};

/// The only place where core's threads meet Qt's: owns the engine, fetches what it tells, and
/// hands it on, on the GUI thread. At most 30 times a second, about 8 ms at a time; the rest waits
/// for the next turn of the event loop. What a signal refers to is valid for its call.
class EngineBridge : public QObject {
    Q_OBJECT

public:
    explicit EngineBridge(QObject* parent = nullptr);
    ~EngineBridge() override;

    Engine& engine() { return m_engine; }
    /// Stops all and hands on what was told last.
    void stop();
    /// Closed sockets wait with their reader, within its bound, until they are let go.
    void holdClosed(bool isHeld);
    /// The table waits with its reader, who reads no other meanwhile.
    void holdTable(bool isHeld);
    [[nodiscard]] bool isTableHeld() const { return m_isTableHeld; }
    [[nodiscard]] const TraceHistory& history() const { return m_history; }
    /// Log events that were dropped because the window was slow.
    [[nodiscard]] quint64 droppedEvents() const { return m_droppedEvents; }

Q_SIGNALS:
    void lifecycleArrived(std::span<const LifecycleEvent> events);
    void totalsArrived(std::span<const ServerTotals> totals);
    void loopsArrived(std::span<const LoopActivity> loops);
    void statesArrived(std::span<const ConnectionState> states);
    void logArrived(const LogChunk& chunk, std::span<const TraceEvent> events);
    /// All that was fetched at one time has been handed on.
    void drained();
    void tableArrived(const TableUpdate& update);
    /// In the order in which they closed.
    void closedArrived(const std::vector<HistoryEntry>& entries);
    /// What chat clients tell, in order.
    void chatArrived(std::span<const ChatNews> news);
    /// Of the socket that is inspected, by time.
    void samplesArrived(const std::vector<SocketSample>& samples);

private:
    /// How far a drain has been handed on.
    struct Progress {
        bool isActive = false;
        std::size_t lifecycle = 0;
        std::size_t states = 0;
        std::size_t olderLog = 0;
        std::size_t newerLog = 0;
    };

    void fetch();
    void handOn();
    bool handOnSome();
    bool handOnLog(const LogChunk& chunk, std::size_t& done);
    void takeTable();
    void takeClosed();
    void takeChat();

    TraceDrain m_drain;
    Progress m_progress;
    TraceHistory m_history;
    QTimer m_fetchTimer;
    QTimer m_continueTimer;
    QTimer m_closedTimer;
    QTimer m_chatTimer;
    std::vector<ChatNews> m_chatNews; // fetched, not all handed on yet
    std::size_t m_chatDone = 0;       // of these
    bool m_isClosedHeld = false;
    bool m_isTableHeld = false;
    quint64 m_droppedEvents = 0;
    Engine m_engine;
};

} // namespace sscope
