#pragma once

#include <QTabBar>

namespace sscope {

/// The tabs of one group. A tab can be dragged along its bar, or let go of over another group.
class TabBar : public QTabBar {
    Q_OBJECT

public:
    explicit TabBar(QWidget* parent = nullptr);
    /// Keys act on the current group, and its line has the accent colour.
    void setActive(bool isActive);

Q_SIGNALS:
    /// The current tab, while it is dragged outside of this bar; and where it was let go of.
    void draggedTo(QPoint global);
    void letGoAt(QPoint global);
    void menuAsked(int index, QPoint global);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    bool m_isPressed = false; // with the left button, on a tab
    bool m_isOutside = false; // and dragged away
};

} // namespace sscope
