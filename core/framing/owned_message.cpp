#include "core/framing/owned_message.h"

#include <cstring>

namespace sscope {

namespace {

// A message is pieces, each after its size: the content, then names and values of the header (a
// value after a byte that is 1 for a string), and an empty name.

void appendPiece(std::vector<std::byte>& target, ByteView piece) {
    const auto size = static_cast<std::uint32_t>(piece.size());
    const auto* const bytes = reinterpret_cast<const std::byte*>(&size);
    target.insert(target.end(), bytes, bytes + sizeof size);
    target.insert(target.end(), piece.begin(), piece.end());
}

std::optional<ByteView> takePiece(ByteView& bytes) {
    std::uint32_t size = 0;
    if (bytes.size() < sizeof size)
        return std::nullopt;
    std::memcpy(&size, bytes.data(), sizeof size);
    if (size > bytes.size() - sizeof size)
        return std::nullopt;
    const ByteView piece = bytes.subspan(sizeof size, size);
    bytes = bytes.subspan(sizeof size + size);
    return piece;
}

} // namespace

void appendTo(std::vector<std::byte>& target, const Message& message) {
    appendPiece(target, message.content);
    for (const HeaderField& field : message.header) {
        appendPiece(target, bytesOf(field.name));
        appendPiece(target, bytesOf((field.isString ? '\1' : '\0') + field.value));
    }
    appendPiece(target, {});
}

std::optional<OwnedMessage> takeMessage(ByteView& bytes) {
    const auto content = takePiece(bytes);
    if (!content)
        return std::nullopt;
    OwnedMessage message{.content = {content->begin(), content->end()}};
    for (;;) {
        const auto name = takePiece(bytes);
        if (name && name->empty())
            return message;
        const auto value = takePiece(bytes);
        if (!name || !value || value->empty())
            return std::nullopt;
        message.header.push_back({std::string(textOf(*name)),
                                  std::string(textOf(value->subspan(1))),
                                  value->front() == std::byte{1}});
    }
}

} // namespace sscope
