#include "core/storage/conversation_record.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <thread>
#include <utility>

#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/storage/nameless_file.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t chunkSize = 256 << 10;
constexpr std::size_t mostSpare = 4;
// What comes within so long is written together.
constexpr auto collectFor = 10ms;
// The disk's room is looked at once for so many bytes.
constexpr std::uint64_t checkEvery = 16 << 20;
constexpr std::size_t mostUnsent = 100'000;

} // namespace

/// Records that have bytes to write, and the thread that fetches them. Shared by the writer and
/// its records.
class RecordQueue {
public:
    RecordQueue() : m_thread([this] { run(); }) {}

    void push(std::shared_ptr<ConversationRecord> record) {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping)
            return;
        m_records.push_back(std::move(record));
        m_wake.notify_one();
    }
    void close(UniqueFd fd) {
        const std::lock_guard lock(m_mutex);
        m_closing.push_back(std::move(fd));
        m_wake.notify_one();
    }
    void stopAndJoin() {
        {
            const std::lock_guard lock(m_mutex);
            m_isStopping = true;
            m_wake.notify_one();
        }
        m_thread.join();
    }

private:
    void run() {
        ::prctl(PR_SET_NAME, "records");
        std::unique_lock lock(m_mutex);
        while (!m_isStopping) {
            m_wake.wait(
                lock, [this] { return m_isStopping || !m_records.empty() || !m_closing.empty(); });
            m_wake.wait_for(lock, collectFor, [this] { return m_isStopping; });
            auto fetched = std::exchange(m_records, {});
            auto closing = std::exchange(m_closing, {});
            lock.unlock();
            for (const auto& record : fetched)
                record->flush();
            // Outside the lock: the last owner of a record comes back with its files.
            fetched.clear();
            closing.clear();
            lock.lock();
        }
        const auto left = std::exchange(m_records, {});
        lock.unlock();
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<std::shared_ptr<ConversationRecord>> m_records;
    std::vector<UniqueFd> m_closing;
    bool m_isStopping = false;
    std::thread m_thread;
};

ConversationRecord::ConversationRecord(std::shared_ptr<RecordQueue> queue,
                                       std::vector<std::string> folders, const RecordLimits& limits)
    : m_queue(std::move(queue)), m_folders(std::move(folders)), m_limits(limits) {}

/// To close a large file without a name is to free it, which takes time.
ConversationRecord::~ConversationRecord() {
    for (Side& side : m_sides) {
        if (side.fd.isOpen())
            m_queue->close(std::move(side.fd));
    }
}

void ConversationRecord::begin(std::uint64_t received, std::uint64_t sent) {
    const std::lock_guard lock(m_mutex);
    m_isBegun = true;
    const auto start = [](Side& side, std::uint64_t at) {
        side.begin = side.passed = side.accepted = side.written = at;
    };
    start(at(RecordSide::Received), received);
    start(at(RecordSide::Sent), sent);
}

bool ConversationRecord::isBegun() const {
    const std::lock_guard lock(m_mutex);
    return m_isBegun;
}

std::uint64_t ConversationRecord::begun(RecordSide side) const {
    const std::lock_guard lock(m_mutex);
    return at(side).begin;
}

void ConversationRecord::append(RecordSide side, ByteView bytes) {
    bool mustQueue = false;
    bool isTooSlow = false;
    {
        const std::lock_guard lock(m_mutex);
        at(side).passed += bytes.size();
        if (m_stop || bytes.empty())
            return;
        isTooSlow = m_waitingBytes + bytes.size() > m_limits.waiting && m_waitingBytes > 0;
        if (!isTooSlow) {
            take(at(side), bytes);
            mustQueue = !std::exchange(m_isQueued, true);
        }
    }
    if (isTooSlow)
        stop(faultError(Fault::DiskTooSlow, "record", {}), false);
    else if (mustQueue)
        m_queue->push(shared_from_this());
}

