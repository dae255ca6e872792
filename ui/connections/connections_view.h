#pragma once

#include <QTableView>
#include <QTimer>

#include "core/base/clock.h"

namespace sscope {

class ConnectionsDelegate;
class ConnectionsModel;
struct RowLink;

/// The connection table: keeps its selection while rows come and go, links rows to our servers and
/// tabs, and pairs both ends of a local connection.
class ConnectionsView : public QTableView {
    Q_OBJECT

public:
    explicit ConnectionsView(ConnectionsModel& model, QWidget* parent = nullptr);

    void setInterval(Duration interval);
    /// Columns, widths and sorting, for the settings.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    void selectCookie(quint64 cookie);
    bool find(const QString& text, bool backwards);
    void goToOtherEnd();
    void copyRows() const;

Q_SIGNALS:
    void linkActivated(const RowLink& link);
    void layoutEdited();
    /// The socket that is selected, and current where there are several; 0 for none.
    void selectionChangedTo(quint64 cookie);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setUpColumns();
    void showColumnMenu(const QPoint& position);
    void showOtherEnd();
    void tellSelection();
    void restoreSelection();
    void fade();

    ConnectionsModel& m_model;
    ConnectionsDelegate* m_delegate;
    QTimer m_fadeTimer;
    quint64 m_selectedCookie = 0;
    quint64 m_toldCookie = 0; // by selectionChangedTo
};

} // namespace sscope
