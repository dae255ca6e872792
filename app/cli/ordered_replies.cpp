#include "app/cli/ordered_replies.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <sys/statvfs.h>
#include <unistd.h>

#include "app/cli/error_line.h"
#include "core/storage/nameless_file.h"

namespace sscope::cli {

namespace {

constexpr std::size_t mostInMemory = 16 << 20;
constexpr std::size_t pieceSize = 1 << 18;
// What is left free on the disk, for everybody else.
constexpr std::uint64_t reserve = 512 << 20;
const char* const subject = "the replies that wait for their turn";

bool hasRoom(int file) {
    struct statvfs disk {};
    return ::fstatvfs(file, &disk) != 0 || disk.f_bavail * disk.f_frsize >= reserve;
}

} // namespace

void OrderedReplies::write(std::uint32_t connection, std::string_view text) {
    if (connection == m_turn) {
        m_output.write(text);
        return;
    }
    if (m_failed)
        return;
    m_waiting[connection].text += text;
    m_inMemory += text.size();
    while (m_inMemory > mostInMemory && !m_failed)
        spillLargest();
}

void OrderedReplies::end(std::uint32_t connection) {
    m_waiting[connection].isOver = true;
    for (auto it = m_waiting.find(m_turn); it != m_waiting.end(); it = m_waiting.find(m_turn)) {
        writeOut(it->second);
        if (!it->second.isOver)
            return;
        m_waiting.erase(it);
        ++m_turn;
    }
}

/// The largest, so that the pieces of the file do not become too many to be remembered.
void OrderedReplies::spillLargest() {
    const auto largest = std::ranges::max_element(
        m_waiting, {}, [](const auto& entry) { return entry.second.text.size(); });
    check(spill(largest->second));
}

Result<void> OrderedReplies::spill(Waiting& waiting) {
    if (!m_file.isOpen()) {
        auto file = openNamelessFile(spaciousFolders());
        if (!file)
            return Failure(std::move(file.error()));
        m_file = std::move(*file);
    }
    if (!hasRoom(m_file.get()))
        return Failure(systemError(ENOSPC, "write", subject));
    const std::string text = std::exchange(waiting.text, {});
    m_inMemory -= text.size();
    std::string_view left = text;
    while (!left.empty()) {
        const auto at = static_cast<off_t>(m_fileEnd + text.size() - left.size());
        const ssize_t count = ::pwrite(m_file.get(), left.data(), left.size(), at);
        if (count < 0 && errno != EINTR)
            return Failure(systemError(errno, "write", subject));
        left.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    waiting.stretches.push_back({m_fileEnd, m_fileEnd + text.size()});
    m_fileEnd += text.size();
    m_inFile += text.size();
    return {};
}

void OrderedReplies::writeOut(Waiting& waiting) {
    for (const Stretch& stretch : std::exchange(waiting.stretches, {})) {
        if (!m_failed)
            check(copyOut(stretch));
        m_inFile -= stretch.end - stretch.begin;
    }
    if (m_inFile == 0 && std::exchange(m_fileEnd, 0) > 0)
        (void)::ftruncate(m_file.get(), 0); // or the disk has less room until the end
    m_inMemory -= waiting.text.size();
    m_output.write(std::exchange(waiting.text, {}));
}

Result<void> OrderedReplies::copyOut(Stretch stretch) {
    std::string piece(pieceSize, '\0');
    while (stretch.begin < stretch.end && !m_output.isClosed()) {
        const std::size_t most = std::min<std::uint64_t>(pieceSize, stretch.end - stretch.begin);
        const ssize_t count =
            ::pread(m_file.get(), piece.data(), most, static_cast<off_t>(stretch.begin));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return Failure(systemError(count < 0 ? errno : EIO, "read", subject));
        m_output.write(std::string_view(piece).substr(0, static_cast<std::size_t>(count)));
        stretch.begin += static_cast<std::uint64_t>(count);
    }
    return {};
}

void OrderedReplies::check(const Result<void>& result) {
    if (!result && !std::exchange(m_failed, true))
        printError(result.error());
}

} // namespace sscope::cli
