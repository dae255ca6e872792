#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/storage/nameless_file.h"
#include "core/trace/byte_tee.h"

namespace sscope {

class RecordQueue;

enum class RecordSide : std::uint8_t { Received, Sent };

/// A stretch of one direction, by plain offsets.
struct RecordRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    bool operator==(const RecordRange&) const = default;
};

struct RecordLimits {
    // Bytes that may wait for the disk; where more come, the record stops, and nothing else does.
    std::size_t waiting = 64 << 20;
    // Bytes that a record leaves free on the disk, for everybody else.
    std::uint64_t reserve = 512ULL << 20;
};

/// All that one connection has moved, byte for byte, in an unlinked file for each direction. The
/// connection's loop hands bytes over and never waits; a RecordWriter writes them. Made by one,
/// shared by the connection and whoever reads; the files go with the last of them.
class ConversationRecord final : public ByteTee,
                                 public std::enable_shared_from_this<ConversationRecord> {
public:
    ConversationRecord(std::shared_ptr<RecordQueue> queue, std::vector<std::string> folders,
                       const RecordLimits& limits);
    ~ConversationRecord() override;

    void begin(std::uint64_t received, std::uint64_t sent) override;
    void received(ByteView plain) override { append(RecordSide::Received, plain); }
    void sent(ByteView plain) override { append(RecordSide::Sent, plain); }
    void notSent(std::size_t bytes) override;

    /// Called once, on any thread, when the record stops; at once where it has stopped.
    void setStopped(std::function<void()> stopped);

    /// The connection hands its bytes over. Any thread, as those that follow.
    [[nodiscard]] bool isBegun() const;
    /// Bytes that had passed before the record began.
    [[nodiscard]] std::uint64_t begun(RecordSide side) const;
    /// Bytes that have passed, and how many of these, from where it began on, are kept.
    [[nodiscard]] std::uint64_t passed(RecordSide side) const;
    [[nodiscard]] std::uint64_t kept(RecordSide side) const;
    /// Why no more is kept: ENOSPC, another errno of write(2) or open(2), or DiskTooSlow.
    [[nodiscard]] std::optional<Error> stopReason() const;
    /// Datagrams that are in the record of what was sent, but did not go out; oldest first.
    [[nodiscard]] std::vector<RecordRange> unsentRanges() const;

    /// Fills room with what is kept from an offset on; fewer bytes at the end of it. Blocks on the
    /// disk. Any thread but the connection's.
    Result<std::size_t> read(RecordSide side, std::uint64_t offset, std::span<std::byte> room);
    /// Writes what waits. Blocks on the disk.
    void flush();

private:
    using Chunk = std::vector<std::byte>;
    struct Side {
        UniqueFd fd; // with m_fileMutex; read once it is open, which it stays
        std::vector<Chunk> waiting;
        std::uint64_t begin = 0; // where the file's first byte stands in the stream
        std::uint64_t passed = 0;
        std::uint64_t accepted = 0; // handed over
        std::uint64_t written = 0;
    };

    void append(RecordSide side, ByteView bytes);
    void take(Side& side, ByteView bytes);
    Result<void> open(Side& side);
    Result<void> write(Side& side, ByteView bytes);
    Result<void> checkRoom(int fd);
    bool flushSide(Side& side);
    void flushAll();
    void stop(Error why, bool isLost);
    Side& at(RecordSide side) { return m_sides[static_cast<std::size_t>(side)]; }
    [[nodiscard]] const Side& at(RecordSide side) const {
        return m_sides[static_cast<std::size_t>(side)];
    }

    const std::shared_ptr<RecordQueue> m_queue;
    const std::vector<std::string> m_folders;
    const RecordLimits m_limits;

    std::mutex m_fileMutex;        // taken before m_mutex, never after it
    std::uint64_t m_unchecked = 0; // bytes written since the disk's room was looked at
    mutable std::mutex m_mutex;
    std::array<Side, 2> m_sides;
    std::vector<Chunk> m_spare;
    std::size_t m_waitingBytes = 0;
    bool m_isBegun = false;
    bool m_isQueued = false;
    std::optional<Error> m_stop;
    std::function<void()> m_stopped;
    std::vector<RecordRange> m_unsent;
};

/// Makes records on any thread, also once their writer is gone.
using RecordMaker = std::function<std::shared_ptr<ConversationRecord>()>;

/// The thread that writes the records of all connections of a window. Owned by whoever makes
/// records; used on one thread. Records may outlive it, and keep no more then.
class RecordWriter {
public:
    /// Folders are tried in turn; the first is made where it is missing.
    explicit RecordWriter(std::vector<std::string> folders = spaciousFolders(),
                          const RecordLimits& limits = {});
    RecordWriter(const RecordWriter&) = delete;
    RecordWriter& operator=(const RecordWriter&) = delete;
    ~RecordWriter();

    [[nodiscard]] std::shared_ptr<ConversationRecord> make() const { return maker()(); }
    /// For whoever makes records on another thread.
    [[nodiscard]] RecordMaker maker() const;

private:
    const std::vector<std::string> m_folders;
    const RecordLimits m_limits;
    std::shared_ptr<RecordQueue> m_queue;
};

} // namespace sscope
