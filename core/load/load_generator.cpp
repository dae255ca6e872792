#include "core/load/load_generator.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <utility>

#include <sys/prctl.h>
#include <sys/socket.h>

#include "core/load/load_error.h"

namespace sscope {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t bufferSize = 65536;
// Time-outs and attempts to connect are looked after so often.
constexpr Duration longestTick = milliseconds(50);
constexpr Duration shortestTick = milliseconds(1);
constexpr Duration progressInterval = milliseconds(100);
// So many connect at a time, that a usual backlog is not flooded.
constexpr std::uint32_t mostConnecting = 64;
// So long nothing more connects before the load begins without the rest.
constexpr Duration connectPatience = seconds(2);
constexpr Duration leastBackOff = milliseconds(50);
constexpr Duration longestBackOff = seconds(1);
// How long replies are waited for after the last request was due.
constexpr Duration drainTime = seconds(2);

Duration tickFor(Duration replyTimeout) {
    return std::clamp<Duration>(replyTimeout / 10, shortestTick, longestTick);
}

} // namespace

LoadGenerator::LoadGenerator(const LoadConfig& config, LoadRequest request, LoadTarget target,
                             CancelSignal cancel, LoadTally& tally, Progress progress)
    : m_config(config),
      m_request(std::move(request)),
      m_sockets(m_config, target.address),
      m_first(std::move(target.first)),
      m_cancel(std::move(cancel)),
      m_tally(tally),
      m_progress(std::move(progress)),
      m_buffer(std::max(bufferSize, m_isDatagram ? m_request.bytes().size() : 0)),
      m_tickLength(tickFor(m_replyTimeout)) {
    m_connections.reserve(m_config.connections);
    for (std::uint32_t i = 0; i < m_config.connections; ++i)
        m_connections.emplace_back(m_config, m_request);
}

Result<void> LoadGenerator::run() {
    // A thread's waits end up to 50 us late by default, which would be counted as latency.
    ::prctl(PR_SET_TIMERSLACK, 1);
    if (auto opened = m_sockets.open(m_cancel.fd()); !opened)
        return opened;
    connectAll();
    if (m_cancelled)
        return {};
    m_begin = SteadyClock::now();
    m_end = m_begin + m_config.duration;
    m_drainEnd = m_end + drainTime;
    m_phase = LoadPhase::Running;
    m_tally.begin(m_begin);
    m_progress(*this, m_phase, m_begin);
    if (m_isOpenLoop) {
        const double count = std::chrono::duration<double>(m_config.duration).count();
        m_scheduled = std::max<std::uint64_t>(
            1, static_cast<std::uint64_t>(std::llround(count * *m_config.rate)));
        m_nextDue = m_begin;
    }
    for (LoadConnection& connection : m_connections) {
        if (connection.state == State::Idle)
            release(connection, m_begin);
    }
    while (!m_cancelled && !isOver())
        turn();
    return {};
}

void LoadGenerator::writeTo(LoadResult& result, TimePoint now) const {
    std::uint64_t due = m_asked;
    if (m_isOpenLoop && m_phase != LoadPhase::Connecting) {
        const Duration passed = std::min(now, m_end) - m_begin;
        const double reached = std::chrono::duration<double>(passed).count() * *m_config.rate;
        due = std::clamp(static_cast<std::uint64_t>(reached) + 1, m_asked, m_scheduled);
    }
    result.due = due;
    result.unanswered = due - m_tally.answeredCount() - m_tally.failedCount();
    const auto count = [this](auto test) {
        return static_cast<std::uint32_t>(std::ranges::count_if(m_connections, test));
    };
    result.connections = count(&LoadConnection::wasConnected);
    result.neverServed = count(&LoadConnection::neverServed);
}

// The loop

