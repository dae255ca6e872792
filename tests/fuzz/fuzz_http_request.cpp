// Invariant: how a request is cut into receives changes neither its outcome nor where it is
// decided, and the reader's memory is bounded by the limit of the head.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/base/bytes.h"
#include "core/service/http_request_reader.h"

using namespace sscope;

namespace {

// Small, so that inputs of the usual size reach them.
constexpr HttpRequestReader::Limits limits{.head = 512, .body = 256};
// A line's memory grows by doubling.
constexpr std::size_t mostMemory = 2 * limits.head;

using Stage = HttpRequestReader::Stage;

/// Cuts the input into pieces of the lengths that cuts says, over and over.
HttpRequestReader read(ByteView input, ByteView cuts) {
    HttpRequestReader reader(limits);
    for (std::size_t turn = 0; !input.empty(); ++turn) {
        const auto cut = std::to_integer<std::size_t>(cuts[turn % cuts.size()]);
        const std::size_t size = std::clamp<std::size_t>(cut, 1, input.size());
        reader.receive(input.first(size));
        input = input.subspan(size);
        if (reader.memory() > mostMemory)
            std::abort();
    }
    return reader;
}

void checkOutcome(const HttpRequestReader& reader, std::size_t size) {
    const bool isRefused = reader.stage() == Stage::Refused;
    if (isRefused != (reader.refusal().status >= 400) ||
        isRefused == reader.refusal().reason.empty())
        std::abort();
    if (reader.taken() > std::min<std::uint64_t>(size, limits.head + limits.body))
        std::abort();
    const bool isUnderWay = reader.stage() == Stage::Head || reader.stage() == Stage::Body;
    if ((isUnderWay && reader.taken() != size) || (reader.stage() == Stage::Empty) != (size == 0))
        std::abort();
}

bool areEqual(const HttpRequestReader& a, const HttpRequestReader& b) {
    return a.stage() == b.stage() && a.taken() == b.taken() &&
           a.refusal().status == b.refusal().status && a.refusal().reason == b.refusal().reason &&
           a.isHeadMethod() == b.isHeadMethod() && a.expectsContinue() == b.expectsContinue();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::byte one{1};
    const ByteView input = std::as_bytes(std::span(data, size));
    HttpRequestReader whole(limits);
    whole.receive(input);
    checkOutcome(whole, size);
    if (!areEqual(whole, read(input, {&one, 1})) ||
        (size > 0 && !areEqual(whole, read(input, input))))
        std::abort();
    return 0;
}
