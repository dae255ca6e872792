#include "ui/connections/connections_dock.h"

#include <array>
#include <chrono>

#include <QCoreApplication>
#include <QPointer>

#include "ui/common/dock_title_bar.h"
#include "ui/common/error_text.h"
#include "ui/common/export_button.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/common/settings.h"
#include "ui/common/small_widgets.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_view.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connection_menu.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/connections/snapshot_page.h"
#include "ui/connections/socket_ending.h"
#include "ui/connections/state_bar.h"
#include "ui/connections/table_names.h"
#include "ui/connections/table_options.h"
#include "ui/engine_bridge.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int titleHeight = 36;
constexpr std::array<Duration, 4> intervals{500ms, 1s, 2s, 5s};
const QString viewKey = QStringLiteral("tableView");
const QString closedLayoutKey = QStringLiteral("tableLayout.closed");

/// Wakes the dock from the look-up's thread, while it is there.
std::function<void()> wakeOf(QTimer* timer) {
    return [guard = QPointer<QTimer>(timer)] {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard] {
                if (guard && !guard->isActive())
                    guard->start();
            },
            Qt::QueuedConnection);
    };
}

} // namespace

ConnectionsDock::ConnectionsDock(EngineBridge& bridge, Settings& settings, QWidget* parent)
    : QDockWidget(tr("Connections"), parent),
      m_bridge(bridge),
      m_settings(settings),
      m_namesTimer(new QTimer(this)),
      m_names(std::make_unique<TableNames>(wakeOf(m_namesTimer))),
      m_model(new ConnectionsModel(this)),
      m_view(new ConnectionsView(*m_model, this)),
      m_closed(new ClosedModel(this)),
      m_closedView(new ClosedView(*m_closed, this)),
      m_message(new InlineMessage(this)),
      m_snapshots(new SnapshotPage([this] { return m_model->allRows(); }, *m_message, this)),
      m_states(new StateBar(this)),
      m_fault(makeNote(QString(), this)),
      m_pages(new QStackedWidget(this)),
      m_segments(new Segments(tr("Columns"), this)),
      m_filter(new FilterField(settings, this)),
      m_ours(makeChip(tr("Ours"), tr("Only sockets of this program"), QStringLiteral("oursChip"),
                      this)),
      m_listening(makeChip(tr("Listening"), tr("Only sockets that listen"),
                           QStringLiteral("listeningChip"), this)),
      m_hideLoopback(makeChip(tr("Hide loopback"),
                              tr("Without sockets that only this machine can reach"),
                              QStringLiteral("hideLoopbackChip"), this)),
      m_optionsButton(makeIconButton(QStringLiteral("sliders"),
                                     tr("Groups, kinds, names, snapshots"),
                                     QStringLiteral("tableOptionsButton"), this)),
      m_export(new ExportButton(QStringLiteral("sockets"), *m_message, this)),
      m_options(new TableOptions(settings, this)),
      m_ending(new SocketEnding(*m_message, this)),
      m_rowMenu(new ConnectionMenu(*m_model, *m_view, *m_ending, this)),
      m_interval(new QComboBox(this)) {
    setObjectName(QStringLiteral("connectionsDock"));
    auto* title = new DockTitleBar(tr("Connections"), titleHeight, this);
    buildSegments();
    buildInterval();
    buildTitle(title);
    setTitleBarWidget(title);
    buildPages();
    connectFilter();
    connectOptions();
    connectRows();
    const int kept = m_settings.value(viewKey).toInt(All);
    showView(kept >= All && kept <= Ss ? static_cast<View>(kept) : All);
    restoreLayout(layoutKey(), m_view->columns());
    restoreLayout(closedLayoutKey, m_closedView->columns());
    applyInterval();
    applyKinds();
    applyNames();
    m_model->setGrouping(m_options->grouping());
}

ConnectionsDock::~ConnectionsDock() = default;

