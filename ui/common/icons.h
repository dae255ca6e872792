#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "ui/common/theme.h"

namespace sscope {

/// Our line icons (resources/icons), drawn in a colour of the theme and crisp at any size. An icon
/// follows the theme without being made again.
QIcon lineIcon(const QString& name, ColorToken token = ColorToken::Text);

/// For painting by hand; size is in device-independent pixels.
QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio);

} // namespace sscope
