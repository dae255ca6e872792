#pragma once

#include <deque>
#include <mutex>

#include "core/client/client_exchange.h"

namespace sscope {

/// Many connections to one endpoint, as the tutorials' multi-connection client opens them. Each
/// follows the plan for itself; wait is the time-out of each.
struct CrowdConfig {
    ClientConfig client{};
    ExchangePlan plan{};
    std::uint32_t connections = 2;
    bool together = false; // nothing is sent before all are open, or have failed
};

/// Why connections have failed, and how many for the same reason.
struct CrowdReason {
    ExchangeEnd end = ExchangeEnd::NetworkSaidNo;
    Error error{}; // without a code where nothing has failed but the replies
    std::uint32_t connections = 0;
};

struct CrowdResult {
    static constexpr std::uint32_t noReason = UINT32_MAX;

    std::uint32_t connection = 0; // from 1
    ExchangeEnd end = ExchangeEnd::Done;
    std::uint32_t reason = noReason; // index of CrowdSnapshot::reasons
    std::string local{};             // empty where there was no connection
    std::string peer{};
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedBytes = 0;
    std::uint64_t replies = 0;
    Duration lasted{}; // from its first attempt to its end
};

struct CrowdSnapshot {
    std::uint32_t connections = 0;
    std::uint32_t waiting = 0; // for their turn
    std::uint32_t connecting = 0;
    std::uint32_t open = 0;
    std::uint32_t mostOpen = 0; // at one time
    std::uint32_t done = 0;
    std::uint32_t failed = 0;
    std::uint32_t cancelled = 0;
    std::uint64_t sentBytes = 0;
    std::uint64_t receivedBytes = 0;
    Duration elapsed{};
    bool isOver = false;
    std::vector<CrowdReason> reasons{}; // in the order in which they came up
};

/// What a crowd has come to. The crowd's thread writes, any thread reads.
class CrowdProgress {
public:
    explicit CrowdProgress(std::uint32_t connections);

    [[nodiscard]] CrowdSnapshot snapshot() const;
    /// Of the connections that are over, in the order of their ends, those after the first so many;
    /// at most so many.
    [[nodiscard]] std::vector<CrowdResult> results(std::size_t after,
                                                   std::size_t most = SIZE_MAX) const;

private:
    friend class ConnectionCrowd;

    [[nodiscard]] std::uint32_t reasonOf(ExchangeEnd end, const Error& error);

    mutable std::mutex m_mutex;
    CrowdSnapshot m_now; // but for what is computed when it is read
    std::vector<CrowdResult> m_results;
    TimePoint m_started;
};

/// Hears of a crowd, on its thread; calls come from within it.
class CrowdObserver {
public:
    virtual void addressResolved(const AddressInfo&) {}
    /// Who hears of one connection; null for nobody. Lives until connectionEnded().
    virtual ClientObserver* listenerOf(std::uint32_t /*connection*/) { return nullptr; }
    virtual void connectionEnded(const CrowdResult&, const Error&, const DatagramFigures&) {}
    virtual void crowdEnded() {}

protected:
    ~CrowdObserver() = default;
};

/// Opens the connections at a pace that a backlog of 128 holds, and has no more at one time than
/// there are descriptors; the others wait for their turn. Looks a name up once. Lives on its
/// reactor's thread.
class ConnectionCrowd {
public:
    ConnectionCrowd(Reactor& reactor, CrowdConfig config, std::shared_ptr<CrowdProgress> progress,
                    CrowdObserver* observer = nullptr);
    ~ConnectionCrowd();

    void start();
    /// Resets what is open; what has not begun does not begin.
    void cancel();
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    class Member;
    /// Numbers of members, and when it is their turn.
    using Later = std::deque<std::pair<std::uint32_t, TimePoint>>;

    void resolved(Result<std::vector<AddressInfo>> addresses);
    void pump();
    void begin(std::uint32_t number);
    void retryLater();
    void startPace();
    void pumpSoon();
    void opened(Member& member);
    void proven(Member& member);
    void attemptEnded(Member& member);
    bool triesAgain(Member& member);
    void finish(Member& member);
    void record(CrowdResult& result, const Error& error, bool wasOpen);
    void failAll(const Error& error);
    void releaseWhenTogether();
    void endWhenOver();
    [[nodiscard]] bool hasRoom() const;

    Reactor& m_reactor;
    const CrowdConfig m_config;
    const std::shared_ptr<const ExchangePlan> m_plan;
    const std::shared_ptr<CrowdProgress> m_progress;
    CrowdObserver* const m_observer;
    Lookup m_lookup;
    Timer m_lookupTimer;
    Timer m_paceTimer;
    std::vector<Endpoint> m_addresses;
    std::size_t m_preferred = 0; // of the addresses: the one that has answered last
    std::vector<std::unique_ptr<Member>> m_members; // by number - 1; null before and after
    std::uint32_t m_begun = 0;
    std::uint32_t m_active = 0;   // members there are
    std::uint32_t m_unproven = 0; // of these, which may still lie in the server's backlog
    std::uint32_t m_unopened = 0; // of these, which are not connected yet
    std::uint32_t m_mostActive = 0;
    Later m_openedLately; // and count as unproven until then
    Later m_retries;      // for want of something that comes back
    const std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); // for what is posted
    bool m_pumpPosted = false;
    bool m_released = false;
    bool m_cancelled = false;
    bool m_isOver = false;
};

} // namespace sscope
