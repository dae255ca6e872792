#include "core/framing/framings.h"

#include <algorithm>
#include <array>

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

} // namespace sscope
