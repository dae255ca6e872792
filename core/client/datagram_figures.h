#pragma once

#include <atomic>
#include <cstdint>

namespace sscope {

/// What is known of the datagrams of one client. A value.
struct DatagramFigures {
    std::uint64_t sent = 0;       // that the kernel took
    std::uint64_t received = 0;   // whatever they hold
    std::uint64_t echoed = 0;     // of those sent: have come back, byte for byte
    std::uint64_t lost = 0;       // of those sent: have not come back within two seconds, or at all
    std::uint64_t reordered = 0;  // of those echoed: overtaken by one sent later (RFC 4737 3.3)
    std::uint64_t duplicated = 0; // received more often than sent
    std::uint64_t foreign = 0;    // received, and not like anything that was sent
    std::uint64_t truncated = 0;  // received, and cut to the receive size
    std::uint64_t dropped = 0;    // by the kernel, for want of room in our own receive buffer
    std::uint64_t icmpErrors = 0; // that hosts have reported (ICMP, ICMPv6)

    /// Loss, order and copies can be told only where the peer echoes: false where something has
    /// come, but never what was sent.
    [[nodiscard]] bool areOfAnEcho() const { return echoed > 0 || received == 0; }

    bool operator==(const DatagramFigures&) const = default;
};

/// The figures of a client that runs, written on its thread and read on any other.
class SharedDatagramFigures {
public:
    void store(const DatagramFigures& figures);
    [[nodiscard]] DatagramFigures load() const;

private:
    std::atomic<std::uint64_t> m_sent = 0;
    std::atomic<std::uint64_t> m_received = 0;
    std::atomic<std::uint64_t> m_echoed = 0;
    std::atomic<std::uint64_t> m_lost = 0;
    std::atomic<std::uint64_t> m_reordered = 0;
    std::atomic<std::uint64_t> m_duplicated = 0;
    std::atomic<std::uint64_t> m_foreign = 0;
    std::atomic<std::uint64_t> m_truncated = 0;
    std::atomic<std::uint64_t> m_dropped = 0;
    std::atomic<std::uint64_t> m_icmpErrors = 0;
};

} // namespace sscope
