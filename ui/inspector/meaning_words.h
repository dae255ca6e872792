#pragma once

#include <QString>

#include "core/diagnostics/socket_meaning.h"

namespace sscope {

/// One or two sentences in the window's language; what they say is meaningText's. Plain text,
/// safe to show.
QString meaningWords(const Meaning& meaning);

} // namespace sscope
