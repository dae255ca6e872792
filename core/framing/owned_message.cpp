#include "core/framing/owned_message.h"

#include <cstring>

namespace sscope {

namespace {

// A message is pieces, each after its size: the content, and for each field of the header its name
// and its value (after a byte that is 1 for a string). Their number stands before the content.

template <typename T>
void appendNumber(std::vector<std::byte>& target, T number) {
    const auto* const bytes = reinterpret_cast<const std::byte*>(&number);
    target.insert(target.end(), bytes, bytes + sizeof number);
}

template <typename T>
std::optional<T> takeNumber(ByteView& bytes) {
    T number{};
    if (bytes.size() < sizeof number)
        return std::nullopt;
    std::memcpy(&number, bytes.data(), sizeof number);
    bytes = bytes.subspan(sizeof number);
    return number;
}

void appendPiece(std::vector<std::byte>& target, ByteView piece) {
    appendNumber(target, std::uint64_t{piece.size()});
    target.insert(target.end(), piece.begin(), piece.end());
}

std::optional<ByteView> takePiece(ByteView& bytes) {
    const auto size = takeNumber<std::uint64_t>(bytes);
    if (!size || *size > bytes.size())
        return std::nullopt;
    const ByteView piece = bytes.first(static_cast<std::size_t>(*size));
    bytes = bytes.subspan(piece.size());
    return piece;
}

} // namespace

void appendTo(std::vector<std::byte>& target, const Message& message) {
    appendNumber(target, std::uint64_t{message.header.size()});
    appendPiece(target, message.content);
    for (const HeaderField& field : message.header) {
        appendPiece(target, bytesOf(field.name));
        appendPiece(target, bytesOf((field.isString ? '\1' : '\0') + field.value));
    }
}

std::optional<OwnedMessage> takeMessage(ByteView& bytes) {
    const auto fields = takeNumber<std::uint64_t>(bytes);
    const auto content = fields ? takePiece(bytes) : std::nullopt;
    if (!content)
        return std::nullopt;
    OwnedMessage message{.content = {content->begin(), content->end()}};
    while (message.header.size() < *fields) {
        const auto name = takePiece(bytes);
        const auto value = takePiece(bytes);
        if (!name || !value || value->empty())
            return std::nullopt;
        message.header.push_back({std::string(textOf(*name)),
                                  std::string(textOf(value->subspan(1))),
                                  value->front() == std::byte{1}});
    }
    return message;
}

} // namespace sscope
