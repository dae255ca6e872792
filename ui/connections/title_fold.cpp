#include "ui/connections/title_fold.h"

#include <QEvent>
#include <QLayout>

namespace sscope {

TitleFold::TitleFold(QWidget* bar, std::vector<QWidget*> foldable)
    : QObject(bar), m_bar(bar), m_foldable(std::move(foldable)) {
    bar->installEventFilter(this);
}

bool TitleFold::eventFilter(QObject* watched, QEvent* event) {
    const bool isOther = event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest;
    if (watched == m_bar && isOther && !m_isFitting)
        fit();
    return QObject::eventFilter(watched, event);
}

void TitleFold::fit() {
    m_isFitting = true;
    const int spacing = m_bar->layout()->spacing();
    int needed = m_bar->layout()->minimumSize().width();
    for (const QWidget* widget : m_foldable)
        needed += widget->isHidden() ? widget->sizeHint().width() + spacing : 0;
    for (QWidget* widget : m_foldable) {
        const bool isTooWide = needed > m_bar->width();
        if (isTooWide)
            needed -= widget->sizeHint().width() + spacing;
        widget->setVisible(!isTooWide);
    }
    m_isFitting = false;
}

} // namespace sscope
