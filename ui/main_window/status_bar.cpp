#include "ui/main_window/status_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSysInfo>

#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"
#include "ui/connections/connections_dock.h"
#include "ui/engine_bridge.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

namespace {

constexpr int barHeight = 24;

QLabel* addNote(QHBoxLayout* row, QWidget* parent) {
    QLabel* label = makeNote({}, parent);
    label->setWordWrap(false);
    row->addWidget(label);
    return label;
}

} // namespace

StatusBar::StatusBar(ServerListModel& servers, ConnectionsDock& connections, EngineBridge& bridge,
                     QWidget* parent)
    : QWidget(parent), m_servers(servers), m_connections(connections), m_bridge(bridge) {
    setObjectName(QStringLiteral("statusBar"));
    setFixedHeight(barHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(4);
    m_serversDot = addNote(row, this);
    m_running = addNote(row, this);
    row->addSpacing(12);
    m_failedDot = addNote(row, this);
    m_failed = addNote(row, this);
    m_clients = addNote(row, this);
    row->addSpacing(12);
    m_sockets = addNote(row, this);
    row->addSpacing(12);
    m_notShown = addNote(row, this);
    row->addSpacing(12);
    m_permission = addNote(row, this);
    m_why = makeLink(tr("Why"), QStringLiteral("permissionWhy"), this);
    row->addWidget(m_why);
    row->addStretch(1);
    QLabel* machine = addNote(row, this);
    machine->setText(tr("this machine: %1").arg(QSysInfo::machineHostName()));
    m_sockets->setObjectName(QStringLiteral("socketCount"));
    m_running->setObjectName(QStringLiteral("serverCount"));
    connect(m_why, &QPushButton::clicked, this, &StatusBar::permissionExplanationAsked);
    connect(&servers, &ServerListModel::summaryChanged, this, &StatusBar::showAll);
    connect(&servers, &QAbstractItemModel::rowsInserted, this, &StatusBar::showAll);
    connect(&servers, &QAbstractItemModel::rowsRemoved, this, &StatusBar::showAll);
    connect(&connections, &ConnectionsDock::tableRead, this, &StatusBar::showAll);
    connect(&connections, &ConnectionsDock::pausedChanged, this, &StatusBar::showAll);
    connect(&Theme::instance(), &Theme::changed, this, &StatusBar::showAll);
    showAll();
}

void StatusBar::setDroppedRows(quint64 rows) {
    m_droppedRows = rows;
    showAll();
}

void StatusBar::showAll() {
    const int running = m_servers.count(ServerStatus::Running);
    const int failed = m_servers.count(ServerStatus::Failed);
    const qreal ratio = devicePixelRatioF();
    m_serversDot->setPixmap(dotPixmap(
        themeColor(running > 0 ? ColorToken::Success : ColorToken::Muted), running > 0, 14, ratio));
    m_running->setText(
        running == 0
            ? tr("No server running")
            : tr("%1 of %n server(s) running", nullptr, m_servers.rowCount()).arg(running));
    m_failedDot->setPixmap(dotPixmap(themeColor(ColorToken::Danger), true, 14, ratio));
    m_failedDot->setVisible(failed > 0);
    m_failed->setText(tr("%1 failed").arg(failed) + QStringLiteral("   "));
    m_failed->setVisible(failed > 0);
    m_clients->setText(tr("%n client(s)", nullptr, m_servers.clientCount()));
    m_clients->setVisible(m_servers.rowCount() > 0);
    const TableStats& stats = m_connections.stats();
    const auto took = std::chrono::duration<double, std::milli>(stats.took).count();
    QString sockets = m_connections.failure();
    if (sockets.isEmpty())
        sockets = tr("%1 sockets, read in %2 ms")
                      .arg(countText(stats.sockets))
                      .arg(took, 0, 'f', took < 10 ? 1 : 0);
    if (m_connections.isPaused())
        sockets += tr(" (paused)");
    m_sockets->setText(sockets);
    m_notShown->setText(
        tr("%1 log rows not shown").arg(countText(m_bridge.droppedEvents() + m_droppedRows)));
    const auto unknown = static_cast<int>(stats.ownersUnknown);
    m_permission->setText(tr("Owners of %n socket(s) need permission.", nullptr, unknown));
    m_permission->setVisible(unknown > 0);
    m_why->setVisible(unknown > 0);
    update();
}

void StatusBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
