#include "ui/connections/column_layout.h"

#include <utility>

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace sscope {

namespace {

constexpr int leastSection = 20;

} // namespace

ColumnLayout::ColumnLayout(QTableView& view, std::function<void()> layFirst)
    : QObject(&view), m_view(view), m_layFirst(std::move(layFirst)) {
    QHeaderView* header = view.horizontalHeader();
    header->setMinimumSectionSize(leastSection);
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    view.setSortingEnabled(true);
    connect(header, &QWidget::customContextMenuRequested, this, &ColumnLayout::showMenu);
    connect(header, &QHeaderView::sectionResized, this, &ColumnLayout::noteResize);
    connect(header, &QHeaderView::sectionMoved, this, &ColumnLayout::noteEdit);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ColumnLayout::noteEdit);
}

void ColumnLayout::noteResize(int column) {
    // The last one takes the rest by itself, in each window; of one that folds it is told late.
    const QHeaderView* header = m_view.horizontalHeader();
    int last = header->count() - 1;
    while (last > 0 && header->isSectionHidden(header->logicalIndex(last)))
        --last;
    if (!header->isSectionHidden(column) && header->visualIndex(column) != last)
        noteEdit();
}

void ColumnLayout::noteEdit() {
    if (m_isArranging)
        return;
    m_isOwn = true;
    Q_EMIT edited();
}

void ColumnLayout::arrange(const std::function<void()>& change) {
    const bool wasArranging = std::exchange(m_isArranging, true);
    change();
    m_isArranging = wasArranging;
}

void ColumnLayout::useFirst() {
    arrange([this] {
        QHeaderView* header = m_view.horizontalHeader();
        for (int column = 0; column < header->count(); ++column) {
            header->moveSection(header->visualIndex(column), column);
            header->setSectionHidden(column, false);
            header->setSectionResizeMode(column, QHeaderView::Interactive);
        }
        m_layFirst();
    });
    m_isOwn = false;
}

QByteArray ColumnLayout::save() const {
    return m_isOwn ? m_view.horizontalHeader()->saveState() : QByteArray();
}

void ColumnLayout::restore(const QByteArray& layout) {
    useFirst();
    arrange([&] {
        QHeaderView* header = m_view.horizontalHeader();
        m_isOwn = !layout.isEmpty() && header->restoreState(layout);
        if (m_isOwn)
            m_view.sortByColumn(header->sortIndicatorSection(), header->sortIndicatorOrder());
    });
}

void ColumnLayout::fillMenu(QMenu& menu) {
    const QAbstractItemModel& model = *m_view.model();
    for (int column = 0; column < model.columnCount(); ++column) {
        const QString name = model.headerData(column, Qt::Horizontal).toString();
        if (name.isEmpty() || column == m_fixed)
            continue;
        QAction* action = menu.addAction(name);
        action->setCheckable(true);
        action->setChecked(!m_view.isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            m_view.setColumnHidden(column, !shown);
            noteEdit();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Columns as at first"), this, [this] {
        useFirst();
        Q_EMIT edited();
    });
}

void ColumnLayout::showMenu(const QPoint& position) {
    auto* menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("columnMenu"));
    fillMenu(*menu);
    menu->popup(m_view.horizontalHeader()->mapToGlobal(position));
}

} // namespace sscope
