#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QWidget>

#include "ui/connections/snapshot_model.h"

namespace sscope {

class InlineMessage;

/// Snapshots of the table, kept while the window is open, saved and opened; two of them, or one and
/// now, are compared. Reading, writing and comparing is done off the GUI thread.
class SnapshotPage : public QWidget {
    Q_OBJECT

public:
    /// rows gives copies of all rows of now.
    SnapshotPage(std::function<std::vector<SocketRow>()> rows, InlineMessage& message,
                 QWidget* parent = nullptr);

    /// Of now; compared with now from then on.
    void take();
    void saveTo(const QString& path);
    void openFile(const QString& path);
    void compareNow();
    bool find(const QString& text, bool backwards);
    [[nodiscard]] const SnapshotModel& model() const { return *m_model; }
    [[nodiscard]] int count() const { return static_cast<int>(m_snapshots.size()); }

Q_SIGNALS:
    void taken(const QString& name, int sockets);
    void compared();
    void leaveAsked();

private:
    using Snapshot = std::shared_ptr<const TableSnapshot>;
    struct Named {
        QString name;
        Snapshot snapshot;
    };

    void buildBar();
    void buildTable();
    void add(const QString& name, Snapshot snapshot);
    void fillChoices();
    void askToSave();
    void askToOpen();
    void showDifference(SnapshotDifference difference);
    void showSummary();
    void fail(const QString& sentence);
    /// Null for now.
    [[nodiscard]] Snapshot chosen(const QComboBox& box) const;

    const std::function<std::vector<SocketRow>()> m_rows;
    InlineMessage& m_message;
    SnapshotModel* m_model;
    QTableView* m_table;
    QComboBox* m_before;
    QComboBox* m_after;
    QToolButton* m_save;
    QToolButton* m_again;
    QLabel* m_summary;
    std::vector<Named> m_snapshots; // oldest first
    quint64 m_comparison = 0;       // the one that was asked for last
};

} // namespace sscope
