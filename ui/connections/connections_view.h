#pragma once

#include <unordered_set>
#include <vector>

#include <QTableView>
#include <QTimer>

#include "core/base/clock.h"

namespace sscope {

class ColumnLayout;
class ConnectionsDelegate;
class ConnectionsModel;
struct RowLink;

/// The connection table: keeps its selection and its place while rows come and go, links rows to
/// our servers and tabs, and pairs both ends of a local connection.
class ConnectionsView : public QTableView {
    Q_OBJECT

public:
    explicit ConnectionsView(ConnectionsModel& model, QWidget* parent = nullptr);

    void setInterval(Duration interval);
    /// Of the model's style.
    [[nodiscard]] ColumnLayout& columns() { return *m_columns; }
    void selectCookie(quint64 cookie);
    /// Of the sockets that are selected, in the order of the rows.
    [[nodiscard]] std::vector<quint64> selectedCookies() const;
    [[nodiscard]] quint64 currentCookie() const { return m_currentCookie; }
    /// Tells of the selected socket once more.
    void tellAgain() { Q_EMIT selectionChangedTo(m_currentCookie); }
    bool find(const QString& text, bool backwards);
    void goToOtherEnd();
    void copyRows() const;
    /// The rows that can be seen, for what is read of them alone.
    [[nodiscard]] std::vector<std::uint64_t> visibleCookies() const;
    /// First and last; the last is before the first where there are none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;

Q_SIGNALS:
    void linkActivated(const RowLink& link);
    /// The socket that is selected, and current where there are several; 0 for none.
    void selectionChangedTo(quint64 cookie);
    void menuAsked(const QModelIndex& index, const QPoint& globalPosition);
    /// A person wants to see all of the current socket, or to close the selected ones.
    void inspectAsked(quint64 cookie);
    void closeAsked();
    /// The other end is in the table, and the filter hides it.
    void otherEndHidden(quint64 cookie);
    /// Other rows can be seen now.
    void visibleRowsChanged();

protected:
    /// Home and End go to the first and the last row: rows are what is chosen.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    /// The row that keeps its place in the viewport while others come and go.
    struct Anchor {
        quint64 cookie = 0;
        int y = 0;
    };

    void layFirst();
    void useFirstWidths();
    // connections_view_place.cpp
    void takeCurrent();
    void takeSelection();
    void showOtherEnd();
    void tellSelection();
    void holdPlace();
    void keepPlace();
    void keepSelection();
    bool foldByKey(const QKeyEvent& event);
    void fade();

    ConnectionsModel& m_model;
    ConnectionsDelegate* m_delegate;
    ColumnLayout* m_columns = nullptr;
    QTimer m_fadeTimer;
    QTimer m_visibleTimer;
    std::unordered_set<quint64> m_selected; // by a person, shown or not
    quint64 m_currentCookie = 0;
    quint64 m_toldCookie = 0; // by selectionChangedTo
    bool m_isArranging = false;
    Anchor m_anchor;
};

} // namespace sscope
