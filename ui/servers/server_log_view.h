#pragma once

#include <QLabel>
#include <QListView>

namespace sscope {

class ServerLogModel;

/// The log of one server as a list that follows its end while that is in view.
class ServerLogView : public QListView {
    Q_OBJECT

public:
    explicit ServerLogView(QWidget* parent = nullptr);

    /// Null for none.
    void setLog(ServerLogModel* log);
    /// The selected rows, or all where none is, as text on the clipboard.
    void copyRows() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] ServerLogModel* log() const;
};

/// The log with a line above it that says how many rows have made room.
class ServerLogPage : public QWidget {
    Q_OBJECT

public:
    explicit ServerLogPage(QWidget* parent = nullptr);

    void setLog(ServerLogModel* log);

private:
    void showDropped(const ServerLogModel& log);

    QLabel* m_dropped;
    ServerLogView* m_view;
};

} // namespace sscope
