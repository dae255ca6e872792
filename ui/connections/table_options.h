#pragma once

#include <vector>

#include <QAction>
#include <QMenu>
#include <QObject>
#include <QToolButton>

#include "core/diagnostics/socket_table.h"
#include "ui/connections/connection_columns.h"
#include "ui/connections/table_names.h"

namespace sscope {

class Settings;

/// The menu of the connection table: how rows are grouped, which kinds of sockets there are, which
/// names are looked up, and what does not fit into the title. Kept in the settings. Owned by the
/// dock.
class TableOptions : public QObject {
    Q_OBJECT

public:
    TableOptions(Settings& settings, QWidget* parent);

    [[nodiscard]] QMenu& menu() { return *m_menu; }
    [[nodiscard]] Grouping grouping() const;
    [[nodiscard]] TableKinds kinds() const;
    [[nodiscard]] TableNames::Kinds names() const;
    [[nodiscard]] bool showsStates() const { return m_states->isChecked(); }
    /// A button that may be hidden where the title is narrow is in the menu too.
    void addToggle(QToolButton* button);
    /// What this kernel has no answer for is said in the menu.
    void setNotOffered(const std::vector<SocketProtocol>& protocols);

Q_SIGNALS:
    void groupingChanged();
    void kindsChanged();
    void namesChanged();
    void statesToggled(bool shown);
    void foldAllAsked(bool isCollapsed);
    void snapshotAsked();
    void snapshotsAsked();

private:
    /// A kind of socket that can be left out.
    struct Kind {
        SocketProtocol protocol;
        bool TableKinds::*member;
        QAction* action;
    };

    void buildGroups();
    void buildKinds();
    void buildNames();
    QAction* addKept(QMenu* menu, const QString& text, const QString& key, bool isOn);

    Settings& m_settings;
    QMenu* m_menu;
    QMenu* m_toggles;
    std::vector<QAction*> m_groups; // by Grouping
    std::vector<Kind> m_kinds;
    QAction* m_hosts;
    QAction* m_ports;
    QAction* m_users;
    QAction* m_states;
};

} // namespace sscope
