#pragma once

#include <memory>
#include <vector>

#include "core/base/byte_source.h"
#include "core/storage/conversation_record.h"

namespace sscope {

/// What a record has kept of a stretch of one direction. Blocks on the disk.
class RecordSource final : public ByteSource {
public:
    /// Leaves out datagrams that did not go out, but of a range that is one of them or in it.
    RecordSource(std::shared_ptr<ConversationRecord> record, RecordSide side, RecordRange range);

    Result<std::size_t> read(std::span<std::byte> room) override;
    [[nodiscard]] std::uint64_t size() const override { return m_size; }

private:
    const std::shared_ptr<ConversationRecord> m_record;
    const RecordSide m_side;
    std::vector<RecordRange> m_left; // latest first
    std::uint64_t m_size = 0;
};

} // namespace sscope
