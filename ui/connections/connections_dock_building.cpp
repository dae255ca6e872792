// How the dock is put together, and what leads where in it.

#include <QVBoxLayout>

#include "core/diagnostics/closed_export.h"
#include "core/diagnostics/table_csv.h"
#include "ui/common/dock_title_bar.h"
#include "ui/common/export_button.h"
#include "ui/common/formats.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/common/settings.h"
#include "ui/common/small_widgets.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_view.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connection_copies.h"
#include "ui/connections/connection_menu.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/connections/snapshot_page.h"
#include "ui/connections/socket_ending.h"
#include "ui/connections/state_bar.h"
#include "ui/connections/table_options.h"
#include "ui/connections/title_fold.h"
#include "ui/engine_bridge.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// The title folds before it gets in the way of a narrow window.
constexpr int leastTitleWidth = 480;
// The words that it suggests can be read beside its count; it takes the room before all else.
constexpr int leastFilterWidth = 276;
constexpr int mostFilterWidth = 480;
constexpr int filterStretch = 100;
constexpr int stripHeight = 24;
constexpr int defaultInterval = 1;
const QString intervalKey = QStringLiteral("tableInterval");
// Names come one by one; the table is painted for several at once.
constexpr auto namesDelay = 100ms;

} // namespace

void ConnectionsDock::buildPages() {
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_closedView);
    m_pages->addWidget(m_snapshots);
    m_fault->setObjectName(QStringLiteral("filterFault"));
    m_fault->setWordWrap(false);
    m_fault->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_fault->setFixedHeight(stripHeight);
    m_fault->setContentsMargins(12, 0, 12, 0);
    m_fault->hide();
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_fault);
    column->addWidget(m_states);
    column->addWidget(m_pages, 1);
    setWidget(body);
}

void ConnectionsDock::buildSegments() {
    m_segments->add(All, tr("All"), tr("All that is known of each socket"),
                    QStringLiteral("viewAll"));
    m_segments->add(Netstat, QStringLiteral("netstat"), tr("The columns of netstat -tunap"),
                    QStringLiteral("viewNetstat"));
    m_segments->add(Lsof, QStringLiteral("lsof"),
                    tr("The columns of lsof -i, a row for each owner"), QStringLiteral("viewLsof"));
    m_segments->add(Ss, QStringLiteral("ss"), tr("The columns of ss -tunap"),
                    QStringLiteral("viewSs"));
    m_segments->add(Closed, tr("Closed"), tr("Sockets that have closed, also short-lived ones"),
                    QStringLiteral("viewClosed"));
    connect(m_segments, &Segments::currentChanged, this, &ConnectionsDock::takeView);
    // Also the one that is down leads back from the snapshots.
    for (auto* button : m_segments->findChildren<QToolButton*>())
        connect(button, &QToolButton::clicked, this, [this] {
            if (m_pages->currentWidget() == m_snapshots)
                takeView(m_segments->current());
        });
}

void ConnectionsDock::buildInterval() {
    m_interval->setObjectName(QStringLiteral("tableInterval"));
    m_interval->setAccessibleName(tr("Refresh interval"));
    m_interval->setToolTip(tr("How often the table is read"));
    m_interval->addItems({tr("0.5 s"), tr("1 s"), tr("2 s"), tr("5 s")});
    m_interval->setCurrentIndex(m_settings.value(intervalKey).toInt(defaultInterval));
    connect(m_interval, &QComboBox::activated, this, [this](int index) {
        m_settings.setValue(intervalKey, index);
        applyInterval();
    });
}

void ConnectionsDock::buildTitle(DockTitleBar* title) {
    m_filter->setMinimumWidth(leastFilterWidth);
    m_filter->setMaximumWidth(mostFilterWidth);
    auto* refresh = makeIconButton(QStringLiteral("refresh"),
                                   tipWithKey(tr("Read the table now"), QKeySequence(Qt::Key_F5)),
                                   QStringLiteral("refreshButton"), this);
    connect(refresh, &QToolButton::clicked, this, &ConnectionsDock::refreshNow);
    m_optionsButton->setMenu(&m_options->menu());
    m_optionsButton->setPopupMode(QToolButton::InstantPopup);
    m_export->setToolTip(tr("Save the rows that are shown to a file"));
    m_export->setAccessibleName(m_export->toolTip());
    m_export->setFixedSize(24, 24);
    m_export->setSource([this](ExportButton::Form form) { return exportOf(form); });
    title->addWidget(m_segments);
    title->addWidget(m_filter, filterStretch);
    for (QToolButton* chip : {m_ours, m_listening, m_hideLoopback}) {
        title->addWidget(chip);
        m_options->addToggle(chip);
    }
    title->addStretch();
    title->addWidget(m_interval);
    auto* buttons = new QWidget(title);
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (QToolButton* button :
         std::initializer_list<QToolButton*>{refresh, m_optionsButton, m_export})
        row->addWidget(button);
    title->addWidget(buttons);
    title->setLeastWidth(leastTitleWidth);
    m_fold = new TitleFold(title, {m_hideLoopback, m_listening, m_ours});
}

