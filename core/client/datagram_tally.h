#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <utility>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/client/datagram_figures.h"

namespace sscope {

/// Counts the datagrams of one client, and tells which of them a peer that echoes has lost,
/// overtaken or doubled. What comes back is known by its bytes, so `${seq}` in a message makes each
/// its own; of those that are alike only their number is known, and never that one has overtaken
/// another. Remembers so many of the last sent; what comes back later is foreign. No descriptor, no
/// clock; used on one thread.
class DatagramTally {
public:
    static constexpr std::size_t window = 65'536; // about 7 MB, where so many have been sent
    static constexpr Duration patience = std::chrono::seconds(2);

    /// Of what is longer than the receive size the rest is never seen: these are known by their
    /// beginning and their length.
    explicit DatagramTally(std::size_t receiveSize) : m_receiveSize(receiveSize) {}

    void sent(ByteView payload, TimePoint now);
    /// realSize is more than the payload's where it has been cut.
    void received(ByteView payload, std::size_t realSize);
    void reported() { ++m_figures.icmpErrors; }
    void setDropped(std::uint64_t count) { m_figures.dropped = count; }
    /// What has waited longer than patience is lost, unless it comes after all.
    void age(TimePoint now);
    /// Nothing will come any more.
    void finish();

    [[nodiscard]] const DatagramFigures& figures() const { return m_figures; }
    /// Whether there is something that age() would count one day.
    [[nodiscard]] bool isWaiting() const { return m_aged < m_next; }

private:
    using Key = std::uint64_t;    // of the bytes
    using Number = std::uint64_t; // in the order of sending
    struct Sent {
        Key key;
        TimePoint at;
        bool isEchoed = false;
        bool isLost = false;
    };

    [[nodiscard]] Key keyOf(ByteView payload, std::size_t realSize) const;
    [[nodiscard]] Sent& at(Number number) { return m_sent[number - m_first]; }
    void forgetOldest();
    void echoed(Number number);
    void lose(Sent& sent);

    const std::size_t m_receiveSize;
    DatagramFigures m_figures;
    std::deque<Sent> m_sent;                    // from m_first to m_next
    std::set<std::pair<Key, Number>> m_waiting; // of these
    std::set<std::pair<Key, Number>> m_echoed;
    Number m_first = 0;
    Number m_next = 0;
    Number m_aged = 0;     // all before it are echoed or lost
    Number m_expected = 0; // one beyond the latest that has come back
};

} // namespace sscope
