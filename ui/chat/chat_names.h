#pragma once

#include <QString>

namespace sscope {

/// Why what was typed cannot be a name of a person or a room, in the person's language; empty where
/// it can.
QString nameFault(const QString& typed);
/// As the server will write it; what was typed where that is no name.
QString normalName(const QString& typed);

} // namespace sscope
