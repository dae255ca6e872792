#include "core/server/acceptor.h"

#include <chrono>
#include <utility>

#include "core/net/listener.h"

namespace sscope {

namespace {

constexpr Duration retryDelay = std::chrono::milliseconds(100);

} // namespace

std::unique_ptr<ListenerLink> Acceptor::Owner::makeListener(EventLoop& loop, UniqueFd fd,
                                                            Transport transport,
                                                            ListenerLink::Owner& owner) {
    return std::make_unique<Listener>(loop, std::move(fd), transport, owner);
}

namespace {

// Of a chat, whose people are many behind one address at most in an office. This machine's are not
// counted.
constexpr std::uint32_t mostPerSourceOfChat = 100;

bool countsByItself(const ServerConfig& config) {
    return !config.maxPerSource && config.service == "chat";
}

std::optional<std::uint32_t> mostPerSource(const ServerConfig& config) {
    return countsByItself(config) ? mostPerSourceOfChat : config.maxPerSource;
}

} // namespace

Acceptor::Acceptor(EventLoop& loop, const ServerConfig& config, Owner& owner)
    : m_loop(loop),
      m_config(config),
      m_owner(owner),
      m_limits(config.maxConnections, mostPerSource(config)),
      m_retry(loop.timers(), [this] { handOn(*std::exchange(m_waiting, std::nullopt)); }) {}

Result<void> Acceptor::listenOn(UniqueFd fd, Transport transport) {
    auto listener = m_owner.makeListener(m_loop, std::move(fd), transport,
                                         static_cast<ListenerLink::Owner&>(*this));
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

void Acceptor::connectionAccepted(ListenerLink& listener, UniqueFd fd, SocketAddress peer) {
    std::string endpoint = endpointText(listener.transport(), peer);
    const bool isCounted =
        m_config.maxPerSource ||
        (countsByItself(m_config) && !isUnix(listener.transport()) && !peer.isLoopback());
    auto admitted = m_limits.admit(isCounted ? connectionSource(fd.get(), peer) : std::string());
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
        m_retry.start(m_loop.turnTime() + retryDelay);
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

void Acceptor::acceptFailed(ListenerLink&, Error error) {
    m_owner.acceptFailed(std::move(error));
}

} // namespace sscope
