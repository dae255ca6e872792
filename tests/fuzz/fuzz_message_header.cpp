// Invariant: a header that is taken is JSON to the library too, has what the protocol asks for, and
// reads back as it is written; a refused one has a reason that can be shown.

#include <nlohmann/json.hpp>

#include "core/base/strict_json.h"
#include "core/base/utf8.h"
#include "core/framing/message_header.h"
#include "tests/fuzz/codec_fuzz.h"

using namespace sscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using fuzz::require;
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<HeaderField> fields;
    std::uint64_t length = 0;
    const auto reason = message_header::read(text, 1000, fields, length);
    const auto fault = findJsonFault(text);
    if (fault)
        require(reason.has_value() && fault->position <= size && fault->line > 0);
    if (reason) {
        require(!reason->empty() && isUtf8(*reason));
        return 0;
    }
    const auto json = nlohmann::json::parse(text, nullptr, false);
    require(json.is_object() && json.size() == fields.size() && length <= 1000);
    require(json["content-length"].get<std::uint64_t>() == length);
    std::vector<HeaderField> again;
    std::uint64_t sameLength = 0;
    require(!message_header::read(message_header::write(fields, length), 1000, again, sameLength));
    require(sameLength == length && again.size() == fields.size());
    require(fieldValue(again, "content-type") == fieldValue(fields, "content-type"));
    return 0;
}
