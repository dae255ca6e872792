#pragma once

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QWidget>

namespace sscope {

/// The title row of a dock: what is put into it, then a button that floats the dock and one that
/// hides it. Owned by its dock.
class DockTitleBar : public QWidget {
    Q_OBJECT

public:
    DockTitleBar(const QString& title, int height, QDockWidget* dock);

    /// Adds a widget after those added before; they stand left of the dock's own buttons.
    void addWidget(QWidget* widget, int stretch = 0);
    void addStretch();
    void setTitle(const QString& title);
    /// What stands before the title, such as a button that leads back; null for nothing.
    void setLeading(QWidget* widget);
    /// A dock gives its title this height, whatever the minimum is.
    [[nodiscard]] QSize sizeHint() const override;
    /// For a title whose widgets fold where it is narrower than all of them.
    void setLeastWidth(int width) { m_leastWidth = width; }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_row;
    QLabel* m_title;
    int m_next = 0;       // where addWidget inserts
    int m_leastWidth = 0; // 0: that of its widgets
};

} // namespace sscope
