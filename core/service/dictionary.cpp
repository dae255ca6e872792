#include "core/service/dictionary.h"

#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/strict_json.h"

namespace sscope {

const Dictionary& builtInDictionary() {
    static const Dictionary entries{
        {"morpheus", jsonString("Follow the white rabbit. \U0001F430")},
        {"ring", jsonString("In the caves beneath the Misty Mountains. \U0001F48D")},
        {"\U0001F436", jsonString("\U0001F43E Playing ball! \U0001F3D0")},
    };
    return entries;
}

Result<Dictionary> parseDictionary(std::string_view json) {
    std::vector<JsonMember> members;
    if (const auto fault = readJsonObject(json, members))
        return Failure(faultError(
            Fault::BadJson, "read", {},
            fmt::format("line {}, column {}: {}", fault->line, fault->column, fault->reason)));
    Dictionary entries;
    for (JsonMember& member : members)
        entries.emplace(std::move(member.key), member.kind == JsonMember::Kind::String
                                                   ? jsonString(member.value)
                                                   : std::move(member.value));
    return entries;
}

} // namespace sscope