ExportButton::Writer ConnectionsDock::exportOf(ExportButton::Form form) const {
    const bool isCsv = form == ExportButton::Form::Csv;
    if (m_segments->current() == Closed)
        return [isCsv, entries = m_closed->shownEntries()] {
            return isCsv ? printClosedCsv(entries) : printClosedJson(entries);
        };
    return [isCsv, rows = m_model->shownRows()] {
        return isCsv ? printCsv(rows) : connection_copies::jsonFile(rows);
    };
}

void ConnectionsDock::connectFilter() {
    m_filter->setVocabulary([this] { return m_model->vocabulary(); });
    connect(m_filter, &FilterField::filterChanged, this, &ConnectionsDock::applyFilter);
    connect(m_filter, &FilterField::faultChanged, this, &ConnectionsDock::showStrip);
    for (QToolButton* chip : {m_ours, m_listening, m_hideLoopback})
        connect(chip, &QToolButton::toggled, this, &ConnectionsDock::applyFilter);
    connect(m_states, &StateBar::chosenChanged, this, &ConnectionsDock::applyFilter);
    connect(m_model, &ConnectionsModel::arranged, this, &ConnectionsDock::showCount);
    connect(m_closed, &ClosedModel::countChanged, this, &ConnectionsDock::showCount);
}

void ConnectionsDock::connectOptions() {
    connect(m_options, &TableOptions::groupingChanged, this,
            [this] { m_model->setGrouping(m_options->grouping()); });
    connect(m_options, &TableOptions::foldAllAsked, m_model, &ConnectionsModel::setAllCollapsed);
    connect(m_options, &TableOptions::kindsChanged, this, &ConnectionsDock::applyKinds);
    connect(m_options, &TableOptions::namesChanged, this, &ConnectionsDock::applyNames);
    connect(m_options, &TableOptions::statesToggled, this, &ConnectionsDock::showStrip);
    connect(m_options, &TableOptions::snapshotAsked, m_snapshots, &SnapshotPage::take);
    connect(m_options, &TableOptions::snapshotsAsked, this, &ConnectionsDock::showSnapshots);
    connect(m_snapshots, &SnapshotPage::leaveAsked, this,
            [this] { takeView(m_segments->current()); });
    connect(m_snapshots, &SnapshotPage::taken, this, [this](const QString& name, int sockets) {
        m_message->show(InlineMessage::Kind::Remark,
                        tr("Snapshot of %1: %n socket(s).", nullptr, sockets).arg(name));
        m_message->addAction(tr("Compare with now"), false, [this] {
            m_message->hide();
            showSnapshots();
        });
        m_message->addAction(tr("Dismiss"), false, [this] { m_message->hide(); });
    });
    m_namesTimer->setSingleShot(true);
    m_namesTimer->setInterval(namesDelay);
    connect(m_namesTimer, &QTimer::timeout, this, &ConnectionsDock::applyNames);
}

void ConnectionsDock::connectRows() {
    for (const ColumnLayout* columns : {&m_view->columns(), &m_closedView->columns()})
        connect(columns, &ColumnLayout::edited, this, &ConnectionsDock::saveLayout);
    connect(m_view, &ConnectionsView::visibleRowsChanged, this, &ConnectionsDock::watchVisible);
    connect(m_view, &ConnectionsView::otherEndHidden, this, &ConnectionsDock::showOtherEndHidden);
    connect(m_rowMenu, &ConnectionMenu::clientAsked, this, &ConnectionsDock::clientAsked);
    connect(m_rowMenu, &ConnectionMenu::filterAsked, m_filter, &QLineEdit::setText);
    connect(m_ending, &SocketEnding::done, this, &ConnectionsDock::refreshNow);
    connect(&m_bridge, &EngineBridge::tableArrived, this, &ConnectionsDock::takeTable);
    connect(
        m_model, &ConnectionsModel::settled, this, [this] { m_bridge.holdTable(false); },
        Qt::QueuedConnection);
    connect(&m_bridge, &EngineBridge::closedArrived, m_closed, &ClosedModel::add);
}

} // namespace sscope
