#include "ui/connections/closed_order.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "core/diagnostics/tcp_bytes.h"
#include "ui/connections/closed_text.h"

namespace sscope {

namespace {

using Columns = ClosedColumns;

/// A cell as numbers that compare as the column is sorted: a socket's address and port fit whole,
/// and so does a command (15 bytes, proc(5)).
struct Key {
    std::array<std::uint64_t, 3> words{};
    bool isGap = false;
};

std::uint64_t bigEndian(const char* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

/// IPv4 before IPv6; a mapped address is IPv4.
Key endKey(const IpAddress& address, std::uint16_t port) {
    const IpAddress plain = address.unmapped();
    std::array<char, 16> bytes{};
    std::memcpy(bytes.data(), plain.bytes.data(), bytes.size());
    const std::uint64_t high = bigEndian(bytes.data());
    if (!plain.isIpv6)
        return {{high >> 32 << 16 | port}};
    const std::uint64_t low = bigEndian(bytes.data() + 8);
    return {{std::uint64_t{1} << 63 | high >> 1, high << 63 | low >> 1, low << 63 | port}};
}

/// Who is not known comes last; a socket's own process before the one that listens.
Key processKey(const ClosedSocket& closed) {
    const auto& owners = holdersOf(closed);
    if (owners.empty())
        return {{~std::uint64_t{0}, ~std::uint64_t{0}}};
    const std::string& command = owners.front().process->command;
    std::array<char, 16> bytes{};
    std::memcpy(bytes.data(), command.data(), std::min(command.size(), bytes.size()));
    return {{bigEndian(bytes.data()), bigEndian(bytes.data() + 8), closed.row.owners.empty()}};
}

/// Where there is no figure it is less than every one.
std::uint64_t figureKey(const ClosedSocket& closed, int column) {
    if (!closed.row.details || !closed.row.details->tcpInfo)
        return 0;
    const TcpInfo& info = *closed.row.details->tcpInfo;
    switch (column) {
    case Columns::ReceivedColumn:
        return receivedData(info, closed.row.state) + 1;
    case Columns::SentColumn:
        return sentData(info) + 1;
    case Columns::RttColumn:
        return std::uint64_t{info.rttUs} + 1;
    default:
        return std::uint64_t{info.retransmitsTotal} + 1;
    }
}

std::uint64_t pidKey(const ClosedSocket& closed) {
    const auto& owners = holdersOf(closed);
    return owners.empty() ? 0 : static_cast<std::uint64_t>(owners.front().process->pid);
}

std::uint64_t livedKey(const ClosedSocket& closed) {
    return closed.age ? static_cast<std::uint64_t>(closed.age->count()) + 1 : 0;
}

Key keyOf(const HistoryEntry& entry, int column) {
    const auto* closed = std::get_if<ClosedSocket>(&entry);
    if (!closed)
        return {{}, true};
    switch (column) {
    case Columns::ProcessColumn:
        return processKey(*closed);
    case Columns::PidColumn:
        return {{pidKey(*closed)}};
    case Columns::ProtocolColumn:
        return {{static_cast<std::uint64_t>(closed->row.protocol), closed->row.family}};
    case Columns::StateColumn:
        return {{static_cast<std::uint64_t>(closed->row.state)}};
    case Columns::LocalColumn:
        return endKey(closed->row.localAddress, closed->row.localPort);
    case Columns::RemoteColumn:
        return endKey(closed->row.remoteAddress, closed->row.remotePort);
    case Columns::LivedColumn:
        return {{livedKey(*closed)}};
    default:
        return {{figureKey(*closed, column)}};
    }
}

bool isKeyBefore(const Key& a, std::uint64_t numberA, const Key& b, std::uint64_t numberB,
                 bool isAscending) {
    if (a.isGap != b.isGap)
        return b.isGap;
    if (a.words != b.words)
        return isAscending ? a.words < b.words : a.words > b.words;
    return numberA > numberB;
}

} // namespace

void ClosedOrder::set(int column, Qt::SortOrder direction) {
    m_column = column;
    m_direction = direction;
}

bool ClosedOrder::isBefore(const ClosedHistory& history, std::uint64_t a, std::uint64_t b) const {
    const bool isAscending = m_direction == Qt::AscendingOrder;
    if (isByTime())
        return isAscending ? a < b : a > b;
    return isKeyBefore(keyOf(history.at(a), m_column), a, keyOf(history.at(b), m_column), b,
                       isAscending);
}

void ClosedOrder::sort(const ClosedHistory& history, std::vector<std::uint64_t>& numbers) const {
    const bool isAscending = m_direction == Qt::AscendingOrder;
    if (isByTime()) {
        std::ranges::sort(numbers, [isAscending](std::uint64_t a, std::uint64_t b) {
            return isAscending ? a < b : a > b;
        });
        return;
    }
    // Equals keep the order that they have here; the first word decides most comparisons.
    std::ranges::sort(numbers, std::ranges::greater{});
    const auto gaps = std::ranges::stable_partition(numbers, [&](std::uint64_t number) {
        return std::holds_alternative<ClosedSocket>(history.at(number));
    });
    struct Keyed {
        std::uint64_t word;
        std::uint32_t at;
    };
    const std::vector<std::uint64_t> sockets(numbers.begin(), gaps.begin());
    std::vector<Key> keys;
    std::vector<Keyed> keyed;
    keys.reserve(sockets.size());
    keyed.reserve(sockets.size());
    for (const std::uint64_t number : sockets) {
        keys.push_back(keyOf(history.at(number), m_column));
        keyed.push_back({keys.back().words[0], static_cast<std::uint32_t>(keyed.size())});
    }
    std::ranges::stable_sort(keyed, [&](const Keyed& a, const Keyed& b) {
        if (a.word != b.word)
            return isAscending ? a.word < b.word : a.word > b.word;
        const auto& left = keys[a.at].words;
        const auto& right = keys[b.at].words;
        return isAscending ? left < right : left > right;
    });
    std::ranges::transform(keyed, numbers.begin(),
                           [&](const Keyed& each) { return sockets[each.at]; });
}

} // namespace sscope
