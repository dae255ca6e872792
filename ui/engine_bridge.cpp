#include "ui/engine_bridge.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <QElapsedTimer>

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr auto fetchDelay = 33ms;
// Sockets that close are told some at a time.
constexpr auto closedDelay = 100ms;
constexpr qint64 handOnBudget = 8'000'000; // ns
constexpr std::size_t slice = 512;
// Of what chats tell; each may have some hundred messages.
constexpr std::size_t chatSlice = 4;
// What is kept for conversations that are opened late: about 20 000 events.
constexpr std::size_t historyChunk = 2'048;
constexpr std::size_t historyChunks = 10;

template <typename Entry>
std::span<const Entry> nextSlice(const std::vector<Entry>& entries, std::size_t& done) {
    const std::size_t count = std::min(slice, entries.size() - done);
    const auto part = std::span(entries).subspan(done, count);
    done += count;
    return part;
}

} // namespace

void TraceHistory::add(const LogChunk& chunk, std::span<const TraceEvent> events) {
    if (m_chunks.empty() || m_chunks.back().events.size() >= historyChunk)
        m_chunks.emplace_back();
    LogChunk& kept = m_chunks.back();
    for (TraceEvent event : events) {
        const ByteView head = chunk.kept(event);
        event.headOffset = static_cast<std::uint32_t>(kept.heads.size());
        kept.heads.insert(kept.heads.end(), head.begin(), head.end());
        kept.events.push_back(event);
    }
    if (m_chunks.size() > historyChunks)
        m_chunks.pop_front();
}

EngineBridge::EngineBridge(QObject* parent)
    : QObject(parent),
      m_engine({.outbox =
                    [this] {
                        QMetaObject::invokeMethod(
                            this,
                            [this] {
                                if (!m_fetchTimer.isActive())
                                    m_fetchTimer.start();
                            },
                            Qt::QueuedConnection);
                    },
                .table =
                    [this] {
                        QMetaObject::invokeMethod(
                            this, [this] { takeTable(); }, Qt::QueuedConnection);
                    },
                .closed =
                    [this] {
                        QMetaObject::invokeMethod(
                            this, [this] { m_closedTimer.start(); }, Qt::QueuedConnection);
                    },
                .chat =
                    [this] {
                        QMetaObject::invokeMethod(
                            this,
                            [this] {
                                if (!m_chatTimer.isActive())
                                    m_chatTimer.start(fetchDelay);
                            },
                            Qt::QueuedConnection);
                    }}) {
    m_fetchTimer.setSingleShot(true);
    m_fetchTimer.setInterval(fetchDelay);
    connect(&m_fetchTimer, &QTimer::timeout, this, &EngineBridge::fetch);
    m_closedTimer.setSingleShot(true);
    m_closedTimer.setInterval(closedDelay);
    connect(&m_closedTimer, &QTimer::timeout, this, &EngineBridge::takeClosed);
    m_chatTimer.setSingleShot(true);
    connect(&m_chatTimer, &QTimer::timeout, this, &EngineBridge::takeChat);
    m_continueTimer.setSingleShot(true);
    connect(&m_continueTimer, &QTimer::timeout, this, &EngineBridge::handOn);
}

EngineBridge::~EngineBridge() {
    stop();
}

void EngineBridge::stop() {
    m_engine.stop();
    while (m_progress.isActive)
        handOn();
    fetch();
    while (m_progress.isActive)
        handOn();
}

void EngineBridge::fetch() {
    if (m_progress.isActive) {
        m_fetchTimer.start(); // what was fetched before is not handed on yet
        return;
    }
    m_engine.outbox().swap(m_drain);
    m_droppedEvents += m_drain.droppedEvents + m_drain.droppedLifecycle;
    m_progress = {.isActive = true};
    Q_EMIT totalsArrived(m_drain.totals);
    Q_EMIT loopsArrived(m_drain.loops);
    handOn();
}

void EngineBridge::handOn() {
    if (!m_progress.isActive)
        return;
    QElapsedTimer timer;
    timer.start();
    bool isDone = false;
    do {
        isDone = !handOnSome();
    } while (!isDone && timer.nsecsElapsed() < handOnBudget);
    if (!isDone) {
        m_continueTimer.start(0);
        return;
    }
    m_progress.isActive = false;
    m_drain.clear();
    Q_EMIT drained();
}

bool EngineBridge::handOnSome() {
    if (m_progress.lifecycle < m_drain.lifecycle.size()) {
        Q_EMIT lifecycleArrived(nextSlice(m_drain.lifecycle, m_progress.lifecycle));
        return true;
    }
    if (m_progress.states < m_drain.states.size()) {
        Q_EMIT statesArrived(nextSlice(m_drain.states, m_progress.states));
        return true;
    }
    return handOnLog(m_drain.olderLog, m_progress.olderLog) ||
           handOnLog(m_drain.newerLog, m_progress.newerLog);
}

bool EngineBridge::handOnLog(const LogChunk& chunk, std::size_t& done) {
    if (done >= chunk.events.size())
        return false;
    const auto events = nextSlice(chunk.events, done);
    m_history.add(chunk, events);
    Q_EMIT logArrived(chunk, events);
    return true;
}

/// Some at a time, about as long as for the trace; what waits behind is fetched later.
void EngineBridge::takeChat() {
    if (m_chatDone == m_chatNews.size()) {
        m_chatNews = m_engine.chats().take();
        m_chatDone = 0;
    }
    QElapsedTimer timer;
    timer.start();
    while (m_chatDone < m_chatNews.size() && timer.nsecsElapsed() < handOnBudget) {
        const auto rest = std::span<const ChatNews>(m_chatNews).subspan(m_chatDone);
        const auto some = rest.first(std::min(chatSlice, rest.size()));
        m_chatDone += some.size();
        Q_EMIT chatArrived(some);
    }
    if (m_chatDone < m_chatNews.size())
        m_chatTimer.start(0);
    else if (!m_chatNews.empty())
        m_chatTimer.start(fetchDelay); // what has come meanwhile has woken nobody
}

void EngineBridge::holdTable(bool isHeld) {
    if (std::exchange(m_isTableHeld, isHeld) && !isHeld)
        takeTable();
}

void EngineBridge::takeTable() {
    if (!m_isTableHeld) {
        if (const auto update = m_engine.table().take())
            Q_EMIT tableArrived(*update);
    }
    if (const auto samples = m_engine.table().takeSamples(); !samples.empty())
        Q_EMIT samplesArrived(samples);
}

void EngineBridge::holdClosed(bool isHeld) {
    m_isClosedHeld = isHeld;
    takeClosed();
}

void EngineBridge::takeClosed() {
    if (m_isClosedHeld)
        return;
    const auto entries = m_engine.closed().take();
    if (!entries.empty())
        Q_EMIT closedArrived(entries);
}

} // namespace sscope
