#include "core/framing/message_header.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "core/base/strict_json.h"
#include "core/base/utf8.h"

namespace sscope::message_header {

namespace {

using Kind = JsonMember::Kind;

/// What a peer has sent, for a reason; long values are cut.
std::string shown(const JsonMember& member) {
    constexpr std::size_t most = 64;
    const std::string text = member.kind == Kind::String ? jsonString(member.value) : member.value;
    return text.size() <= most ? text : std::string(utf8Prefix(text, most)) + "...";
}

std::optional<std::string> checkStrings(const std::vector<JsonMember>& members) {
    for (const std::string_view key : {byteOrder, contentType, contentEncoding, contentLength}) {
        const JsonMember* const member = findMember(members, key);
        if (!member)
            return fmt::format("the header lacks {}", key);
        if (key != contentLength && member->kind != Kind::String)
            return fmt::format("the header's {} is {}, which is not a string", key, shown(*member));
    }
    const JsonMember& order = *findMember(members, byteOrder);
    if (order.value != "little" && order.value != "big")
        return fmt::format("the header's byteorder is {}, not \"little\" or \"big\"", shown(order));
    return std::nullopt;
}

} // namespace

std::optional<std::string> read(std::string_view text, std::size_t maxContent,
                                std::vector<HeaderField>& fields, std::uint64_t& length) {
    std::vector<JsonMember> members;
    if (const auto fault = readJsonObject(text, members))
        return fmt::format("the header is refused at byte {}: {}", fault->position, fault->reason);
    if (auto reason = checkStrings(members))
        return reason;
    const JsonMember& size = *findMember(members, contentLength);
    if (size.kind != Kind::Unsigned)
        return fmt::format(
            "the header's content-length is {}, which is not an integer from 0 to {}", shown(size),
            maxContent);
    if (size.number > maxContent)
        return fmt::format("the header's content-length of {} is over the limit of {} bytes",
                           size.number, maxContent);
    length = size.number;
    fields.clear();
    for (JsonMember& member : members)
        fields.push_back(
            {std::move(member.key), std::move(member.value), member.kind == Kind::String});
    return std::nullopt;
}

std::string write(std::span<const HeaderField> fields, std::uint64_t length) {
    constexpr bool isLittle = std::endian::native == std::endian::little;
    const auto text = [&](std::string_view name, std::string_view otherwise) {
        const auto it = std::ranges::find(fields, name, &HeaderField::name);
        return jsonString(it == fields.end() ? otherwise : std::string_view(it->value));
    };
    std::string header = fmt::format(
        R"({{"byteorder": "{}", "content-type": {}, "content-encoding": {}, "content-length": {})",
        isLittle ? "little" : "big", text(contentType, "text/plain"),
        text(contentEncoding, "utf-8"), length);
    constexpr std::array own{byteOrder, contentType, contentEncoding, contentLength};
    for (const HeaderField& field : fields) {
        if (std::ranges::find(own, field.name) == own.end())
            header += fmt::format(", {}: {}", jsonString(field.name),
                                  field.isString ? jsonString(field.value) : field.value);
    }
    return header + "}";
}

} // namespace sscope::message_header
