#pragma once

namespace sscope {

/// Makes the theme follow the system: the lightness of the palette that the application started
/// with, then what the desktop's portal says over D-Bus (org.freedesktop.appearance color-scheme),
/// now and whenever it changes. Asks without waiting. To be called before the theme sets a palette.
void followSystemAppearance();

} // namespace sscope
