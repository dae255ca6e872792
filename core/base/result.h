#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace sscope {

/// A value, or why there is none: for all that the environment or a peer can cause.
template <typename T> using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;

} // namespace sscope
