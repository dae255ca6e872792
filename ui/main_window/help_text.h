#pragma once

#include <QString>

namespace sscope {

/// What F1 shows: how to begin, and the keys. Plain text.
QString helpText();

} // namespace sscope
