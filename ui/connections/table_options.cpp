#include "ui/connections/table_options.h"

#include <algorithm>

#include <QActionGroup>

#include "ui/common/settings.h"

namespace sscope {

namespace {

const QString groupingKey = QStringLiteral("tableGrouping");

} // namespace

TableOptions::TableOptions(Settings& settings, QWidget* parent)
    : QObject(parent), m_settings(settings), m_menu(new QMenu(parent)) {
    m_menu->setObjectName(QStringLiteral("tableOptions"));
    buildGroups();
    buildKinds();
    buildNames();
    m_toggles = m_menu->addMenu(tr("Only"));
    m_states = addKept(m_menu, tr("Bar of states"), QStringLiteral("tableStates"), true);
    connect(m_states, &QAction::toggled, this, &TableOptions::statesToggled);
    m_menu->addSeparator();
    m_menu->addAction(tr("Take a snapshot"), this, &TableOptions::snapshotAsked)
        ->setObjectName(QStringLiteral("takeSnapshot"));
    m_menu->addAction(tr("Compare snapshots"), this, &TableOptions::snapshotsAsked)
        ->setObjectName(QStringLiteral("compareSnapshots"));
}

QAction* TableOptions::addKept(QMenu* menu, const QString& text, const QString& key, bool isOn) {
    QAction* action = menu->addAction(text);
    action->setObjectName(key);
    action->setCheckable(true);
    action->setChecked(m_settings.value(key).toBool(isOn));
    connect(action, &QAction::toggled, this,
            [this, key](bool isChecked) { m_settings.setValue(key, isChecked); });
    return action;
}

void TableOptions::buildGroups() {
    QMenu* menu = m_menu->addMenu(tr("Group by"));
    auto* group = new QActionGroup(menu);
    const int kept = m_settings.value(groupingKey).toInt();
    const auto add = [&](const QString& text, Grouping grouping, const char* name) {
        QAction* action = group->addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        action->setChecked(kept == static_cast<int>(grouping));
        m_groups.push_back(action);
        connect(action, &QAction::triggered, this, [this, grouping] {
            m_settings.setValue(groupingKey, static_cast<int>(grouping));
            Q_EMIT groupingChanged();
        });
    };
    add(tr("Nothing"), Grouping::None, "groupNone");
    add(tr("Process"), Grouping::Process, "groupProcess");
    add(tr("State"), Grouping::State, "groupState");
    add(tr("Remote address"), Grouping::Remote, "groupRemote");
    menu->addActions(group->actions());
    menu->addSeparator();
    menu->addAction(tr("Fold all"), this, [this] { Q_EMIT foldAllAsked(true); });
    menu->addAction(tr("Unfold all"), this, [this] { Q_EMIT foldAllAsked(false); });
}

void TableOptions::buildKinds() {
    QMenu* menu = m_menu->addMenu(tr("Kinds"));
    const auto add = [&](const QString& text, SocketProtocol protocol, bool TableKinds::*member) {
        const QString key =
            QStringLiteral("tableKind.%1").arg(QString::fromLatin1(protocolText(protocol)));
        QAction* action = addKept(menu, text, key, TableKinds().*member);
        m_kinds.push_back({protocol, member, action});
        connect(action, &QAction::toggled, this, &TableOptions::kindsChanged);
    };
    add(QStringLiteral("TCP"), SocketProtocol::Tcp, &TableKinds::tcp);
    add(QStringLiteral("UDP"), SocketProtocol::Udp, &TableKinds::udp);
    add(QStringLiteral("Unix"), SocketProtocol::Unix, &TableKinds::unixSockets);
    add(QStringLiteral("UDP-Lite"), SocketProtocol::UdpLite, &TableKinds::udpLite);
    add(QStringLiteral("raw"), SocketProtocol::Raw, &TableKinds::raw);
    add(QStringLiteral("packet"), SocketProtocol::Packet, &TableKinds::packet);
    add(QStringLiteral("netlink"), SocketProtocol::Netlink, &TableKinds::netlink);
}

void TableOptions::buildNames() {
    QMenu* menu = m_menu->addMenu(tr("Look up names of"));
    m_hosts = addKept(menu, tr("Hosts"), QStringLiteral("tableNames.hosts"), false);
    m_ports = addKept(menu, tr("Ports"), QStringLiteral("tableNames.ports"), false);
    m_users = addKept(menu, tr("Users"), QStringLiteral("tableNames.users"), false);
    for (QAction* action : {m_hosts, m_ports, m_users})
        connect(action, &QAction::toggled, this, &TableOptions::namesChanged);
}

Grouping TableOptions::grouping() const {
    const auto it = std::ranges::find_if(m_groups, &QAction::isChecked);
    return it == m_groups.end() ? Grouping::None : static_cast<Grouping>(it - m_groups.begin());
}

TableKinds TableOptions::kinds() const {
    TableKinds kinds;
    for (const Kind& kind : m_kinds)
        kinds.*kind.member = kind.action->isChecked();
    return kinds;
}

TableNames::Kinds TableOptions::names() const {
    return {m_hosts->isChecked(), m_ports->isChecked(), m_users->isChecked()};
}

void TableOptions::addToggle(QToolButton* button) {
    QAction* action = m_toggles->addAction(button->text());
    action->setCheckable(true);
    connect(action, &QAction::toggled, button, &QToolButton::setChecked);
    connect(button, &QToolButton::toggled, action, &QAction::setChecked);
}

void TableOptions::setNotOffered(const std::vector<SocketProtocol>& protocols) {
    for (const Kind& kind : m_kinds) {
        const bool isMissing = std::ranges::find(protocols, kind.protocol) != protocols.end();
        const QString word = kind.action->text().section(QStringLiteral(" - "), 0, 0);
        kind.action->setText(isMissing ? tr("%1 - not offered by this kernel").arg(word) : word);
    }
}

} // namespace sscope
