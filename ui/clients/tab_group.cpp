#include "ui/clients/tab_group.h"

#include <algorithm>

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/common/formats.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

TabGroup::TabGroup(QWidget* parent)
    : QWidget(parent),
      m_bar(new TabBar(this)),
      m_barRow(new QWidget(this)),
      m_stack(new QStackedWidget(this)) {
    auto* add = makeIconButton(QStringLiteral("plus"),
                               tipWithKey(tr("New client tab"), QKeySequence(Qt::CTRL | Qt::Key_T)),
                               QStringLiteral("addTabButton"), this);
    auto* row = new QHBoxLayout(m_barRow);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(4);
    row->addWidget(m_bar);
    row->addWidget(add);
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_barRow);
    column->addWidget(m_stack, 1);
    connect(add, &QToolButton::clicked, this, &TabGroup::addAsked);
    connect(m_bar, &QTabBar::currentChanged, this, &TabGroup::showCurrent);
    connect(m_bar, &QTabBar::tabBarClicked, this, &TabGroup::chosen);
    // The keyboard goes where keys act, once the tab that was clicked is in front.
    connect(
        m_bar, &QTabBar::tabBarClicked, this,
        [this] {
            if (current() && !isAncestorOf(QApplication::focusWidget()))
                current()->focusFirst();
        },
        Qt::QueuedConnection);
    connect(m_bar, &QTabBar::tabCloseRequested, this,
            [this](int index) { Q_EMIT closeAsked(pageAt(index)); });
    connect(m_bar, &TabBar::menuAsked, this,
            [this](int index, QPoint global) { Q_EMIT menuAsked(pageAt(index), global); });
    connect(m_bar, &TabBar::draggedTo, this, &TabGroup::tabDragged);
    connect(m_bar, &TabBar::letGoAt, this,
            [this](QPoint global) { Q_EMIT tabLetGo(current(), global); });
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        TabPage* page = pageAt(from);
        m_pages.erase(m_pages.begin() + from);
        m_pages.insert(m_pages.begin() + to, page);
        Q_EMIT moved();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (TabPage* page : m_pages)
            updateTab(page);
    });
}

void TabGroup::add(TabPage* page) {
    m_pages.push_back(page);
    m_stack->addWidget(page);
    // The first tab becomes current, and that is heard, before this returns.
    const int index = m_bar->addTab(page->title());
    connect(page, &TabPage::titleChanged, this, [this, page] { updateTab(page); });
    updateTab(page);
    m_bar->setCurrentIndex(index);
    showCurrent();
}

void TabGroup::remove(TabPage* page) {
    const int index = indexOf(page);
    if (index < 0)
        return;
    page->disconnect(this);
    m_pages.erase(m_pages.begin() + index);
    m_bar->removeTab(index);
    m_stack->removeWidget(page);
    showCurrent();
}

void TabGroup::select(int index) {
    if (!pageAt(index))
        return;
    m_bar->setCurrentIndex(index);
    Q_EMIT chosen();
}

void TabGroup::setTarget(bool isTarget) {
    if (std::exchange(m_isTarget, isTarget) != isTarget)
        update();
}

int TabGroup::indexOf(const TabPage* page) const {
    const auto it = std::ranges::find(m_pages, page);
    return it == m_pages.end() ? -1 : static_cast<int>(it - m_pages.begin());
}

TabPage* TabGroup::pageAt(int index) const {
    const bool isThere = index >= 0 && static_cast<std::size_t>(index) < m_pages.size();
    return isThere ? m_pages[static_cast<std::size_t>(index)] : nullptr;
}

void TabGroup::showCurrent() {
    TabPage* page = current();
    if (page)
        m_stack->setCurrentWidget(page);
    Q_EMIT chosen();
}

void TabGroup::updateTab(TabPage* page) {
    const int index = indexOf(page);
    if (index < 0)
        return;
    m_bar->setTabData(index, page->sign());
    m_bar->setTabText(index, menuText(page->title())); // lays them out, with their signs
    m_bar->setTabIcon(index, page->tabIcon());
    m_bar->setTabToolTip(index, plainTip(tr("%1, %2").arg(page->title(), page->stateWord())));
}

void TabGroup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    if (m_isTarget)
        painter.fillRect(m_barRow->geometry(), themeColor(ColorToken::Selection));
    // The line under the tabs goes on to the right of them.
    const int bottom = m_barRow->geometry().bottom();
    painter.fillRect(QRect(0, bottom, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
