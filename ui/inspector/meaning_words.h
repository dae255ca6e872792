#pragma once

#include <QString>

#include "core/diagnostics/socket_meaning.h"

namespace sscope {

/// One or two sentences in the window's language, which name what MeaningKind says that it has.
/// Plain text, safe to show.
QString meaningWords(const Meaning& meaning);

} // namespace sscope
