#pragma once

#include <QLabel>

#include "ui/common/theme.h"

namespace sscope {

inline void setToken(QLabel* label, ColorToken token) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, themeColor(token));
    label->setPalette(palette);
}

} // namespace sscope
