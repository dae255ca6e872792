#pragma once

#include <vector>

#include <QStackedWidget>
#include <QToolButton>
#include <QWidget>

#include "ui/clients/tab_bar.h"
#include "ui/common/tab_page.h"

namespace sscope {

/// A bar of tabs and the pages behind it. ClientTabs owns one, or several side by side; a page
/// moves between them with all that it holds. On the GUI thread.
class TabGroup : public QWidget {
    Q_OBJECT

public:
    explicit TabGroup(QWidget* parent = nullptr);

    /// Takes the page, and brings it to the front.
    void add(TabPage* page);
    /// Gives the page away; whoever takes it is its owner.
    void remove(TabPage* page);
    [[nodiscard]] const std::vector<TabPage*>& pages() const { return m_pages; }
    [[nodiscard]] bool holds(const TabPage* page) const { return indexOf(page) >= 0; }
    [[nodiscard]] bool isEmpty() const { return m_pages.empty(); }
    [[nodiscard]] TabPage* current() const { return pageAt(m_bar->currentIndex()); }
    void show(TabPage* page) { select(indexOf(page)); }
    void select(int index);
    /// The group that keys act on.
    void setActive(bool isActive) { m_bar->setActive(isActive); }
    /// A tab that is dragged would land here.
    void setTarget(bool isTarget);

Q_SIGNALS:
    void addAsked();
    void closeAsked(TabPage* page);
    void menuAsked(TabPage* page, QPoint global);
    void tabDragged(QPoint global);
    void tabLetGo(TabPage* page, QPoint global);
    /// A tab was clicked, or a page has come to the front.
    void chosen();
    void moved();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showCurrent();
    void updateTab(TabPage* page);
    [[nodiscard]] int indexOf(const TabPage* page) const;
    [[nodiscard]] TabPage* pageAt(int index) const;

    TabBar* m_bar;
    QWidget* m_barRow;
    QStackedWidget* m_stack;
    std::vector<TabPage*> m_pages; // in the order of the tabs
    bool m_isTarget = false;
};

} // namespace sscope
