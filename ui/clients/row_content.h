#pragma once

#include <memory>
#include <string>

#include "core/storage/conversation_record.h"

namespace sscope {

struct ConversationRow;

/// Where the bytes of a row's payload are: in the record of its connection, or else what the log
/// has kept of them. A value that goes to a worker thread, because reading waits for the disk.
struct RowContent {
    std::shared_ptr<ConversationRecord> record; // null where there is none
    RecordSide side = RecordSide::Received;
    RecordRange range; // of the payload, a message's content
    std::string head;

    [[nodiscard]] std::uint64_t size() const { return range.end - range.begin; }
    /// Bytes from the beginning on that can be read. Any thread.
    [[nodiscard]] std::uint64_t available() const;
    [[nodiscard]] bool isWhole() const { return available() == size(); }
    /// Fills room from an offset in the payload on; fewer bytes at the end. Blocks on the disk.
    Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> room) const;
    /// The first bytes, at most so many. Blocks on the disk.
    [[nodiscard]] Result<std::string> first(std::uint64_t most) const;
};

RowContent contentOfRow(const ConversationRow& row, std::shared_ptr<ConversationRecord> record);

} // namespace sscope
