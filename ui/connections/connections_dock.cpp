#include "ui/connections/connections_dock.h"

#include <array>
#include <chrono>

#include <QAction>
#include <QHBoxLayout>

#include "ui/common/dock_title_bar.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/settings.h"
#include "ui/common/small_widgets.h"
#include "ui/connections/connections_model.h"
#include "ui/engine_bridge.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int titleHeight = 36;
constexpr std::array<Duration, 4> intervals{500ms, 1s, 2s, 5s};
constexpr int defaultInterval = 1;
const QString intervalKey = QStringLiteral("tableInterval");
const QString layoutKey = QStringLiteral("tableColumns");

} // namespace

ConnectionsDock::ConnectionsDock(EngineBridge& bridge, Settings& settings, QWidget* parent)
    : QDockWidget(tr("Connections"), parent),
      m_bridge(bridge),
      m_settings(settings),
      m_model(new ConnectionsModel(this)),
      m_view(new ConnectionsView(*m_model, this)),
      m_filter(new QLineEdit(this)),
      m_count(makeNote({}, m_filter)),
      m_ours(makeChip(tr("Ours"), tr("Only sockets of this program"), QStringLiteral("oursChip"),
                      this)),
      m_listening(makeChip(tr("Listening"), tr("Only sockets that listen"),
                           QStringLiteral("listeningChip"), this)),
      m_hideLoopback(makeChip(tr("Hide loopback"),
                              tr("Without sockets that only this machine can reach"),
                              QStringLiteral("hideLoopbackChip"), this)),
      m_interval(new QComboBox(this)) {
    setObjectName(QStringLiteral("connectionsDock"));
    auto* title = new DockTitleBar(tr("Connections"), titleHeight, this);
    buildFilter();
    buildTitle(title);
    setTitleBarWidget(title);
    setWidget(m_view);
    const QByteArray layout =
        QByteArray::fromBase64(m_settings.value(layoutKey).toString().toLatin1());
    if (!layout.isEmpty())
        m_view->restoreLayout(layout);
    connect(m_view, &ConnectionsView::layoutEdited, this, &ConnectionsDock::saveLayout);
    connect(&bridge, &EngineBridge::tableArrived, this, &ConnectionsDock::takeTable);
    m_interval->setCurrentIndex(m_settings.value(intervalKey).toInt(defaultInterval));
    applyInterval();
}

void ConnectionsDock::buildFilter() {
    m_filter->setObjectName(QStringLiteral("connectionFilter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter: words, ports, pids"));
    m_filter->setToolTip(tr("Words that a row shows; a number is a port or a pid"));
    m_filter->setFont(monoFont());
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(320);
    m_filter->setClearButtonEnabled(false);
    m_filter->addAction(lineIcon(QStringLiteral("filter")), QLineEdit::LeadingPosition);
    // The count stands in the field, at its right end.
    m_count->setWordWrap(false);
    m_count->setFont(secondaryFont());
    auto* inside = new QHBoxLayout(m_filter);
    inside->setContentsMargins(0, 0, 8, 0);
    inside->addStretch(1);
    inside->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, &ConnectionsDock::applyFilter);
    for (QToolButton* chip : {m_ours, m_listening, m_hideLoopback})
        connect(chip, &QToolButton::toggled, this, &ConnectionsDock::applyFilter);
}

void ConnectionsDock::buildTitle(DockTitleBar* title) {
    m_interval->setObjectName(QStringLiteral("tableInterval"));
    m_interval->setAccessibleName(tr("Refresh interval"));
    m_interval->setToolTip(tr("How often the table is read"));
    m_interval->addItems({tr("0.5 s"), tr("1 s"), tr("2 s"), tr("5 s")});
    connect(m_interval, &QComboBox::activated, this, [this](int index) {
        m_settings.setValue(intervalKey, index);
        applyInterval();
    });
    auto* refresh = makeIconButton(QStringLiteral("refresh"),
                                   tipWithKey(tr("Read the table now"), QKeySequence(Qt::Key_F5)),
                                   QStringLiteral("refreshButton"), this);
    connect(refresh, &QToolButton::clicked, this, &ConnectionsDock::refreshNow);
    title->addWidget(m_filter, 1);
    title->addWidget(m_ours);
    title->addWidget(m_listening);
    title->addWidget(m_hideLoopback);
    title->addStretch();
    title->addWidget(m_interval);
    title->addWidget(refresh);
}

void ConnectionsDock::applyFilter() {
    m_model->setFilter({.text = SocketFilter(m_filter->text().toStdString()),
                        .oursOnly = m_ours->isChecked(),
                        .listeningOnly = m_listening->isChecked(),
                        .hideLoopback = m_hideLoopback->isChecked()});
    showCount();
}

Duration ConnectionsDock::interval() const {
    const int last = static_cast<int>(intervals.size()) - 1;
    return intervals[static_cast<std::size_t>(qBound(0, m_interval->currentIndex(), last))];
}

void ConnectionsDock::applyInterval() {
    m_bridge.engine().table().setInterval(interval());
    m_view->setInterval(interval());
}

void ConnectionsDock::refreshNow() {
    m_bridge.engine().table().refreshNow();
}

void ConnectionsDock::setPaused(bool paused) {
    if (m_isPaused == paused)
        return;
    m_isPaused = paused;
    m_bridge.engine().table().setPaused(paused);
    Q_EMIT pausedChanged(paused);
}

void ConnectionsDock::showPort(std::uint16_t port) {
    m_filter->clear();
    for (QToolButton* chip : {m_ours, m_listening, m_hideLoopback})
        chip->setChecked(false);
    const int row = m_model->rowOfListener(port);
    if (row >= 0)
        m_view->selectCookie(m_model->at(row).row.cookie);
}

void ConnectionsDock::saveLayout() {
    m_settings.setValue(layoutKey, QString::fromLatin1(m_view->saveLayout().toBase64()));
}

void ConnectionsDock::takeTable(const TableUpdate& update) {
    m_failure = update.change ? QString() : errorWords(update.change.error());
    m_stats = update.stats;
    m_model->apply(update);
    showCount();
    Q_EMIT tableRead();
}

void ConnectionsDock::showCount() {
    const auto shown = static_cast<quint64>(m_model->rowCount());
    const auto all = static_cast<quint64>(m_model->total());
    m_count->setText(shown == all ? tr("%1 rows").arg(countText(all))
                                  : tr("%1 of %2").arg(countText(shown), countText(all)));
    m_filter->setTextMargins(0, 0, m_count->sizeHint().width() + 8, 0);
}

} // namespace sscope
