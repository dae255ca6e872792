#include "core/client/datagram_tally.h"

#include <algorithm>
#include <string_view>

namespace sscope {

DatagramTally::Key DatagramTally::keyOf(ByteView payload, std::size_t realSize) const {
    constexpr std::uint64_t spread = 0x9E3779B97F4A7C15; // 2^64 by the golden ratio
    const ByteView seen = payload.first(std::min(payload.size(), m_receiveSize));
    return std::hash<std::string_view>()(textOf(seen)) ^ (realSize * spread);
}

void DatagramTally::sent(ByteView payload, TimePoint now) {
    if (m_sent.size() == window)
        forgetOldest();
    const Key key = keyOf(payload, payload.size());
    ++m_figures.sent;
    m_sent.push_back({.key = key, .at = now});
    m_waiting.emplace(key, m_next++);
}

void DatagramTally::received(ByteView payload, std::size_t realSize) {
    ++m_figures.received;
    if (realSize > payload.size())
        ++m_figures.truncated;
    const Key key = keyOf(payload, realSize);
    // Of those that are alike, the first that none sent later has overtaken.
    auto it = m_waiting.lower_bound({key, m_expected});
    if (it == m_waiting.end() || it->first != key)
        it = m_waiting.lower_bound({key, 0});
    if (it != m_waiting.end() && it->first == key) {
        const Number number = it->second;
        m_echoed.insert(m_waiting.extract(it));
        echoed(number);
        return;
    }
    const auto before = m_echoed.lower_bound({key, 0});
    if (before != m_echoed.end() && before->first == key)
        ++m_figures.duplicated;
    else
        ++m_figures.foreign;
}

void DatagramTally::echoed(Number number) {
    ++m_figures.echoed;
    Sent& sent = at(number);
    sent.isEchoed = true;
    if (sent.isLost)
        --m_figures.lost; // it was only late
    if (number < m_expected)
        ++m_figures.reordered;
    else
        m_expected = number + 1;
}

void DatagramTally::lose(Sent& sent) {
    if (sent.isEchoed || sent.isLost)
        return;
    sent.isLost = true;
    ++m_figures.lost;
}

void DatagramTally::age(TimePoint now) {
    for (; m_aged < m_next; ++m_aged) {
        Sent& sent = at(m_aged);
        if (!sent.isEchoed && now - sent.at < patience)
            return;
        lose(sent);
    }
}

void DatagramTally::finish() {
    for (; m_aged < m_next; ++m_aged)
        lose(at(m_aged));
}

void DatagramTally::forgetOldest() {
    Sent& oldest = m_sent.front();
    lose(oldest);
    (oldest.isEchoed ? m_echoed : m_waiting).erase({oldest.key, m_first});
    m_sent.pop_front();
    ++m_first;
    m_aged = std::max(m_aged, m_first);
}

} // namespace sscope
