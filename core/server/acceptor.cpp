#include "core/server/acceptor.h"

#include <chrono>
#include <utility>

namespace sscope {

namespace {

constexpr Duration retryDelay = std::chrono::milliseconds(100);

} // namespace

Acceptor::Acceptor(Reactor& reactor, const ServerConfig& config, Owner& owner)
    : m_reactor(reactor),
      m_config(config),
      m_owner(owner),
      m_limits(config.maxConnections, config.maxPerSource),
      m_retry(reactor.timers(), [this] { handOn(*std::exchange(m_waiting, std::nullopt)); }) {}

Result<void> Acceptor::listenOn(UniqueFd fd, Transport transport) {
    auto listener = std::make_unique<Listener>(m_reactor, std::move(fd), transport,
                                               static_cast<Listener::Owner&>(*this));
    if (auto started = listener->start(); !started)
        return started;
    m_listeners.push_back(std::move(listener));
    return {};
}

void Acceptor::stop() {
    // Kept as objects: this may be called from within a call from one of them.
    for (const auto& listener : m_listeners)
        listener->stop();
    m_waiting.reset();
    m_retry.stop();
}

void Acceptor::connectionAccepted(Listener& listener, UniqueFd fd, SocketAddress peer) {
    std::string endpoint = endpointText(listener.transport(), peer);
    auto admitted =
        m_limits.admit(m_config.maxPerSource ? connectionSource(fd.get(), peer) : std::string());
    if (!admitted) {
        m_owner.connectionRejected(endpoint, std::move(admitted.error()));
        return;
    }
    handOn({nextNumber(), std::move(fd), listener.transport(), std::move(endpoint),
            std::move(*admitted)});
}

void Acceptor::handOn(Arrival arrival) {
    if (auto placed = m_owner.place(arrival)) {
        m_shortageTold = false;
        if (m_config.once)
            stop();
    } else {
        if (!std::exchange(m_shortageTold, true))
            m_owner.acceptFailed(std::move(placed.error()));
        m_waiting = std::move(arrival);
        m_retry.start(m_reactor.turnTime() + retryDelay);
    }
    updateListeners();
}

void Acceptor::setAccepting(bool accepting) {
    m_accepting = accepting;
    updateListeners();
}

void Acceptor::updateListeners() {
    for (const auto& listener : m_listeners)
        listener->setPaused(!m_accepting || m_waiting.has_value());
}

void Acceptor::acceptFailed(Listener&, Error error) {
    m_owner.acceptFailed(std::move(error));
}

} // namespace sscope
