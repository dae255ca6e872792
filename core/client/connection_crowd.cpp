#include "core/client/connection_crowd.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/process/descriptor_limit.h"

namespace sscope {

namespace {

// Together with those that the server has not been seen to serve, so many connections lie in its
// backlog at most. Half of the common 128: a dropped SYN is sent again after a second (tcp(7)).
constexpr std::uint32_t mostUnproven = 64;
// One that is open and has not been answered is taken to be accepted after so long.
constexpr Duration acceptTime = std::chrono::milliseconds(25);
constexpr Duration retryTime = std::chrono::milliseconds(50);
// What the process opens meanwhile for other ends; half, where there are few.
constexpr std::size_t sparedDescriptors = 64;

/// What passes without a person: a full backlog of a Unix socket, ports in TIME_WAIT, descriptors
/// that others hold.
bool isTemporary(const Error& error) {
    // At bind(2) it is the address that is not ours, and will not be.
    const bool lacksPort = error.isErrno(EADDRNOTAVAIL) && error.operation == "connect";
    return lacksPort || error.isErrno(EAGAIN) || error.isErrno(EMFILE) || error.isErrno(ENFILE) ||
           error.isErrno(ENOBUFS);
}

} // namespace

/// One connection from its turn to its end, over all attempts.
class ConnectionCrowd::Member final : public ClientObserver {
public:
    Member(ConnectionCrowd& crowd, std::uint32_t number)
        : m_crowd(crowd),
          m_listener(crowd.m_observer ? crowd.m_observer->listenerOf(number) : nullptr) {
        result.connection = number;
    }

    void attempt() {
        dropExchange();
        ClientConfig config = m_crowd.m_config.client;
        const auto& addresses = m_crowd.m_addresses;
        config.endpoint = addresses[(m_crowd.m_preferred + failedAddresses) % addresses.size()];
        m_exchange = std::make_unique<ClientExchange>(
            m_crowd.m_reactor, ConnectionId{1, result.connection}, std::move(config),
            m_crowd.m_plan, *this, [this] { m_crowd.attemptEnded(*this); });
        if (m_crowd.m_config.together && !m_crowd.m_released)
            m_exchange->hold();
        m_exchange->start();
    }
    void release() {
        if (m_exchange)
            m_exchange->release();
    }
    /// False where nothing is under way.
    bool cancel() {
        if (m_exchange)
            m_exchange->cancel();
        return m_exchange != nullptr;
    }
    void dropExchange() {
        if (m_exchange) // it may be what calls
            m_crowd.m_reactor.deferDelete(std::move(m_exchange));
    }
    void tellEnd() {
        if (m_listener)
            m_listener->ended(m_reason, m_endError);
    }
    [[nodiscard]] const ClientExchange* exchange() const { return m_exchange.get(); }
    [[nodiscard]] bool mayTryAgain() const {
        return SteadyClock::now() - began < m_crowd.m_config.client.connectTimeout;
    }

    CrowdResult result;
    const TimePoint began = SteadyClock::now();
    std::size_t failedAddresses = 0;
    bool isProven = false;
    bool isOpen = false;
    bool wasTold = false; // of the attempt; another for want of resources is not told

private:
    void attemptStarted(const std::string& address) override {
        if (m_listener && !std::exchange(wasTold, true))
            m_listener->attemptStarted(address);
    }
    void attemptFailed(const std::string& address, const Error& error) override {
        if (m_listener && !(isTemporary(error) && mayTryAgain()))
            m_listener->attemptFailed(address, error);
    }
    void connected(const std::string& local, const std::string& peer) override {
        result.local = local;
        result.peer = peer;
        m_crowd.opened(*this);
        if (m_listener)
            m_listener->connected(local, peer);
    }
    void notGranted(const Error& error) override {
        if (m_listener)
            m_listener->notGranted(error);
    }
    void datagramReceived(const std::string& from, std::size_t size,
                          std::size_t realSize) override {
        if (m_listener)
            m_listener->datagramReceived(from, size, realSize);
    }
    void bytesSent(std::size_t count) override {
        m_crowd.m_progress->sent(count);
        if (m_listener)
            m_listener->bytesSent(count);
    }
    void messageReceived(const Message& message) override {
        m_crowd.proven(*this);
        m_crowd.m_progress->received(message.content.size());
        if (m_listener)
            m_listener->messageReceived(message);
    }
    void peerFinished() override {
        if (m_listener)
            m_listener->peerFinished();
    }
    void failed(const Error& error) override {
        if (m_listener)
            m_listener->failed(error);
    }
    void ended(CloseReason reason, const Error& error) override {
        m_reason = reason;
        m_endError = error;
    }

