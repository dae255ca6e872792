#pragma once

#include <QFont>

namespace sscope {

/// The interface font, a pixel smaller: secondary text.
QFont secondaryFont();
/// Fixed pitch at 12 px: addresses, bytes, and numbers that are compared.
QFont monoFont();
QFont demiBold(QFont font);

} // namespace sscope