/// Copies into pieces of one size, so that no copy grows with what waits.
void ConversationRecord::take(Side& side, ByteView bytes) {
    m_waitingBytes += bytes.size();
    side.accepted += bytes.size();
    while (!bytes.empty()) {
        if (side.waiting.empty() || side.waiting.back().size() == chunkSize) {
            if (m_spare.empty()) {
                side.waiting.emplace_back().reserve(chunkSize);
            } else {
                side.waiting.push_back(std::move(m_spare.back()));
                m_spare.pop_back();
            }
        }
        Chunk& last = side.waiting.back();
        const std::size_t count = std::min(bytes.size(), chunkSize - last.size());
        last.insert(last.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
    }
}

void ConversationRecord::notSent(std::size_t bytes) {
    const std::lock_guard lock(m_mutex);
    const std::uint64_t end = at(RecordSide::Sent).passed;
    const RecordRange range{end - bytes, end};
    if (!m_unsent.empty() && m_unsent.back().end == range.begin)
        m_unsent.back().end = range.end;
    else if (bytes > 0 && m_unsent.size() < mostUnsent)
        m_unsent.push_back(range);
}

std::uint64_t ConversationRecord::passed(RecordSide side) const {
    const std::lock_guard lock(m_mutex);
    return at(side).passed;
}

std::uint64_t ConversationRecord::kept(RecordSide side) const {
    const std::lock_guard lock(m_mutex);
    return at(side).accepted;
}

std::optional<Error> ConversationRecord::stopReason() const {
    const std::lock_guard lock(m_mutex);
    return m_stop;
}

std::vector<RecordRange> ConversationRecord::unsentRanges() const {
    const std::lock_guard lock(m_mutex);
    return m_unsent;
}

Result<void> ConversationRecord::open(Side& side) {
    auto file = openNamelessFile(m_folders);
    if (!file)
        return Failure(std::move(file.error()));
    side.fd = std::move(*file);
    return {};
}

Result<void> ConversationRecord::checkRoom(int fd) {
    struct statvfs disk {};
    if (::fstatvfs(fd, &disk) == 0 && disk.f_bavail * disk.f_frsize < m_limits.reserve)
        return Failure(systemError(ENOSPC, "write"));
    return {};
}

Result<void> ConversationRecord::write(Side& side, ByteView bytes) {
    if (!side.fd.isOpen() || std::exchange(m_unchecked, m_unchecked + bytes.size()) > checkEvery) {
        if (auto opened = side.fd.isOpen() ? Result<void>() : open(side); !opened)
            return opened;
        m_unchecked = 0;
        if (auto room = checkRoom(side.fd.get()); !room)
            return room;
    }
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(side.fd.get(), bytes.data(), bytes.size(),
                                       static_cast<off_t>(side.written - side.begin));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return Failure(systemError(errno, "write"));
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        const std::lock_guard lock(m_mutex);
        side.written += static_cast<std::uint64_t>(count);
        m_waitingBytes -= static_cast<std::size_t>(count);
    }
    return {};
}

/// False where the record has stopped.
bool ConversationRecord::flushSide(Side& side) {
    std::vector<Chunk> chunks;
    {
        const std::lock_guard lock(m_mutex);
        chunks = std::exchange(side.waiting, {});
    }
    for (Chunk& chunk : chunks) {
        if (auto written = write(side, chunk); !written) {
            stop(std::move(written.error()), true);
            return false;
        }
        chunk.clear();
        const std::lock_guard lock(m_mutex);
        if (m_spare.size() < mostSpare)
            m_spare.push_back(std::move(chunk));
    }
    return true;
}

void ConversationRecord::flush() {
    const std::lock_guard files(m_fileMutex);
    flushAll();
}

void ConversationRecord::flushAll() {
    {
        const std::lock_guard lock(m_mutex);
        m_isQueued = false;
    }
    for (Side& side : m_sides) {
        if (!flushSide(side))
            return;
    }
}

/// What had been handed over is written still, where the disk was only slow.
void ConversationRecord::stop(Error why, bool isLost) {
    std::function<void()> stopped;
    {
        const std::lock_guard lock(m_mutex);
        if (isLost) {
            for (Side& side : m_sides) {
                side.waiting.clear();
                side.accepted = side.written;
            }
            m_waitingBytes = 0;
        }
        if (m_stop)
            return;
        m_stop = std::move(why);
        stopped = m_stopped;
    }
    if (stopped)
        stopped();
}

void ConversationRecord::setStopped(std::function<void()> stopped) {
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = stopped;
        if (!m_stop)
            return;
    }
    stopped();
}

Result<std::size_t> ConversationRecord::read(RecordSide which, std::uint64_t offset,
                                             std::span<std::byte> room) {
    const std::lock_guard files(m_fileMutex);
    flushAll();
    const Side& side = at(which);
    const bool isKept = offset >= side.begin && offset < side.written;
    const std::uint64_t left = isKept ? side.written - offset : 0;
    room = room.first(static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), left)));
    std::size_t done = 0;
    while (done < room.size()) {
        const ssize_t count = ::pread(side.fd.get(), room.data() + done, room.size() - done,
                                      static_cast<off_t>(offset - side.begin + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return Failure(systemError(errno, "read"));
        if (count == 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

RecordWriter::RecordWriter(std::vector<std::string> folders, const RecordLimits& limits)
    : m_folders(std::move(folders)), m_limits(limits), m_queue(std::make_shared<RecordQueue>()) {}

RecordWriter::~RecordWriter() {
    m_queue->stopAndJoin();
}

RecordMaker RecordWriter::maker() const {
    return [queue = m_queue, folders = m_folders, limits = m_limits] {
        return std::make_shared<ConversationRecord>(queue, folders, limits);
    };
}

} // namespace sscope
