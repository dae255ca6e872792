#pragma once

#include <optional>
#include <vector>

#include <QPersistentModelIndex>
#include <QTableView>

#include "core/diagnostics/closed_history.h"

namespace sscope {

class ClosedModel;
class ColumnLayout;

/// The history of closed sockets. Keeps its place while others close.
class ClosedView : public QTableView {
    Q_OBJECT

public:
    explicit ClosedView(ClosedModel& model, QWidget* parent = nullptr);

    /// Why there is no history; empty where there is one.
    void setFailure(const QString& sentence);
    bool find(const QString& text, bool backwards);
    void copyRows();
    /// Tells of the selected socket once more.
    void tellAgain() { takeCurrent(currentIndex()); }
    [[nodiscard]] ColumnLayout& columns() { return *m_columns; }
    /// The entries for a cell.
    void fillMenu(QMenu& menu, const QModelIndex& index);

Q_SIGNALS:
    /// A person has selected it.
    void chosen(const ClosedSocket& closed);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void layFirst();
    void useFirstWidths();
    void takeCurrent(const QModelIndex& current);
    void holdPlace();
    void keepPlace();
    void selectKept();
    [[nodiscard]] std::vector<int> selectedRowNumbers() const;
    [[nodiscard]] std::vector<SharedEntry> selectedEntries() const;
    [[nodiscard]] std::vector<SharedEntry> selectedSockets() const; // without the gaps
    [[nodiscard]] std::vector<SocketRow> selectedSocketRows() const;

    ClosedModel& m_model;
    ColumnLayout* m_columns = nullptr;
    QString m_failure;
    std::optional<std::uint64_t>
        m_kept;                     // the row that was selected last, also where a filter hides it
    QPersistentModelIndex m_anchor; // the row that keeps its place
    int m_anchorY = 0;
};

} // namespace sscope