void LoadGenerator::turn() {
    const auto events = m_sockets.wait(nextWake());
    m_now = SteadyClock::now();
    m_tally.advance(m_now);
    advancePhase(m_now);
    dispatch(events, m_now);
    if (m_isOpenLoop && m_phase != LoadPhase::Connecting)
        sendDue(m_now);
    if (m_now >= m_nextTick)
        tick(m_now);
}

TimePoint LoadGenerator::nextWake() const {
    TimePoint next = m_nextTick;
    if (m_phase == LoadPhase::Running)
        next = std::min(next, m_end);
    if (m_isOpenLoop && m_phase != LoadPhase::Connecting && m_next < m_scheduled && !m_free.empty())
        next = std::min(next, m_nextDue);
    return next;
}

void LoadGenerator::dispatch(std::span<const epoll_event> events, TimePoint now) {
    for (const epoll_event& event : events) {
        if (event.data.u32 == LoadSockets::cancelKey) {
            m_cancelled = true;
            continue;
        }
        LoadConnection& connection = m_connections[event.data.u32];
        if (connection.state == State::Down)
            continue; // since this turn
        if (connection.state == State::Connecting) {
            finishConnect(connection, now);
            continue;
        }
        if ((event.events & EPOLLOUT) != 0 && connection.wantsWrite)
            write(connection, now);
        if ((event.events & ~EPOLLOUT) != 0 && connection.state != State::Down)
            read(connection, now);
    }
}

void LoadGenerator::tick(TimePoint now) {
    m_nextTick = now + m_tickLength;
    for (LoadConnection& connection : m_connections)
        checkDeadlines(connection, now);
    if (now >= m_nextProgress) {
        m_nextProgress = now + progressInterval;
        m_progress(*this, m_phase, now);
    }
}

void LoadGenerator::advancePhase(TimePoint now) {
    if (m_phase == LoadPhase::Running && now >= m_end) {
        m_phase = LoadPhase::Draining;
        m_progress(*this, m_phase, now);
    }
}

/// A connection that has never had a reply, as those that wait in the backlog of an iterative
/// server, will hardly get one now.
bool LoadGenerator::isOver() const {
    if (m_phase != LoadPhase::Draining)
        return false;
    const bool isDrained = m_next == m_scheduled && m_underWay == m_underWayUnserved;
    return isDrained || m_now >= m_drainEnd;
}

// Connections

/// Nothing is measured yet: each connects, or fails for the first time; where that goes on no
/// further (a full backlog) the load begins with those that there are.
void LoadGenerator::connectAll() {
    m_now = SteadyClock::now();
    m_progress(*this, m_phase, m_now);
    LoadConnection& first = m_connections.front();
    if (const int number = m_sockets.adopt(first, std::move(m_first), keyOf(first)); number != 0)
        failBy(first, number, "epoll_ctl", m_now);
    else
        established(first, m_now);
    std::uint32_t settledBefore = 0;
    TimePoint limit = m_now;
    tick(m_now);
    while (!m_cancelled && m_settled < m_config.connections && m_now < limit + connectPatience) {
        if (std::exchange(settledBefore, m_settled) != m_settled)
            limit = m_now;
        turn();
        tick(m_now); // those whose turn has come
    }
    m_progress(*this, m_phase, m_now); // all are there, and nothing is measured yet
}

void LoadGenerator::connect(LoadConnection& connection, TimePoint now) {
    if (connection.firstTry)
        connection.deadline = now + m_config.connectTimeout;
    connection.firstTry = false;
    const int number = m_sockets.connect(connection, keyOf(connection));
    if (number == 0) {
        established(connection, now);
    } else if (number == EINPROGRESS) {
        connection.state = State::Connecting;
        ++m_connecting;
    } else if (number == EAGAIN && now < connection.deadline) {
        drop(connection, now + m_tickLength); // a Unix server's backlog is full
    } else {
        failBy(connection, number == EAGAIN ? ETIMEDOUT : number, "connect", now);
    }
}

