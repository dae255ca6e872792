#pragma once

#include <tl/expected.hpp>

#include "core/diagnostics/filter_fault.h"
#include "core/diagnostics/filter_reader.h"
#include "core/diagnostics/filter_terms.h"

namespace sscope {

/// Reads what follows a key: the comparison and the value.
tl::expected<FilterTerm, FilterFault> readKeyTerm(FilterReader& reader, FilterKey key);
/// Reads a word, a number or a regular expression that stands alone.
tl::expected<FilterTerm, FilterFault> readBareTerm(FilterReader& reader);

} // namespace sscope
