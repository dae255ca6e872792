#include "core/client/client_exchange.h"

#include <algorithm>
#include <utility>

#include "core/client/datagram_content.h"

namespace sscope {

namespace {

// A turn sends at most so many, so that datagrams, which nothing holds back, leave time for what
// comes back, for others, and for a stop.
constexpr int sendsPerTurn = 64;

std::uint64_t timesAll(std::uint64_t messages, std::uint64_t repeat) {
    std::uint64_t all = 0;
    return __builtin_mul_overflow(messages, repeat, &all) ? UINT64_MAX : all;
}

} // namespace

ClientExchange::ClientExchange(Reactor& reactor, ConnectionId id, ClientConfig config,
                               std::shared_ptr<const ExchangePlan> plan, ClientObserver& listener,
                               std::function<void()> ended)
    : m_reactor(reactor),
      m_plan(std::move(plan)),
      m_listener(listener),
      m_whenEnded(std::move(ended)),
      m_isDatagram(isDatagram(config.endpoint.transport)),
      m_isForMany(reachesMany(config.endpoint, config.datagrams)),
      m_session(reactor, id, config, this),
      m_intervalTimer(reactor.timers(), [this] { pump(); }),
      m_waitTimer(reactor.timers(), [this] { waitOver(); }),
      m_replies(m_plan->replies),
      // Raw on a stream has no messages that could be counted, and of many peers each may answer.
      m_countsMessages(!m_isForMany && (m_isDatagram || !config.framing.isRaw())),
      m_isOpenEnded(m_plan->isOpenEnded),
      m_halfCloses(m_plan->halfClose),
      m_left(timesAll(m_plan->messages.size(), m_plan->repeat)) {
    if (!m_replies && !m_plan->untilClose && m_countsMessages && !m_isOpenEnded)
        m_replies = m_left;
}

void ClientExchange::start() {
    m_session.start();
}

void ClientExchange::release() {
    m_isHeld = false;
    if (m_connected && !m_session.hasEnded())
        pump();
}

void ClientExchange::add(ExchangeMessage message) {
    m_added.push_back(std::move(message));
    pump();
}

void ClientExchange::endOfMessages(bool halfClose) {
    m_isOpenEnded = false;
    m_halfCloses = halfClose;
    const std::uint64_t all = m_given + m_left + m_added.size();
    if (!m_replies && !m_plan->untilClose && (m_countsMessages || all == 0))
        m_replies = all;
    pump();
}

void ClientExchange::leave() {
    m_isLeft = true;
    m_session.reset();
}

void ClientExchange::cancel() {
    m_cancelled = true;
    m_session.reset();
}

void ClientExchange::attemptFailed(const std::string& address, const Error& error) {
    m_listener.attemptFailed(address, error);
    m_error = error;
    m_failed = true; // unless the next address answers
}

void ClientExchange::connected(const std::string& local, const std::string& peer) {
    m_listener.connected(local, peer);
    m_failed = false;
    m_error = {};
    m_connected = true;
    // The session is not to be used from within this call; the interval timer is due at once.
    m_intervalTimer.start(m_reactor.turnTime());
}

void ClientExchange::bytesSent(std::size_t count) {
    m_sentBytes += count;
    m_listener.bytesSent(count);
    if (!m_pumping)
        pump();
    restartWait();
}

void ClientExchange::mayHaveRoom() {
    m_listener.mayHaveRoom();
    if (!m_pumping)
        pump();
}

void ClientExchange::datagramReceived(const std::string& from, std::size_t size,
                                      std::size_t realSize) {
    if (m_plan->wait != Duration::zero())
        m_listener.datagramReceived(from, size, realSize);
}

void ClientExchange::messageReceived(const Message& message) {
    if (m_plan->wait == Duration::zero())
        return; // nothing is read, also what comes before all is sent
    ++m_received;
    m_receivedBytes += message.content.size();
    m_listener.messageReceived(message);
    restartWait();
    if (hasAllReplies())
        m_session.close();
}

void ClientExchange::failed(const Error& error) {
    m_listener.failed(error);
    m_error = error;
    m_failed = true;
    // Of a datagram that is lost nobody will answer; others may still be answered, and of many
    // peers the others may answer.
    if (!m_isForMany || error.report.message.empty())
        ++m_failures;
    if (!m_isDatagram || hasAllReplies() || isHopeless())
        m_session.close();
}

/// All that was sent has failed.
bool ClientExchange::isHopeless() const {
    return m_isDatagram && m_allSent && m_given > 0 && m_failures >= m_given;
}

void ClientExchange::ended(CloseReason reason, const Error& error) {
    m_waitTimer.stop();
    m_intervalTimer.stop();
    if (error.code)
        m_error = error;
    m_end = endOf(reason, error);
    m_listener.ended(reason, error);
    if (m_whenEnded)
        m_whenEnded();
}

ExchangeEnd ClientExchange::endOf(CloseReason reason, const Error& error) const {
    if (m_cancelled)
        return ExchangeEnd::Cancelled;
    if (reason == CloseReason::Protocol || error.is(Fault::MessageTooLong))
        return ExchangeEnd::ProtocolBroken;
    const bool isAnswered = m_isDatagram && !m_plan->untilClose &&
                            m_plan->wait != Duration::zero() && m_received >= m_replies.value_or(1);
    if (error.code || (m_failed && !isAnswered))
        return ExchangeEnd::NetworkSaidNo;
    if (m_plan->wait == Duration::zero() || m_plan->untilClose || m_isLeft)
        return m_timedOut ? ExchangeEnd::TimedOut : ExchangeEnd::Done;
    if (isEnough())
        return ExchangeEnd::Done;
    return m_timedOut ? ExchangeEnd::TimedOut : ExchangeEnd::PeerClosed;
}

bool ClientExchange::isEnough() const {
    if (m_replies)
        return m_received >= *m_replies;
    if (m_plan->bytesReturn)
        return m_allSent && m_receivedBytes >= m_givenBytes;
    if (m_isOpenEnded) // who knows what the next would have been
        return m_received >= (m_countsMessages ? m_given : std::min<std::uint64_t>(m_given, 1));
    return m_received >= 1;
}

void ClientExchange::pump() {
    if (m_isHeld || !m_connected)
        return;
    m_pumping = true;
    for (int sent = 0; hasMore() && m_session.canSend() && !m_intervalTimer.isActive();) {
        sendNext();
        if (hasMore() && (m_plan->interval > Duration::zero() || ++sent == sendsPerTurn))
            m_intervalTimer.start(SteadyClock::now() + m_plan->interval);
    }
    m_pumping = false;
    const bool isLast = !hasMore() && !m_isOpenEnded && !m_session.hasEnded();
    if (isLast && !std::exchange(m_allSent, true))
        afterLast();
}

void ClientExchange::sendNext() {
    ++m_given;
    if (m_left > 0) {
        --m_left;
        send(m_plan->messages[m_next++ % m_plan->messages.size()]);
        return;
    }
    const ExchangeMessage message = std::move(m_added.front());
    m_added.pop_front();
    send(message);
}

void ClientExchange::send(const ExchangeMessage& message) {
    if (message.made) {
        const auto content = message.made->make(m_macros, wallNow());
        m_givenBytes += content.size();
        m_session.send({.content = content, .header = message.header});
        return;
    }
    if (!message.open) {
        m_givenBytes += message.content.size();
        m_session.send(message.view());
        return;
    }
    auto source = message.open();
    if (!source) {
        failed(source.error());
    } else if (m_isDatagram) {
        sendDatagram(**source, message);
    } else {
        m_givenBytes += (*source)->size();
        m_session.send(std::move(*source), message.header);
    }
}

void ClientExchange::sendDatagram(ByteSource& source, const ExchangeMessage& message) {
    const auto content = datagramContent(source);
    if (content)
        m_session.send({.content = *content, .header = message.header});
    else
        failed(content.error());
}

void ClientExchange::afterLast() {
    if (m_halfCloses)
        m_session.finishSending();
    if (m_plan->wait == Duration::zero() || hasAllReplies() || isHopeless())
        m_session.close();
    else
        restartWait();
}

bool ClientExchange::hasAllReplies() const {
    if (!m_allSent)
        return false;
    if (m_replies)
        return m_received + (m_plan->replies ? 0 : m_failures) >= *m_replies;
    return m_plan->bytesReturn && !m_plan->untilClose && m_receivedBytes >= m_givenBytes;
}

bool ClientExchange::isQuietEnd() const {
    return m_received > 0 && m_allSent && !m_replies && !m_plan->bytesReturn;
}

void ClientExchange::restartWait() {
    if (m_session.hasEnded() || m_isHeld || m_isOpenEnded || m_plan->wait == Duration::zero())
        return; // nothing is waited for
    if (m_plan->untilClose && m_received > 0)
        m_waitTimer.stop();
    else
        m_waitTimer.start(SteadyClock::now() +
                          (isQuietEnd() && !m_plan->untilClose ? m_plan->quiet : m_plan->wait));
}

void ClientExchange::waitOver() {
    if (!m_allSent && m_plan->interval > m_plan->wait)
        return; // it is for us to speak
    m_timedOut = !isQuietEnd();
    m_session.close();
    if (!m_session.hasEnded())
        m_session.reset(); // the peer does not even read
}

} // namespace sscope