void ConnectionsDock::applyFilter() {
    m_model->setFilter({.text = m_filter->filter(),
                        .oursOnly = m_ours->isChecked(),
                        .listeningOnly = m_listening->isChecked(),
                        .hideLoopback = m_hideLoopback->isChecked(),
                        .states = m_states->chosen()});
    if (m_segments->current() == Closed)
        m_closed->setFilter(m_filter->filter());
    showCount();
}

void ConnectionsDock::clearFilter() {
    m_filter->clear();
    for (QToolButton* chip : {m_ours, m_listening, m_hideLoopback})
        chip->setChecked(false);
    m_states->setChosen(0);
}

Duration ConnectionsDock::interval() const {
    const int last = static_cast<int>(intervals.size()) - 1;
    return intervals[static_cast<std::size_t>(qBound(0, m_interval->currentIndex(), last))];
}

void ConnectionsDock::applyInterval() {
    m_bridge.engine().table().setInterval(interval());
    m_view->setInterval(interval());
}

void ConnectionsDock::applyKinds() {
    const TableKinds asked = m_options->kinds();
    // What was not asked for until now is not new when it comes.
    TableKinds older = asked;
    for (const auto member :
         {&TableKinds::tcp, &TableKinds::udp, &TableKinds::unixSockets, &TableKinds::udpLite,
          &TableKinds::raw, &TableKinds::packet, &TableKinds::netlink})
        older.*member = asked.*member && !(m_kinds.*member);
    m_model->expectOlder(older);
    if (asked != m_kinds)
        m_bridge.engine().table().setKinds(asked);
    m_kinds = asked;
}

void ConnectionsDock::applyNames() {
    m_names->setKinds(m_options->names());
    m_model->setNames(m_names->isOn() ? m_names.get() : nullptr);
}

void ConnectionsDock::refreshNow() {
    m_bridge.engine().table().refreshNow();
}

void ConnectionsDock::setPaused(bool paused) {
    if (m_isPaused == paused)
        return;
    m_isPaused = paused;
    m_bridge.engine().table().setPaused(paused);
    m_bridge.holdClosed(paused);
    Q_EMIT pausedChanged(paused);
}

void ConnectionsDock::showView(View view) {
    if (m_segments->current() == view)
        takeView(view);
    else
        m_segments->setCurrent(view);
}

void ConnectionsDock::takeView(int id) {
    m_message->hide(); // a question is about the rows that were shown
    const bool isTable = id != Closed;
    const bool wasClosed = m_pages->currentWidget() == m_closedView;
    m_pages->setCurrentIndex(isTable ? 0 : 1);
    for (QToolButton* chip : {m_ours, m_listening, m_hideLoopback})
        chip->setEnabled(isTable);
    if (isTable) {
        m_settings.setValue(viewKey, id);
        const auto style = static_cast<TableStyle>(id);
        if (style != m_model->style()) {
            m_isRestoring = true; // what follows is no choice of columns
            m_model->setStyle(style);
            restoreLayout(layoutKey(), m_view->columns());
        }
    } else {
        const Result<void>& started = m_bridge.engine().closedStart();
        m_closedView->setFailure(started ? QString() : errorWords(started.error()));
        m_closed->setFilter(m_filter->filter());
    }
    // What is selected there is inspected again.
    if (wasClosed && isTable)
        m_view->tellAgain();
    else if (!wasClosed && !isTable)
        m_closedView->tellAgain();
    showStrip();
    showCount();
    watchVisible();
}

void ConnectionsDock::showSnapshots() {
    m_pages->setCurrentWidget(m_snapshots);
    m_snapshots->compareNow();
    showStrip();
}

bool ConnectionsDock::find(const QString& text, bool backwards) {
    if (m_pages->currentWidget() == m_snapshots)
        return m_snapshots->find(text, backwards);
    return m_pages->currentWidget() == m_closedView ? m_closedView->find(text, backwards)
                                                    : m_view->find(text, backwards);
}

