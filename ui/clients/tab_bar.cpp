#include "ui/clients/tab_bar.h"

#include <QContextMenuEvent>
#include <QMouseEvent>

#include "ui/common/tab_sign.h"

namespace sscope {

namespace {

// Above and below the bar it still is a move along it.
constexpr int slack = 12;

} // namespace

TabBar::TabBar(QWidget* parent) : QTabBar(parent) {
    setObjectName(QStringLiteral("clientTabBar"));
    setDocumentMode(true);
    setExpanding(false);
    setElideMode(Qt::ElideRight);
    setTabsClosable(true);
    setMovable(true);
    setDrawBase(false);
    setUsesScrollButtons(true);
    setActive(true);
}

void TabBar::setActive(bool isActive) {
    setProperty("active", isActive);
    update();
}

QSize TabBar::tabSizeHint(int index) const {
    return QTabBar::tabSizeHint(index) + QSize(widthOfTabSign(*this, index), 0);
}

QSize TabBar::minimumTabSizeHint(int index) const {
    return QTabBar::minimumTabSizeHint(index) + QSize(widthOfTabSign(*this, index), 0);
}

void TabBar::mousePressEvent(QMouseEvent* event) {
    const int index = tabAt(event->pos());
    m_isPressed = event->button() == Qt::LeftButton && index >= 0;
    m_isOutside = false;
    if (event->button() == Qt::MiddleButton && index >= 0)
        Q_EMIT tabCloseRequested(index);
    else
        QTabBar::mousePressEvent(event);
}

void TabBar::mouseMoveEvent(QMouseEvent* event) {
    QTabBar::mouseMoveEvent(event);
    if (!m_isPressed)
        return;
    m_isOutside = !rect().adjusted(0, -slack, 0, slack).contains(event->pos());
    if (m_isOutside)
        setCursor(Qt::DragMoveCursor);
    else
        unsetCursor();
    Q_EMIT draggedTo(m_isOutside ? event->globalPosition().toPoint() : QPoint());
}

void TabBar::mouseReleaseEvent(QMouseEvent* event) {
    QTabBar::mouseReleaseEvent(event);
    unsetCursor();
    const bool isLetGo = std::exchange(m_isPressed, false) && std::exchange(m_isOutside, false);
    if (isLetGo && event->button() == Qt::LeftButton)
        Q_EMIT letGoAt(event->globalPosition().toPoint());
}

void TabBar::contextMenuEvent(QContextMenuEvent* event) {
    const int index =
        event->reason() == QContextMenuEvent::Mouse ? tabAt(event->pos()) : currentIndex();
    if (index < 0)
        return;
    const QPoint global = event->reason() == QContextMenuEvent::Mouse
                              ? event->globalPos()
                              : mapToGlobal(tabRect(index).bottomLeft());
    Q_EMIT menuAsked(index, global);
}

} // namespace sscope
