#include "ui/clients/row_content.h"

#include <algorithm>

#include "ui/clients/conversation_row.h"

namespace sscope {

std::uint64_t RowContent::available() const {
    const std::uint64_t kept = record ? std::min(record->kept(side), range.end) : 0;
    const bool isRecorded = kept > range.begin && record->begun(side) <= range.begin;
    const std::uint64_t recorded = isRecorded ? kept - range.begin : 0;
    return std::max<std::uint64_t>(recorded, std::min<std::uint64_t>(head->size(), size()));
}

Result<std::size_t> RowContent::read(std::uint64_t offset, std::span<std::byte> room) const {
    const std::uint64_t all = available();
    const std::uint64_t left = all > offset ? all - offset : 0;
    room = room.first(static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), left)));
    if (offset + room.size() > head->size() && record)
        return record->read(side, range.begin + offset, room);
    std::ranges::copy(bytesOf(*head).subspan(static_cast<std::size_t>(offset), room.size()),
                      room.begin());
    return room.size();
}

Result<std::string> RowContent::first(std::uint64_t most) const {
    std::string bytes(static_cast<std::size_t>(std::min(available(), most)), '\0');
    const auto count = read(0, std::as_writable_bytes(std::span(bytes.data(), bytes.size())));
    if (!count)
        return Failure(count.error());
    bytes.resize(*count);
    return bytes;
}

Result<std::size_t> RowContentSource::read(std::span<std::byte> room) {
    auto count = m_content.read(m_done, room);
    m_done += count.value_or(0);
    return count;
}

RowContent contentOfBytes(std::string bytes) {
    RowContent content;
    content.range = {0, bytes.size()};
    content.head = std::make_shared<const std::string>(std::move(bytes));
    return content;
}

RowContent contentOfRow(const ConversationRow& row, std::shared_ptr<ConversationRecord> record) {
    const std::uint64_t begin = row.begin + row.prefixBytes + row.headerBytes;
    const bool isSent = row.kind == ConversationRow::Kind::Sent;
    return {std::move(record),
            isSent ? RecordSide::Sent : RecordSide::Received,
            {begin, begin + row.bytes},
            std::make_shared<const std::string>(row.head)};
}

} // namespace sscope
