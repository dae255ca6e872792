#include "core/diagnostics/proc_owners.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sscope {

namespace {

// A process with fewer is read anew each time, for that is cheap, and a server that forks uses its
// descriptors again while its children hold the sockets that they referred to.
constexpr std::size_t fewestKept = 512;

} // namespace

ProcOwners::ProcOwners(std::string root) : m_root(std::move(root)), m_processes(m_root) {}

void ProcOwners::scan() {
    m_processes.begin(true);
    take(scanDescriptors(m_root));
}

void ProcOwners::scanForNew(const std::unordered_set<std::uint32_t>& alive) {
    m_processes.begin(false);
    std::erase_if(m_held, [&](const auto& entry) { // its pid is another process's now
        const auto started = m_started.find(entry.first);
        return started == m_started.end() ||
               started->second != m_processes.find(entry.first)->startTime;
    });
    take(scanDescriptors(m_root, m_held, alive));
}

void ProcOwners::take(DescriptorScan scan) {
    std::ranges::sort(scan.found, {}, [](const FoundSocket& entry) {
        return std::tuple(entry.inode, entry.pid, entry.fd);
    });
    m_unreadable = scan.unreadable;
    m_owners.clear();
    m_owners.reserve(scan.found.size());
    m_held.clear();
    for (const FoundSocket& entry : scan.found) {
        m_owners[entry.inode].push_back({m_processes.find(entry.pid), entry.fd});
        m_held[entry.pid].push_back({entry.fd, entry.inode});
    }
    std::erase_if(m_held, [](const auto& entry) { return entry.second.size() < fewestKept; });
    m_started.clear();
    for (auto& [pid, sockets] : m_held) {
        std::ranges::sort(sockets, {}, &HeldSocket::fd);
        m_started[pid] = m_processes.find(pid)->startTime;
    }
    m_processes.end();
}

const std::vector<SocketOwner>& ProcOwners::ownersOf(std::uint32_t inode) const {
    static const std::vector<SocketOwner> none;
    const auto it = m_owners.find(inode);
    return it == m_owners.end() ? none : it->second;
}

} // namespace sscope
