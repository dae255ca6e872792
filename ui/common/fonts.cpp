#include "ui/common/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>

namespace sscope {

QFont secondaryFont() {
    QFont font = QApplication::font();
    font.setPixelSize(qMax(10, QFontInfo(font).pixelSize() - 1));
    return font;
}

QFont monoFont() {
    static const QFont font = [] {
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPixelSize(12);
        return fixed;
    }();
    return font;
}

QFont demiBold(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace sscope