void LoadGenerator::finishConnect(LoadConnection& connection, TimePoint now) {
    --m_connecting;
    connection.state = State::Idle;
    if (const int number = m_sockets.finishConnect(connection, keyOf(connection)); number != 0)
        failBy(connection, number, "connect", now);
    else
        established(connection, now);
}

void LoadGenerator::established(LoadConnection& connection, TimePoint now) {
    connection.wasConnected = true;
    connection.firstTry = true;
    connection.reader = ReplyReader(m_config, m_request);
    settle(connection);
    connection.state = State::Idle;
    if (m_phase != LoadPhase::Connecting)
        release(connection, now);
}

void LoadGenerator::settle(LoadConnection& connection) {
    m_settled += connection.hasSettled ? 0 : 1;
    connection.hasSettled = true;
}

void LoadGenerator::closedByPeer(LoadConnection& connection, TimePoint now) {
    if (connection.state == State::Busy) {
        Error error{.operation = "receive", .subject = m_sockets.address().text()};
        error.hint.kind = Hint::Kind::PeerClosed;
        fail(connection, LoadErrorReason::Closed, std::move(error), now);
    } else {
        drop(connection, now + leastBackOff); // it owed us nothing
    }
}

void LoadGenerator::failBy(LoadConnection& connection, int number, const char* operation,
                           TimePoint now) {
    fail(connection, loadErrorReason(number),
         loadError(number, operation, m_sockets.address().text()), now);
}

void LoadGenerator::fail(LoadConnection& connection, LoadErrorReason reason, Error error,
                         TimePoint now) {
    const bool isRequest = connection.state == State::Busy;
    m_tally.failed(reason, std::move(error), isRequest);
    if (isRequest)
        leaveBusy(connection);
    connection.firstTry = true;
    settle(connection);
    // What a lost datagram has cost in time is enough.
    const bool isLost = m_isDatagram && reason == LoadErrorReason::ReplyTimedOut;
    const Duration wait = isLost ? Duration::zero() : connection.backOff;
    if (!isLost)
        connection.backOff = std::min(std::max(2 * wait, leastBackOff), longestBackOff);
    drop(connection, now + (isLost ? wait : std::max(wait, leastBackOff)));
}

void LoadGenerator::drop(LoadConnection& connection, TimePoint retryAt) {
    connection.fd.reset();
    connection.state = State::Down;
    connection.wantsWrite = false;
    connection.retryAt = retryAt;
}

std::uint32_t LoadGenerator::keyOf(const LoadConnection& connection) const {
    return static_cast<std::uint32_t>(&connection - m_connections.data());
}

void LoadGenerator::checkDeadlines(LoadConnection& connection, TimePoint now) {
    using enum LoadConnection::State;
    if (connection.state == Busy && now >= connection.deadline) {
        fail(connection, LoadErrorReason::ReplyTimedOut,
             loadError(ETIMEDOUT, "receive", m_sockets.address().text()), now);
    } else if (connection.state == Connecting && now >= connection.deadline) {
        --m_connecting;
        failBy(connection, ETIMEDOUT, "connect", now);
    }
    const bool isWanted = m_phase <= LoadPhase::Running || m_next < m_scheduled;
    if (connection.state == Down && isWanted && now >= connection.retryAt &&
        m_connecting < mostConnecting)
        connect(connection, now);
}

// Requests

TimePoint LoadGenerator::dueTime(std::uint64_t request) const {
    const double after = static_cast<double>(request) / *m_config.rate;
    return m_begin + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(after));
}

void LoadGenerator::sendDue(TimePoint now) {
    while (m_next < m_scheduled && m_nextDue <= now) {
        LoadConnection* const connection = takeFree();
        if (!connection)
            return;
        const TimePoint due = m_nextDue;
        m_nextDue = dueTime(++m_next);
        if (m_freeSince <= due)
            m_tally.sentLate(now - due);
        request(*connection, due, now);
    }
}