    ConnectionCrowd& m_crowd;
    ClientObserver* const m_listener;
    std::unique_ptr<ClientExchange> m_exchange;
    CloseReason m_reason = CloseReason::Local;
    Error m_endError;
};

ConnectionCrowd::ConnectionCrowd(Reactor& reactor, CrowdConfig config,
                                 std::shared_ptr<CrowdProgress> progress, CrowdObserver* observer)
    : m_reactor(reactor),
      m_config(std::move(config)),
      m_plan(std::make_shared<const ExchangePlan>(m_config.plan)),
      m_progress(std::move(progress)),
      m_observer(observer),
      m_lookupTimer(
          reactor.timers(),
          [this] {
              resolved(Failure(systemError(ETIMEDOUT, "resolve", m_config.client.endpoint.host)));
          }),
      m_paceTimer(reactor.timers(), [this] { retryLater(); }),
      m_members(m_config.connections) {}

ConnectionCrowd::~ConnectionCrowd() = default;

void ConnectionCrowd::start() {
    const std::size_t free = freeDescriptors();
    m_mostActive = static_cast<std::uint32_t>(
        std::min<std::size_t>(m_config.connections, free - std::min(sparedDescriptors, free / 2)));
    m_lookup = Lookup::start(m_reactor, m_config.client.endpoint, ResolveFor::Connect,
                             [this](auto addresses) { resolved(std::move(addresses)); });
    m_lookupTimer.start(SteadyClock::now() + m_config.client.lookupTimeout);
}

void ConnectionCrowd::resolved(Result<std::vector<AddressInfo>> addresses) {
    m_lookupTimer.stop();
    m_lookup.abandon();
    if (!addresses) {
        failAll(addresses.error());
        return;
    }
    if (m_mostActive == 0 || (m_config.together && m_mostActive < m_config.connections)) {
        failAll(systemError(EMFILE, "socket", m_config.client.endpoint.text()));
        return;
    }
    const bool isName = needsLookup(m_config.client.endpoint);
    for (const AddressInfo& info : *addresses) {
        Endpoint numeric = m_config.client.endpoint;
        if (isName) {
            numeric.host = info.address.host();
            if (m_observer)
                m_observer->addressResolved(info);
        }
        m_addresses.push_back(std::move(numeric));
    }
    pump();
    endWhenOver();
}

bool ConnectionCrowd::hasRoom() const {
    return m_begun < m_config.connections && m_unproven < mostUnproven && m_active < m_mostActive &&
           !m_cancelled && m_retries.empty();
}

void ConnectionCrowd::pump() {
    while (!m_addresses.empty() && hasRoom())
        begin(++m_begun);
}

void ConnectionCrowd::begin(std::uint32_t number) {
    auto& member = m_members[number - 1];
    member = std::make_unique<Member>(*this, number);
    ++m_active;
    ++m_unproven;
    ++m_unopened;
    m_progress->began();
    member->attempt();
}

/// Those that have been open for a while are taken to be accepted; those that failed for want of
/// something try again.
void ConnectionCrowd::retryLater() {
    const TimePoint now = SteadyClock::now();
    while (!m_openedLately.empty() && m_openedLately.front().second <= now) {
        if (const auto& member = m_members[m_openedLately.front().first - 1])
            proven(*member);
        m_openedLately.pop_front();
    }
    while (!m_retries.empty() && m_retries.front().second <= now) {
        const std::uint32_t number = m_retries.front().first;
        m_retries.pop_front();
        if (const auto& member = m_members[number - 1])
            member->attempt();
    }
    pump();
    startPace();
}

void ConnectionCrowd::startPace() {
    std::optional<TimePoint> next;
    for (const Later* later : {&m_openedLately, &m_retries}) {
        if (!later->empty())
            next = next ? std::min(*next, later->front().second) : later->front().second;
    }
    if (next)
        m_paceTimer.start(*next);
}

void ConnectionCrowd::opened(Member& member) {
    member.isOpen = true;
    --m_unopened;
    m_progress->opened();
    m_preferred = (m_preferred + member.failedAddresses) % m_addresses.size();
    if (isDatagram(m_config.client.endpoint.transport)) {
        proven(member); // there is no backlog
        return;
    }
    m_openedLately.emplace_back(member.result.connection, SteadyClock::now() + acceptTime);
    if (!m_paceTimer.isActive())
        startPace();
    // Not from within the connection's own call.
    if (m_config.together && !m_released && m_unopened == 0)
        m_reactor.post([this, alive = std::weak_ptr(m_alive)] {
            if (!alive.expired())
                releaseWhenTogether();
        });
}

void ConnectionCrowd::proven(Member& member) {
    if (std::exchange(member.isProven, true))
        return;
    --m_unproven;
    if (m_unproven == mostUnproven - 1)
        pumpSoon();
}

void ConnectionCrowd::pumpSoon() {
    // Not from within a connection's call, which may be the one that has just begun.
    if (!std::exchange(m_pumpPosted, true))
        m_reactor.post([this, alive = std::weak_ptr(m_alive)] {
            if (alive.expired())
                return;
            m_pumpPosted = false;
            pump();
            releaseWhenTogether();
            endWhenOver();
        });
}

void ConnectionCrowd::attemptEnded(Member& member) {
    if (!triesAgain(member))
        finish(member);
}

bool ConnectionCrowd::triesAgain(Member& member) {
    const ClientExchange& exchange = *member.exchange();
    if (m_cancelled || member.isOpen || exchange.end() != ExchangeEnd::NetworkSaidNo)
        return false;
    if (isTemporary(exchange.error()) && member.mayTryAgain()) {
        m_retries.emplace_back(member.result.connection, SteadyClock::now() + retryTime);
        member.dropExchange();
        startPace();
        return true;
    }
    if (++member.failedAddresses >= m_addresses.size())
        return false;
    member.wasTold = false;
    member.attempt();
    return true;
}

void ConnectionCrowd::finish(Member& member) {
    CrowdResult& result = member.result;
    Error error;
    DatagramFigures figures;
    if (const ClientExchange* exchange = member.exchange()) {
        error = exchange->error();
        figures = exchange->datagramFigures();
        result.end = exchange->end();
        result.sentBytes = exchange->sentBytes();
        result.receivedBytes = exchange->receivedBytes();
        result.replies = exchange->received();
    } else {
        result.end = ExchangeEnd::Cancelled;
    }
    result.lasted = SteadyClock::now() - member.began;
    if (!member.isOpen)
        --m_unopened;
    --m_active;
    m_progress->ended(result, error, member.isOpen);
    member.tellEnd();
    if (m_observer)
        m_observer->connectionEnded(result, error, figures);
    if (!std::exchange(member.isProven, true))
        --m_unproven;
    m_reactor.deferDelete(std::move(m_members[result.connection - 1]));
    pumpSoon();
}

/// What concerns all of them, before the first has begun.
void ConnectionCrowd::failAll(const Error& error) {
    m_progress->allBegan();
    while (m_begun < m_config.connections) {
        CrowdResult result{.connection = ++m_begun, .end = ExchangeEnd::NetworkSaidNo};
        m_progress->ended(result, error, false);
        if (m_observer)
            m_observer->connectionEnded(result, error, {});
    }
    endWhenOver();
}

void ConnectionCrowd::releaseWhenTogether() {
    const bool allOpen = m_begun == m_config.connections && m_unopened == 0;
    if (!m_config.together || !allOpen || std::exchange(m_released, true))
        return;
    for (const auto& member : m_members) {
        if (member)
            member->release();
    }
}

void ConnectionCrowd::cancel() {
    if (m_isOver || std::exchange(m_cancelled, true))
        return;
    m_lookup.abandon();
    m_lookupTimer.stop();
    m_progress->cancelled();
    m_begun = m_config.connections;
    m_retries.clear();
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        Member* const member = m_members[i].get();
        if (member && !member->cancel())
            finish(*member);
    }
    endWhenOver();
}

void ConnectionCrowd::endWhenOver() {
    if (m_begun < m_config.connections || m_active > 0 || std::exchange(m_isOver, true))
        return;
    m_paceTimer.stop();
    m_progress->over();
    if (m_observer)
        m_observer->crowdEnded();
}

} // namespace sscope
