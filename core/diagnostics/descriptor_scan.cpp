#include "core/diagnostics/descriptor_scan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/base/unique_fd.h"

namespace sscope {

namespace {

constexpr std::string_view socketPrefix = "socket:[";
// Processes with more descriptors are read in pieces, so that both threads have work.
constexpr std::size_t descriptorsPerPiece = 512;

std::optional<int> numberIn(std::string_view text) {
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// Calls visit for each entry of a directory whose name is a number.
template <typename Visit>
void eachNumber(DIR* directory, Visit&& visit) {
    while (const dirent* entry = ::readdir(directory)) {
        if (const auto number = numberIn(entry->d_name))
            visit(*number);
    }
}

/// The inode of the socket that a descriptor refers to; 0 where it refers to something else, and
/// nothing where that may not be read.
std::optional<std::uint32_t> socketInode(int directory, int fd) {
    std::array<char, 16> name{};
    std::to_chars(name.data(), name.data() + name.size() - 1, fd);
    std::array<char, 64> target;
    const ssize_t length = ::readlinkat(directory, name.data(), target.data(), target.size());
    if (length < 0 && errno != ENOENT && errno != ESRCH)
        return std::nullopt; // as root without CAP_SYS_PTRACE, in a container
    const std::string_view text(target.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    if (!text.starts_with(socketPrefix) || !text.ends_with(']'))
        return 0;
    std::uint32_t inode = 0;
    std::from_chars(text.data() + socketPrefix.size(), text.data() + text.size() - 1, inode);
    return inode;
}

/// The work of one scan: processes, and pieces of the large ones, taken by whoever is free.
class Scan {
public:
    Scan(const std::string& root, std::vector<int> pids, const HeldSockets& held,
         const std::unordered_set<std::uint32_t>& alive)
        : m_root(root), m_pids(std::move(pids)), m_held(held), m_alive(alive) {}

    std::vector<FoundSocket> run() {
        std::vector<FoundSocket> other;
        std::optional<std::thread> helper;
        try {
            helper.emplace([&] { work(other); });
        } catch (const std::system_error&) {
            // No thread to be had: this one does it all.
        }
        std::vector<FoundSocket> found;
        work(found);
        if (helper)
            helper->join();
        found.insert(found.end(), other.begin(), other.end());
        return found;
    }
    [[nodiscard]] std::size_t unreadable() const { return m_unreadable; }

private:
    struct Piece {
        std::shared_ptr<UniqueFd> directory;
        int pid = 0;
        const std::vector<HeldSocket>* held = nullptr; // of an earlier scan
        std::vector<int> descriptors;
    };

    void work(std::vector<FoundSocket>& found) {
        std::unique_lock lock(m_mutex);
        for (;;) {
            if (!m_pieces.empty()) {
                const Piece piece = std::move(m_pieces.front());
                m_pieces.pop_front();
                lock.unlock();
                readPiece(piece, found);
                lock.lock();
            } else if (m_nextPid < m_pids.size()) {
                const int pid = m_pids[m_nextPid++];
                ++m_listing;
                lock.unlock();
                listProcess(pid, found);
                lock.lock();
                if (--m_listing == 0)
                    m_changed.notify_all();
            } else if (m_listing > 0) {
                m_changed.wait(lock); // whoever lists may still leave pieces
            } else {
                return;
            }
        }
    }

    void listProcess(int pid, std::vector<FoundSocket>& found) {
        const std::string path = fmt::format("{}/{}/fd", m_root, pid);
        DIR* listing = ::opendir(path.c_str());
        if (!listing) {
            if (errno != ENOENT && errno != ESRCH)
                ++m_unreadable;
            return;
        }
        const auto directory =
            std::make_shared<UniqueFd>(::fcntl(::dirfd(listing), F_DUPFD_CLOEXEC, 0));
        const auto held = m_held.find(pid);
        const Piece empty{directory, pid, held == m_held.end() ? nullptr : &held->second, {}};
        Piece piece = empty;
        eachNumber(listing, [&](int fd) {
            piece.descriptors.push_back(fd);
            if (piece.descriptors.size() < descriptorsPerPiece)
                return;
            const std::lock_guard lock(m_mutex);
            m_pieces.push_back(std::exchange(piece, empty));
            m_changed.notify_one();
        });
        ::closedir(listing);
        readPiece(piece, found);
    }

    /// The inode of a socket that the descriptor had, where that still lives.
    [[nodiscard]] std::optional<std::uint32_t> heldBefore(const Piece& piece, int fd) const {
        if (!piece.held)
            return std::nullopt;
        const auto it = std::ranges::lower_bound(*piece.held, fd, {}, &HeldSocket::fd);
        const bool isHeld = it != piece.held->end() && it->fd == fd && m_alive.contains(it->inode);
        return isHeld ? std::optional(it->inode) : std::nullopt;
    }

    void readPiece(const Piece& piece, std::vector<FoundSocket>& found) {
        for (const int fd : piece.descriptors) {
            const auto known = heldBefore(piece, fd);
            const auto inode = known ? known : socketInode(piece.directory->get(), fd);
            if (!inode)
                ++m_unreadable;
            else if (*inode != 0)
                found.push_back({*inode, piece.pid, fd});
        }
    }

    const std::string& m_root;
    const std::vector<int> m_pids;
    const HeldSockets& m_held;
    const std::unordered_set<std::uint32_t>& m_alive;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Piece> m_pieces;
    std::size_t m_nextPid = 0;
    int m_listing = 0;
    std::atomic<std::size_t> m_unreadable = 0;
};

std::vector<int> listPids(const std::string& root) {
    std::vector<int> pids;
    if (DIR* directory = ::opendir(root.c_str())) {
        eachNumber(directory, [&](int pid) { pids.push_back(pid); });
        ::closedir(directory);
    }
    return pids;
}

} // namespace

DescriptorScan scanDescriptors(const std::string& root, const HeldSockets& held,
                               const std::unordered_set<std::uint32_t>& alive) {
    Scan scan(root, listPids(root), held, alive);
    std::vector<FoundSocket> found = scan.run();
    return {std::move(found), scan.unreadable()};
}

} // namespace sscope