void ConnectionsDock::showPort(std::uint16_t port, SocketProtocol protocol) {
    show();
    raise();
    if (m_segments->current() == Closed || m_pages->currentWidget() != m_view)
        showView(All);
    clearFilter();
    if (!m_model->isBusy()) {
        selectPort(port, protocol);
        return;
    }
    connect(
        m_model, &ConnectionsModel::settled, this,
        [this, port, protocol] { selectPort(port, protocol); },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void ConnectionsDock::selectPort(std::uint16_t port, SocketProtocol protocol) {
    const auto other = protocol == SocketProtocol::Tcp ? SocketProtocol::Udp : SocketProtocol::Tcp;
    for (const SocketProtocol each : {protocol, other}) {
        if (const quint64 cookie = m_model->holderOf(each, port)) {
            m_view->selectCookie(cookie);
            m_view->setFocus();
            return;
        }
    }
    m_message->show(InlineMessage::Kind::Remark,
                    tr("No socket in the table holds port %1 now.").arg(port));
    m_message->addAction(tr("Dismiss"), false, [this] { m_message->hide(); });
}

void ConnectionsDock::showOtherEndHidden(quint64 cookie) {
    m_message->show(InlineMessage::Kind::Remark, tr("The filter hides the other end."));
    m_message->addAction(tr("Show it"), false, [this, cookie] {
        m_message->hide();
        clearFilter();
        m_view->selectCookie(cookie);
    });
    m_message->addAction(tr("Dismiss"), false, [this] { m_message->hide(); });
}

QString ConnectionsDock::layoutKey() const {
    return QStringLiteral("tableLayout.%1")
        .arg(QString::fromLatin1(tableStyleName(m_model->style())));
}

void ConnectionsDock::saveLayout() {
    if (m_isRestoring)
        return;
    const auto save = [this](const QString& key, const ColumnLayout& columns) {
        m_settings.setValue(key, QString::fromLatin1(columns.save().toBase64()));
    };
    save(layoutKey(), m_view->columns());
    save(closedLayoutKey, m_closedView->columns());
}

void ConnectionsDock::restoreLayout(const QString& key, ColumnLayout& columns) {
    m_isRestoring = true;
    columns.restore(QByteArray::fromBase64(m_settings.value(key).toString().toLatin1()));
    m_isRestoring = false;
}

void ConnectionsDock::takeTable(const TableUpdate& update) {
    m_failure = update.change ? QString() : errorWords(update.change.error());
    m_stats = update.stats;
    m_options->setNotOffered(m_stats.notOffered);
    m_model->apply(update);
    // What the window has no time for waits with the reader: so there is never more than one.
    m_bridge.holdTable(m_model->isBusy());
    Q_EMIT tableRead();
}

void ConnectionsDock::watchVisible() {
    std::vector<std::uint64_t> cookies;
    if (m_pages->currentWidget() == m_view && m_view->isVisible())
        cookies = m_view->visibleCookies();
    if (m_view->currentCookie() != 0)
        cookies.push_back(m_view->currentCookie());
    m_bridge.engine().table().watch(std::move(cookies));
}

void ConnectionsDock::showStrip() {
    const QString fault = m_filter->fault();
    m_fault->setText(fault);
    m_fault->setToolTip(plainTip(fault));
    m_fault->setVisible(!fault.isEmpty());
    m_states->setVisible(fault.isEmpty() && m_options->showsStates() &&
                         m_pages->currentWidget() == m_view);
}

void ConnectionsDock::showCount() {
    m_states->setCounts(m_model->stateCounts());
    const bool isClosed = m_segments->current() == Closed;
    const auto shown = static_cast<quint64>(
        isClosed ? static_cast<std::size_t>(m_closed->rowCount()) : m_model->passing());
    const auto all = static_cast<quint64>(isClosed ? m_closed->total() : m_model->total());
    m_filter->setCount(shown == all ? tr("%1 rows").arg(countText(all))
                                    : tr("%1 of %2").arg(countText(shown), countText(all)));
}

} // namespace sscope
