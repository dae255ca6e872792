#include "core/framing/framings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/framing/raw_codec.h"

namespace sscope {

namespace {

template <typename T>
std::unique_ptr<Codec> make(CodecRole) {
    return std::make_unique<T>();
}

constexpr std::array known{
    Framing{"raw", &make<RawCodec>},
};

} // namespace

std::span<const Framing> framings() {
    return known;
}

const Framing* findFraming(std::string_view name) {
    const auto it = std::ranges::find(known, name, &Framing::name);
    return it == known.end() ? nullptr : &*it;
}

Error unknownFraming(std::string operation, const std::string& name) {
    Error error = faultError(Fault::UnknownName, std::move(operation), "--framing", name);
    error.hint.kind = Hint::Kind::Offered;
    for (const Framing& framing : framings())
        error.hint.text += (error.hint.text.empty() ? "" : ", ") + std::string(framing.name);
    return error;
}

} // namespace sscope
