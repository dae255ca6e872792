#include "ui/common/tab_sign.h"

#include "ui/common/fonts.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int gap = 8;

QFont signFont() {
    return demiBold(secondaryFont());
}

QString signOf(const QTabBar& bar, int index) {
    return bar.tabData(index).toString();
}

} // namespace

int widthOfTabSign(const QTabBar& bar, int index) {
    const QString sign = signOf(bar, index);
    return sign.isEmpty() ? 0 : gap + QFontMetrics(signFont()).horizontalAdvance(sign);
}

void paintTabSign(QPainter* painter, const QRect& room, const QTabBar& bar, int index) {
    const QString sign = signOf(bar, index);
    if (sign.isEmpty())
        return;
    painter->save();
    painter->setFont(signFont());
    paintText(painter, room, sign,
              sign.startsWith(QLatin1Char('@')) ? ColorToken::Warning : ColorToken::Text,
              Qt::AlignRight);
    painter->restore();
}

} // namespace sscope
