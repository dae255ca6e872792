// What the table keeps while rows come, go and move: the selection, and the place of a row.

#include <algorithm>
#include <utility>

#include <QHeaderView>
#include <QScrollBar>

#include "ui/connections/connections_delegate.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_view.h"

namespace sscope {

using Model = ConnectionsModel;

void ConnectionsView::takeCurrent() {
    if (m_isArranging)
        return;
    const QModelIndex current = currentIndex();
    const ConnectionEntry* entry = current.isValid() ? m_model.entryAt(current.row()) : nullptr;
    m_currentCookie = entry ? entry->row.cookie : 0;
    showOtherEnd();
}

void ConnectionsView::takeSelection() {
    if (m_isArranging)
        return;
    m_selected.clear();
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const ConnectionEntry* entry = m_model.entryAt(row))
                m_selected.insert(entry->row.cookie);
        }
    }
}

void ConnectionsView::showOtherEnd() {
    const ConnectionEntry* entry = m_model.find(m_currentCookie);
    const ConnectionEntry* other = entry ? m_model.peerOf(*entry) : nullptr;
    m_delegate->setOtherEnd(other ? other->row.cookie : 0);
    viewport()->update();
    tellSelection();
}

void ConnectionsView::tellSelection() {
    if (std::exchange(m_toldCookie, m_currentCookie) != m_currentCookie)
        Q_EMIT selectionChangedTo(m_currentCookie);
}

void ConnectionsView::holdPlace() {
    m_isArranging = true;
    m_anchor = {};
    selectionModel()->clearSelection();
    const int current = m_model.rowOfCookie(m_currentCookie);
    const int y = current < 0 ? -1 : rowViewportPosition(current);
    int row = y >= 0 && y < viewport()->height() ? current : -1;
    if (row < 0 && verticalScrollBar()->value() > 0)
        row = rowAt(0);
    if (row >= 0 && m_model.entryAt(row))
        m_anchor = {m_model.at(row).row.cookie, rowViewportPosition(row)};
}

void ConnectionsView::keepPlace() {
    keepSelection();
    m_isArranging = false;
    const int row = m_anchor.cookie == 0 ? -1 : m_model.rowOfCookie(m_anchor.cookie);
    if (row >= 0) {
        executeDelayedItemsLayout();
        const int moved = rowViewportPosition(row) - m_anchor.y;
        if (moved != 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
    }
    showOtherEnd();
    m_fadeTimer.start();
    m_visibleTimer.start();
}

/// What a filter, a fold or another view has hidden is selected again when it comes back. The
/// selection is made anew, of as few ranges as there are: following thousands of rows one by one
/// would take the model of the selection long.
void ConnectionsView::keepSelection() {
    std::erase_if(m_selected, [this](quint64 cookie) { return !m_model.find(cookie); });
    if (!m_model.find(m_currentCookie))
        m_currentCookie = 0;
    std::vector<bool> isSelected(static_cast<std::size_t>(m_model.rowCount()));
    for (const quint64 cookie : m_selected) {
        if (const int row = m_model.rowOfCookie(cookie); row >= 0)
            isSelected[static_cast<std::size_t>(row)] = true;
    }
    // A heading is selected while it is current.
    const int heading = currentIndex().row();
    if (m_selected.empty() && heading >= 0 && m_model.headingAt(heading))
        isSelected[static_cast<std::size_t>(heading)] = true;
    QItemSelection selection;
    const int last = m_model.columnCount() - 1;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!isSelected[static_cast<std::size_t>(row)])
            continue;
        const int first = row;
        while (row + 1 < m_model.rowCount() && isSelected[static_cast<std::size_t>(row + 1)])
            ++row;
        selection.append({m_model.index(first, 0), m_model.index(row, last)});
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const int current = m_model.rowOfCookie(m_currentCookie);
    if (current >= 0 && currentIndex().row() != current)
        selectionModel()->setCurrentIndex(m_model.index(current, Model::ProcessColumn),
                                          QItemSelectionModel::NoUpdate);
}

void ConnectionsView::selectCookie(quint64 cookie) {
    const int row = m_model.reveal(cookie);
    if (row < 0)
        return;
    // Not selectRow(): while Ctrl is down, as in Ctrl+J, that adds to the selection.
    selectionModel()->setCurrentIndex(m_model.index(row, Model::ProcessColumn),
                                      QItemSelectionModel::ClearAndSelect |
                                          QItemSelectionModel::Rows);
    scrollTo(m_model.index(row, Model::ProcessColumn));
}

std::vector<quint64> ConnectionsView::selectedCookies() const {
    std::vector<std::pair<int, quint64>> rows;
    for (const quint64 cookie : m_selected) {
        if (const int row = m_model.rowOfCookie(cookie); row >= 0)
            rows.emplace_back(row, cookie);
    }
    std::ranges::sort(rows);
    std::vector<quint64> cookies;
    for (const auto& [row, cookie] : rows)
        cookies.push_back(cookie);
    return cookies;
}

std::pair<int, int> ConnectionsView::visibleRows() const {
    const int last = rowAt(viewport()->height() - 1);
    return {qMax(0, rowAt(0)), last < 0 ? m_model.rowCount() - 1 : last};
}

std::vector<std::uint64_t> ConnectionsView::visibleCookies() const {
    std::vector<std::uint64_t> cookies;
    const auto [first, last] = visibleRows();
    for (int row = first; row <= last; ++row) {
        if (const ConnectionEntry* entry = m_model.entryAt(row))
            cookies.push_back(entry->row.cookie);
    }
    return cookies;
}

} // namespace sscope
