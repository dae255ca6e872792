#pragma once

#include <deque>

#include "core/client/crowd_progress.h"

namespace sscope {

/// Many connections to one endpoint, as the tutorials' multi-connection client opens them. Each
/// follows the plan for itself; wait is the time-out of each.
struct CrowdConfig {
    ClientConfig client{};
    ExchangePlan plan{};
    std::uint32_t connections = 2;
    bool together = false; // nothing is sent before all are open, or have failed
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
