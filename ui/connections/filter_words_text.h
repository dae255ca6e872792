#pragma once

#include <string>

#include <QString>

namespace sscope {

struct FilterFault;

/// Where a filter cannot be understood and what would be, in one sentence.
QString filterFaultText(const FilterFault& fault);
/// What a key or property of the filter language means, in the window's language; empty for what is
/// not one.
QString filterNote(const std::string& completion);

} // namespace sscope
