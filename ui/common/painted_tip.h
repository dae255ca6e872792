#pragma once

#include <QHelpEvent>
#include <QWidget>

namespace sscope {

/// For the event() of a widget that paints what it explains: shows plain text at the pointer, or
/// hides what was shown where there is none.
void showTip(const QHelpEvent& help, QWidget* widget, const QString& text);

} // namespace sscope
