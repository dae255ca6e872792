#pragma once

#include <string_view>

#include <tl/expected.hpp>

#include "core/diagnostics/filter_fault.h"
#include "core/diagnostics/filter_terms.h"

namespace sscope {

// More than this is no filter that a person has typed; it keeps the work for a row bounded.
inline constexpr std::size_t mostFilterBytes = 4096;
inline constexpr std::size_t mostFilterTerms = 256;
inline constexpr unsigned mostFilterDepth = 64; // parentheses

/// No nodes where the text has no term.
tl::expected<FilterProgram, FilterFault> parseFilter(std::string_view text);

} // namespace sscope
