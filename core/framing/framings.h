#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/framing/codec.h"

namespace sscope {

/// The registry of framings: a new one is a codec and a line here.
struct Framing {
    std::string_view name;
    std::unique_ptr<Codec> (*make)(CodecRole role);
};

std::span<const Framing> framings();
const Framing* findFraming(std::string_view name);
/// What to say of a name that is none of them.
Error unknownFraming(std::string operation, const std::string& name);

} // namespace sscope
