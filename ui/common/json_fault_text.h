#pragma once

#include <QString>

#include "core/base/strict_json.h"

namespace sscope {

/// "line 1, column 12: this is no valid JSON", in the person's language; safe to show.
QString jsonFaultText(const JsonFault& fault);

} // namespace sscope
