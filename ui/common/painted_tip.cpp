#include "ui/common/painted_tip.h"

#include <QToolTip>

#include "ui/common/formats.h"

namespace sscope {

void showTip(const QHelpEvent& help, QWidget* widget, const QString& text) {
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help.globalPos(), plainTip(text), widget);
}

} // namespace sscope
