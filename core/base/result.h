#pragma once

#include <tl/expected.hpp>

#include "core/base/error.h"

namespace sscope {

/// A value, or why there is none: for all that the environment or a peer can cause.
template <typename T>
using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;

} // namespace sscope
