#pragma once

#include <memory>
#include <string>

#include "core/base/byte_source.h"
#include "core/storage/conversation_record.h"

namespace sscope {

struct ConversationRow;

/// Where the bytes of a row's payload are: in the record of its connection, or else what the log
/// has kept of them. A value that goes to a worker thread, because reading waits for the disk.
struct RowContent {
    std::shared_ptr<ConversationRecord> record; // null where there is none
    RecordSide side = RecordSide::Received;
    RecordRange range;                       // of the payload, a message's content
    std::shared_ptr<const std::string> head; // the first bytes; never null

    [[nodiscard]] std::uint64_t size() const { return range.end - range.begin; }
    /// Bytes from the beginning on that can be read. Any thread.
    [[nodiscard]] std::uint64_t available() const;
    [[nodiscard]] bool isWhole() const { return available() == size(); }
    /// Fills room from an offset in the payload on; fewer bytes at the end. Blocks on the disk.
    Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> room) const;
    /// The first bytes, at most so many. Blocks on the disk.
    [[nodiscard]] Result<std::string> first(std::uint64_t most) const;
};

/// The same as bytes to be pulled.
class RowContentSource final : public ByteSource {
public:
    explicit RowContentSource(RowContent content) : m_content(std::move(content)) {}
    Result<std::size_t> read(std::span<std::byte> room) override;
    [[nodiscard]] std::uint64_t size() const override { return m_content.available(); }

private:
    const RowContent m_content;
    std::uint64_t m_done = 0;
};

/// Bytes in memory.
RowContent contentOfBytes(std::string bytes);
RowContent contentOfRow(const ConversationRow& row, std::shared_ptr<ConversationRecord> record);

} // namespace sscope