LoadConnection* LoadGenerator::takeFree() {
    while (!m_free.empty()) {
        LoadConnection& connection = m_connections[m_free.front()];
        m_free.pop_front();
        connection.isListed = false;
        if (connection.state == State::Idle)
            return &connection;
    }
    return nullptr;
}

/// A connection has no request under way any more.
void LoadGenerator::release(LoadConnection& connection, TimePoint now) {
    connection.state = State::Idle;
    if (!m_isOpenLoop) {
        if (m_phase == LoadPhase::Running)
            request(connection, now, now);
        return;
    }
    if (std::exchange(connection.isListed, true))
        return;
    if (m_free.empty())
        m_freeSince = now;
    m_free.push_back(keyOf(connection));
}

void LoadGenerator::request(LoadConnection& connection, TimePoint due, TimePoint now) {
    connection.state = State::Busy;
    connection.due = due;
    connection.deadline = now + m_replyTimeout;
    connection.sentBytes = 0;
    connection.replyIsWhole = false;
    connection.wasAsked = true;
    ++m_asked;
    ++m_underWay;
    m_underWayUnserved += connection.wasServed ? 0 : 1;
    if (m_request.isNumbered())
        m_request.setNumber(m_asked);
    connection.reader.expect(m_asked);
    write(connection, now);
}

void LoadGenerator::write(LoadConnection& connection, TimePoint now) {
    const ByteView rest = m_request.bytes().subspan(connection.sentBytes);
    if (connection.wantsWrite && m_request.isNumbered())
        m_request.setNumber(connection.reader.number());
    const ssize_t count =
        ::send(connection.fd.get(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno != EAGAIN && errno != EINTR) {
        failBy(connection, errno, "send", now);
        return;
    }
    if (count >= 0) {
        connection.sentBytes += static_cast<std::size_t>(count);
        m_tally.sent(static_cast<std::size_t>(count));
    }
    const bool isSent = count >= 0 && connection.sentBytes == m_request.bytes().size();
    if (connection.wantsWrite == isSent)
        m_sockets.watchWrites(connection, keyOf(connection), !isSent);
    if (isSent && connection.replyIsWhole)
        replied(connection, now);
}

void LoadGenerator::read(LoadConnection& connection, TimePoint now) {
    // Only of a datagram is the real size told; of a stream the same flag would throw bytes away.
    const ssize_t count = ::recv(connection.fd.get(), m_buffer.data(), m_buffer.size(),
                                 MSG_DONTWAIT | (m_isDatagram ? MSG_TRUNC : 0));
    if (count < 0) {
        if (errno != EAGAIN && errno != EINTR)
            failBy(connection, errno, "receive", now);
        return;
    }
    if (count == 0 && !m_isDatagram) {
        closedByPeer(connection, now);
        return;
    }
    const auto size = static_cast<std::size_t>(count);
    m_tally.received(size);
    const ByteView bytes = ByteView(m_buffer).first(std::min(size, m_buffer.size()));
    const auto verdict =
        m_isDatagram ? connection.reader.takeDatagram(bytes, size) : connection.reader.take(bytes);
    if (verdict == ReplyReader::Verdict::Wrong) {
        fail(connection, LoadErrorReason::WrongReply,
             faultError(Fault::ProtocolBroken, "receive", m_sockets.address().text(),
                        connection.reader.reason()),
             now);
    } else if (verdict == ReplyReader::Verdict::Whole) {
        connection.replyIsWhole = true;
        if (!connection.wantsWrite)
            replied(connection, now);
    }
}

void LoadGenerator::replied(LoadConnection& connection, TimePoint now) {
    m_tally.answered(now, now - connection.due);
    leaveBusy(connection);
    connection.wasServed = true;
    connection.backOff = {};
    release(connection, now);
}

void LoadGenerator::leaveBusy(LoadConnection& connection) {
    --m_underWay;
    m_underWayUnserved -= connection.wasServed ? 0 : 1;
}

} // namespace sscope
