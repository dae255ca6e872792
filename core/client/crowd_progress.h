#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "core/client/client_exchange.h"

namespace sscope {

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

/// What a crowd has come to. The crowd's thread tells it, any thread reads.
class CrowdProgress {
public:
    explicit CrowdProgress(std::uint32_t connections);

    [[nodiscard]] CrowdSnapshot snapshot() const;
    /// Of the connections that are over, in the order of their ends, those after the first so many;
    /// at most so many.
    [[nodiscard]] std::vector<CrowdResult> results(std::size_t after,
                                                   std::size_t most = SIZE_MAX) const;

    // What happens, in the order in which it does.

    /// It is a connection's turn.
    void began();
    /// All that wait are to fail, each by an ended().
    void allBegan();
    void opened();
    void sent(std::size_t bytes);
    void received(std::size_t bytes);
    /// Sets the result's reason.
    void ended(CrowdResult& result, const Error& error, bool wasOpen);
    /// Those that wait do not begin.
    void cancelled();
    void over();

private:
    [[nodiscard]] std::uint32_t reasonOf(ExchangeEnd end, const Error& error);

    mutable std::mutex m_mutex;
    CrowdSnapshot m_now; // but for what is computed when it is read
    std::vector<CrowdResult> m_results;
    TimePoint m_started;
};

} // namespace sscope
