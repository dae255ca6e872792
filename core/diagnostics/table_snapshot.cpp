#include "core/diagnostics/table_snapshot.h"

#include <array>
#include <fstream>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include <unistd.h>

namespace sscope {

namespace {

using Index = std::size_t;

/// What a socket is known by where its cookie says nothing.
auto nameOf(const SocketRow& row) {
    return std::tuple(row.protocol, row.type, row.family, row.localAddress.bytes, row.localPort,
                      row.remoteAddress.bytes, row.remotePort, row.path, row.number, row.portId);
}
using Name = decltype(nameOf(std::declval<SocketRow>()));

bool isNameless(const SocketRow& row) {
    return row.protocol == SocketProtocol::Unix && row.path.empty();
}

bool hasSameOwners(const SocketRow& before, const SocketRow& after) {
    return before.owners == after.owners && before.ownersKnown == after.ownersKnown;
}

std::multiset<std::string> commandsOf(const SocketRow& row) {
    std::multiset<std::string> commands;
    for (const SocketOwner& owner : row.owners)
        commands.insert(owner.process->command);
    return commands;
}

/// Finds pairs of one socket, and sorts them by what became of it.
class Comparison {
public:
    Comparison(const TableSnapshot& before, const TableSnapshot& after)
        : m_before(before), m_after(after), m_isPaired(before.rows.size()) {}

    SnapshotDifference compare() {
        const bool isSameBoot = !m_before.boot.empty() && m_before.boot == m_after.boot;
        std::vector<Index> left = isSameBoot ? pairByCookie() : everyIndex();
        pairByName(left, isSameBoot);
        for (Index i = 0; i < m_before.rows.size(); ++i) {
            if (!m_isPaired[i])
                m_difference.closed.push_back(m_before.rows[i]);
        }
        return std::move(m_difference);
    }

private:
    [[nodiscard]] std::vector<Index> everyIndex() const {
        std::vector<Index> all(m_after.rows.size());
        for (Index i = 0; i < all.size(); ++i)
            all[i] = i;
        return all;
    }

    /// Returns those of after that are not among before. A file may have a cookie twice.
    std::vector<Index> pairByCookie() {
        std::unordered_multimap<std::uint64_t, Index> known;
        for (Index i = 0; i < m_before.rows.size(); ++i)
            known.emplace(m_before.rows[i].cookie, i);
        std::vector<Index> left;
        for (Index i = 0; i < m_after.rows.size(); ++i) {
            const SocketRow& after = m_after.rows[i];
            const auto it = known.find(after.cookie);
            if (it == known.end()) {
                left.push_back(i);
                continue;
            }
            const SocketRow& before = m_before.rows[it->second];
            pair(it->second, after,
                 before.state == after.state && before.receiveQueue == after.receiveQueue &&
                     before.sendQueue == after.sendQueue && hasSameOwners(before, after));
            known.erase(it);
        }
        return left;
    }

    void pairByName(const std::vector<Index>& left, bool isSameBoot) {
        std::multimap<Name, Index> known;
        for (Index i = 0; i < m_before.rows.size(); ++i) {
            if (!m_isPaired[i])
                known.emplace(nameOf(m_before.rows[i]), i);
        }
        for (const Index i : left) {
            const SocketRow& after = m_after.rows[i];
            // With the cookies known only TIME_WAIT is another name of the socket that was there.
            const bool mayBeKnown = !isSameBoot || after.state == SocketState::TimeWait;
            const auto it = mayBeKnown ? known.find(nameOf(after)) : known.end();
            if (it == known.end()) {
                m_difference.opened.push_back(after);
                continue;
            }
            const SocketRow& before = m_before.rows[it->second];
            pair(it->second, after,
                 isNameless(after) ||
                     (before.state == after.state && commandsOf(before) == commandsOf(after)));
            known.erase(it);
        }
    }

    void pair(Index before, const SocketRow& after, bool isSame) {
        m_isPaired[before] = true;
        if (isSame)
            ++m_difference.same;
        else
            m_difference.changed.push_back({m_before.rows[before], after});
    }

    const TableSnapshot& m_before;
    const TableSnapshot& m_after;
    std::vector<bool> m_isPaired; // of before
    SnapshotDifference m_difference;
};

} // namespace

TableSnapshot takeSnapshot(std::vector<SocketRow> rows) {
    TableSnapshot snapshot{.time = std::chrono::system_clock::now(), .rows = std::move(rows)};
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0)
        snapshot.machine = name.data();
    std::ifstream("/proc/sys/kernel/random/boot_id") >> snapshot.boot;
    return snapshot;
}

SnapshotDifference compare(const TableSnapshot& before, const TableSnapshot& after) {
    return Comparison(before, after).compare();
}

} // namespace sscope
