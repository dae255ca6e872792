#pragma once

#include <memory>

#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

#include "core/engine/table_reader.h"
#include "core/net/endpoint.h"
#include "ui/common/export_button.h"
#include "ui/connections/connections_view.h"

namespace sscope {

class ClosedModel;
class ClosedView;
class ColumnLayout;
class ConnectionMenu;
class ConnectionsModel;
class DockTitleBar;
class EngineBridge;
class FilterField;
class InlineMessage;
class Segments;
class Settings;
class SnapshotPage;
class SocketEnding;
class StateBar;
class TableNames;
class TableOptions;
class TitleFold;

/// The dock with the connection table: its views, its filter, its interval, the history of closed
/// sockets, snapshots, and its failures.
class ConnectionsDock : public QDockWidget {
    Q_OBJECT

public:
    /// In the order of the segments; the first four have the columns of a TableStyle.
    enum View { All, Netstat, Lsof, Ss, Closed };

    ConnectionsDock(EngineBridge& bridge, Settings& settings, QWidget* parent = nullptr);
    ~ConnectionsDock() override;

    [[nodiscard]] ConnectionsModel& model() { return *m_model; }
    [[nodiscard]] ConnectionsView& view() { return *m_view; }
    [[nodiscard]] ClosedModel& closed() { return *m_closed; }
    [[nodiscard]] ClosedView& closedView() { return *m_closedView; }
    [[nodiscard]] SnapshotPage& snapshots() { return *m_snapshots; }
    [[nodiscard]] SocketEnding& ending() { return *m_ending; }
    [[nodiscard]] ConnectionMenu& rowMenu() { return *m_rowMenu; }
    [[nodiscard]] const TableStats& stats() const { return m_stats; }
    /// Why the table could not be read last; empty where it could.
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    [[nodiscard]] Duration interval() const;
    void refreshNow();
    void setPaused(bool paused);
    void showView(View view);
    /// Searches what is shown.
    bool find(const QString& text, bool backwards);
    /// Takes away what hides it and selects the socket that holds the port.
    void showPort(std::uint16_t port, SocketProtocol protocol = SocketProtocol::Tcp);
    void saveLayout();

Q_SIGNALS:
    void tableRead();
    void pausedChanged(bool paused);
    /// A person wants a client tab that connects there.
    void clientAsked(const sscope::Endpoint& endpoint);

private:
    void buildPages();
    void buildTitle(DockTitleBar* title);
    void buildSegments();
    void buildInterval();
    [[nodiscard]] ExportButton::Writer exportOf(ExportButton::Form form) const;
    void connectFilter();
    void connectOptions();
    void connectRows();
    void applyFilter();
    void clearFilter();
    void applyInterval();
    void applyNames();
    void applyKinds();
    void takeTable(const TableUpdate& update);
    void takeView(int id);
    void showSnapshots();
    void showStrip();
    void showCount();
    void showOtherEndHidden(quint64 cookie);
    void selectPort(std::uint16_t port, SocketProtocol protocol);
    void watchVisible();
    [[nodiscard]] QString layoutKey() const;
    void restoreLayout(const QString& key, ColumnLayout& columns);

    EngineBridge& m_bridge;
    Settings& m_settings;
    QTimer* m_namesTimer;
    std::unique_ptr<TableNames> m_names;
    ConnectionsModel* m_model;
    ConnectionsView* m_view;
    ClosedModel* m_closed;
    ClosedView* m_closedView;
    InlineMessage* m_message;
    SnapshotPage* m_snapshots;
    StateBar* m_states;
    QLabel* m_fault;
    QStackedWidget* m_pages;
    Segments* m_segments;
    FilterField* m_filter;
    QToolButton* m_ours;
    QToolButton* m_listening;
    QToolButton* m_hideLoopback;
    QToolButton* m_optionsButton;
    ExportButton* m_export;
    TableOptions* m_options;
    TitleFold* m_fold = nullptr;
    SocketEnding* m_ending;
    ConnectionMenu* m_rowMenu;
    QComboBox* m_interval;
    TableStats m_stats;
    TableKinds m_kinds;
    QString m_failure;
    bool m_isPaused = false;
    bool m_isRestoring = false;
};

} // namespace sscope
