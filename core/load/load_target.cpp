#include "core/load/load_target.h"

#include <utility>

#include "core/net/connector.h"

namespace sscope {

namespace {

class TargetSearch final : private Connector::Owner, private EventHandler {
public:
    TargetSearch(Reactor& reactor, const LoadConfig& config)
        : m_reactor(reactor),
          m_connector(reactor,
                      {.endpoint = config.endpoint,
                       .options = config.options,
                       .timeout = config.connectTimeout},
                      *this) {}

    Result<std::optional<LoadTarget>> run(const CancelSignal& cancel) {
        auto watch = m_reactor.watch(cancel.fd(), Interest::Read, *this);
        if (!watch)
            return Failure(std::move(watch.error()));
        m_connector.start();
        if (auto ran = m_reactor.run(); !ran)
            return Failure(std::move(ran.error()));
        return std::move(m_found);
    }

private:
    void handleEvents(Readiness) override { m_reactor.stop(); } // cancelled
    void addressResolved(const AddressInfo&) override {}
    void attemptStarted(const SocketAddress&) override {}
    void attemptFailed(const SocketAddress&, const Error&) override {}
    void connected(UniqueFd fd, const SocketAddress& peer, Duration) override {
        m_found = LoadTarget{peer, std::move(fd)};
        m_reactor.stop();
    }
    void connectFailed(Error error) override {
        m_found = Failure(std::move(error));
        m_reactor.stop();
    }

    Reactor& m_reactor;
    Connector m_connector;
    Result<std::optional<LoadTarget>> m_found = std::nullopt;
};

} // namespace

Result<std::optional<LoadTarget>> findLoadTarget(const LoadConfig& config,
                                                 const CancelSignal& cancel) {
    Reactor reactor(PollerKind::Epoll);
    if (auto opened = reactor.open(); !opened)
        return Failure(std::move(opened.error()));
    return TargetSearch(reactor, config).run(cancel);
}

} // namespace sscope
