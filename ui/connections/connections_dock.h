#pragma once

#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "core/engine/table_reader.h"
#include "ui/connections/connections_view.h"

namespace sscope {

class ConnectionsModel;
class DockTitleBar;
class EngineBridge;
class Settings;

/// The dock with the connection table: its filter, its interval, its failures.
class ConnectionsDock : public QDockWidget {
    Q_OBJECT

public:
    ConnectionsDock(EngineBridge& bridge, Settings& settings, QWidget* parent = nullptr);

    [[nodiscard]] ConnectionsModel& model() { return *m_model; }
    [[nodiscard]] ConnectionsView& view() { return *m_view; }
    [[nodiscard]] const TableStats& stats() const { return m_stats; }
    /// Why the table could not be read last; empty where it could.
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    [[nodiscard]] Duration interval() const;
    void refreshNow();
    void setPaused(bool paused);
    /// Takes the filter away and selects the socket that holds the port.
    void showPort(std::uint16_t port);
    void saveLayout();

Q_SIGNALS:
    void tableRead();
    void pausedChanged(bool paused);

private:
    void buildTitle(DockTitleBar* title);
    void buildFilter();
    void applyFilter();
    void applyInterval();
    void takeTable(const TableUpdate& update);
    void showCount();

    EngineBridge& m_bridge;
    Settings& m_settings;
    ConnectionsModel* m_model;
    ConnectionsView* m_view;
    QLineEdit* m_filter;
    QLabel* m_count;
    QToolButton* m_ours;
    QToolButton* m_listening;
    QToolButton* m_hideLoopback;
    QComboBox* m_interval;
    TableStats m_stats;
    QString m_failure;
    bool m_isPaused = false;
};

} // namespace sscope
