#include "ui/common/dock_title_bar.h"

#include <QPainter>

#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

DockTitleBar::DockTitleBar(const QString& title, int height, QDockWidget* dock)
    : QWidget(dock), m_row(new QHBoxLayout(this)), m_title(makeTitle(title, this)) {
    setFixedHeight(height);
    m_row->setContentsMargins(12, 0, 8, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_title);
    m_next = m_row->count();
    auto* floating = makeIconButton(QStringLiteral("float"), tr("Float or dock this panel"),
                                    QStringLiteral("floatButton"), this);
    connect(floating, &QToolButton::clicked, dock,
            [dock] { dock->setFloating(!dock->isFloating()); });
    auto* hide = makeIconButton(QStringLiteral("close"), tr("Hide this panel"),
                                QStringLiteral("hideButton"), this);
    connect(hide, &QToolButton::clicked, dock, &QDockWidget::close);
    auto* own = new QHBoxLayout;
    own->setSpacing(0);
    own->addWidget(floating);
    own->addWidget(hide);
    m_row->addLayout(own);
}

void DockTitleBar::addWidget(QWidget* widget, int stretch) {
    m_row->insertWidget(m_next++, widget, stretch);
}

void DockTitleBar::addStretch() {
    m_row->insertStretch(m_next++, 1);
}

void DockTitleBar::setTitle(const QString& title) {
    m_title->setText(title);
}

void DockTitleBar::setLeading(QWidget* widget) {
    m_row->insertWidget(0, widget);
    ++m_next;
}

QSize DockTitleBar::sizeHint() const {
    return {QWidget::sizeHint().width(), maximumHeight()};
}

QSize DockTitleBar::minimumSizeHint() const {
    return {m_leastWidth > 0 ? m_leastWidth : QWidget::minimumSizeHint().width(), maximumHeight()};
}

void DockTitleBar::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), themeColor(ColorToken::Window));
}

} // namespace sscope
