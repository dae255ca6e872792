#include "ui/clients/crowd_page.h"

#include <algorithm>
#include <chrono>

#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "core/base/shell_words.h"
#include "core/client/crowd_report.h"
#include "ui/clients/crowd_form.h"
#include "ui/clients/crowd_reasons_model.h"
#include "ui/clients/crowd_results_model.h"
#include "ui/common/error_text.h"
#include "ui/common/export_button.h"
#include "ui/common/figure_delegate.h"
#include "ui/common/figure_row.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/inline_message.h"
#include "ui/common/load_strip.h"
#include "ui/common/row_search.h"
#include "ui/common/small_widgets.h"
#include "ui/common/tab_order.h"
#include "ui/common/table_setup.h"
#include "ui/common/worker.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr auto pollInterval = 100ms;
// Results that one look at the run takes over, so that the window stays smooth.
constexpr std::size_t resultsEach = 1000;
constexpr int mostReasonRows = 5;
constexpr int tableHeader = 23;
constexpr int tableRow = 22;

/// The results of one reason, or all.
class ReasonFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setReason(int reason) {
        m_reason = reason;
        invalidateFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        return m_reason < 0 || index.data(CrowdResultsModel::ReasonRole).toInt() == m_reason;
    }

private:
    int m_reason = -1;
};

} // namespace

CrowdPage::CrowdPage(QWidget* parent)
    : TabPage(parent),
      m_results(new CrowdResultsModel(this)),
      m_reasons(new CrowdReasonsModel(this)),
      m_shown(new ReasonFilter(this)),
      m_form(new CrowdForm(this)),
      m_message(new InlineMessage(this)),
      m_strip(new LoadStrip(this)),
      m_bar(new QProgressBar(this)),
      m_figures(new FigureRow(this)),
      m_reasonsView(new QTableView(this)),
      m_view(new QTableView(this)),
      m_empty(makeNote(tr("Start opens the connections. Each sends its messages, waits until as "
                          "many bytes or replies have come back, and closes; how it ended stands "
                          "here, those that failed first."),
                       this)),
      m_export(new ExportButton(QStringLiteral("connections"), *m_message, this)) {
    setObjectName(QStringLiteral("crowdPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_bar->setObjectName(QStringLiteral("crowdProgress"));
    m_bar->setAccessibleName(tr("Connections that are over"));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->hide();
    m_empty->setContentsMargins(12, 12, 12, 12);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    for (QWidget* part : std::initializer_list<QWidget*>{m_form, m_message, m_strip, m_bar,
                                                         m_figures, m_reasonsView})
        column->addWidget(part);
    column->addWidget(m_empty, 1);
    column->addWidget(m_view, 1);
    buildExport();
    buildReasons();
    buildResults();
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &CrowdPage::poll);
    connect(m_form, &CrowdForm::startAsked, this, &CrowdPage::start);
    connect(m_form, &CrowdForm::cancelAsked, this, &CrowdPage::cancel);
    connect(m_form, &CrowdForm::edited, this, &CrowdPage::showCommand);
    auto* go = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    go->setContext(Qt::WidgetWithChildrenShortcut);
    connect(go, &QShortcut::activated, this, &CrowdPage::start);
    orderForTab({m_form, m_message, m_strip, m_reasonsView, m_view});
    showCommand();
    showFigures({});
    showEmpty();
}

CrowdPage::~CrowdPage() {
    if (m_run)
        m_run->cancel();
    releaseOnWorker(std::move(m_run));
}

void CrowdPage::buildExport() {
    m_form->addButton(m_export);
    m_export->setEnabled(false);
    m_export->setSource([this](ExportButton::Form form) -> ExportButton::Writer {
        return [progress = m_progress, form]() -> std::string {
            if (!progress)
                return {};
            return form == ExportButton::Form::Csv ? crowdCsv(*progress) : crowdJson(*progress);
        };
    });
}

void CrowdPage::buildReasons() {
    setUpTable(*m_reasonsView);
    m_reasonsView->setObjectName(QStringLiteral("crowdReasons"));
    m_reasonsView->setAccessibleName(tr("Failures by reason"));
    m_reasonsView->setModel(m_reasons);
    m_reasonsView->setItemDelegate(new FigureDelegate(m_reasonsView));
    m_reasonsView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_reasonsView->setTabKeyNavigation(false);
    QHeaderView* header = m_reasonsView->horizontalHeader();
    header->setSectionResizeMode(CrowdReasonsModel::ReasonColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(CrowdReasonsModel::CountColumn, QHeaderView::Fixed);
    header->resizeSection(CrowdReasonsModel::CountColumn, 96);
    header->setSectionsClickable(false);
    header->setFixedHeight(tableHeader);
    m_reasonsView->hide();
    connect(m_reasonsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { showReason(current.row()); });
}

void CrowdPage::buildResults() {
    m_shown->setSourceModel(m_results);
    m_shown->setSortRole(CrowdResultsModel::SortRole);
    setUpTable(*m_view);
    m_view->setObjectName(QStringLiteral("crowdResults"));
    m_view->setAccessibleName(tr("Connections that are over"));
    m_view->setModel(m_shown);
    m_view->setItemDelegate(new FigureDelegate(m_view));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setTabKeyNavigation(false);
    QHeaderView* header = m_view->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    const std::array widths{std::pair(CrowdResultsModel::NumberColumn, 60),
                            std::pair(CrowdResultsModel::StateColumn, 116),
                            std::pair(CrowdResultsModel::LocalColumn, 144),
                            std::pair(CrowdResultsModel::SentColumn, 80),
                            std::pair(CrowdResultsModel::ReceivedColumn, 80),
                            std::pair(CrowdResultsModel::TimeColumn, 80)};
    for (const auto& [column, width] : widths)
        header->resizeSection(column, width);
    header->setSectionResizeMode(CrowdResultsModel::ReasonColumn, QHeaderView::Stretch);
    header->setFixedHeight(tableHeader);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder); // as the model has them: failed first
    m_view->setSortingEnabled(true);
}

QString CrowdPage::title() const {
    const Endpoint& endpoint = m_config.client.endpoint;
    const QString where = isUnix(endpoint.transport)
                              ? toQString(displaySafe(endpoint.path))
                              : withoutScheme(toQString(displaySafe(endpoint.text())));
    return m_progress ? tr("%1 x %2").arg(countText(m_config.connections), where)
                      : tr("Many connections");
}

QIcon CrowdPage::tabIcon() const {
    return lineIcon(QStringLiteral("fork"));
}

QString CrowdPage::stateWord() const {
    if (!m_progress)
        return tr("not run yet");
    return m_now.failed > 0
               ? tr("%1 of %2 done, %3 failed")
                     .arg(countText(m_now.done), countText(m_now.connections),
                          countText(m_now.failed))
               : tr("%1 of %2 done").arg(countText(m_now.done), countText(m_now.connections));
}

void CrowdPage::focusFirst() {
    m_form->focusFirst();
}

bool CrowdPage::find(const QString& text, bool backwards) {
    const auto suits = [&](int row) {
        for (int column = 0; column < CrowdResultsModel::ColumnCount; ++column) {
            const QString cell = m_shown->index(row, column).data().toString();
            if (cell.contains(text, Qt::CaseInsensitive))
                return true;
        }
        return false;
    };
    const int row = nextRow(m_shown->rowCount(), m_view->currentIndex().row(), backwards, suits);
    if (row >= 0)
        m_view->setCurrentIndex(m_shown->index(row, 0));
    return row >= 0;
}

void CrowdPage::start() {
    if (isRunning())
        return;
    m_message->hide();
    CrowdConfig config;
    if (const QString fault = m_form->read(config); !fault.isEmpty()) {
        m_message->show(InlineMessage::Kind::Problem, fault);
        return;
    }
    auto run = std::make_shared<CrowdRun>(config);
    if (const auto started = run->start(); !started) {
        m_message->show(InlineMessage::Kind::Problem, errorWords(started.error()));
        return;
    }
    m_config = std::move(config);
    m_run = std::move(run);
    m_progress = m_run->sharedProgress();
    m_isCancelling = false;
    m_fetched = 0;
    m_results->clear();
    m_reasons->clear();
    showReason(0);
    m_bar->setRange(0, static_cast<int>(m_config.connections));
    m_bar->show();
    m_export->setEnabled(false);
    m_form->setState(CrowdForm::State::Running);
    m_poll.start();
    poll();
}

void CrowdPage::cancel() {
    if (!m_run)
        return;
    m_run->cancel();
    m_isCancelling = true;
    m_form->setState(CrowdForm::State::Cancelling);
}

void CrowdPage::poll() {
    if (!m_run)
        return;
    // The results first: what the snapshot counts is then there at the next look at the latest.
    const auto results = m_progress->results(m_fetched, resultsEach);
    m_now = m_progress->snapshot();
    m_fetched += results.size();
    m_results->setReasons(m_now.reasons);
    m_results->add(results);
    m_reasons->setReasons(m_now.reasons, m_now.done + m_now.failed + m_now.cancelled);
    showFigures(m_now);
    showEmpty();
    if (m_now.isOver && m_progress->results(m_fetched, 1).empty())
        finish();
    else
        m_poll.setInterval(results.size() == resultsEach ? 10ms : pollInterval);
    Q_EMIT titleChanged();
}

void CrowdPage::finish() {
    m_poll.stop();
    releaseOnWorker(std::move(m_run));
    m_run = nullptr;
    m_bar->hide();
    m_export->setEnabled(true);
    m_form->setState(CrowdForm::State::Ready);
    showFigures(m_now);
    Q_EMIT finished();
}

void CrowdPage::showFigures(const CrowdSnapshot& now) {
    const bool isNone = !m_progress;
    const auto count = [&](std::uint32_t value) {
        return isNone ? QStringLiteral("–") : countText(value);
    };
    const auto bytes = [&](std::uint64_t value) {
        return isNone ? QStringLiteral("–") : shortBytesText(value);
    };
    m_figures->setFigures({{tr("Done"), count(now.done)},
                           {tr("Failed"), count(now.failed), now.failed > 0},
                           {tr("Waiting"), count(now.waiting)},
                           {tr("Connecting"), count(now.connecting)},
                           {tr("Open"), count(now.open)},
                           {tr("Sent"), bytes(now.sentBytes)},
                           {tr("Received"), bytes(now.receivedBytes)}});
    m_bar->setValue(static_cast<int>(now.done + now.failed + now.cancelled));
    LoadStrip::Sign sign = LoadStrip::Sign::None;
    QString words = stateWord();
    if (m_run)
        sign = LoadStrip::Sign::Running;
    else if (m_progress)
        sign = now.cancelled > 0 ? LoadStrip::Sign::Cancelled
               : now.failed > 0  ? LoadStrip::Sign::Failed
                                 : LoadStrip::Sign::Done;
    if (m_progress)
        words = tr("%1, %2").arg(words, latencyText(now.elapsed));
    if (now.cancelled > 0)
        words = tr("%1, %2 cancelled").arg(words, countText(now.cancelled));
    m_strip->setProgress(sign, words);
    const int rows = std::min(mostReasonRows, m_reasons->rowCount());
    m_reasonsView->setVisible(rows > 0);
    m_reasonsView->setFixedHeight(tableHeader + tableRow * rows + 4);
}

void CrowdPage::showCommand() {
    CrowdConfig config;
    if (!m_form->readable(config)) {
        m_strip->setCommand({});
        return;
    }
    QStringList words{QStringLiteral("socketscope send")};
    for (const std::string& word : crowdArguments(config))
        words.append(toQString(shellQuoted(word)));
    m_strip->setCommand(words.join(QLatin1Char(' ')));
}

void CrowdPage::showReason(int row) {
    static_cast<ReasonFilter*>(m_shown)->setReason(row - 1);
}

void CrowdPage::showEmpty() {
    const bool isEmpty = m_results->rowCount() == 0;
    m_empty->setVisible(isEmpty);
    m_view->setVisible(!isEmpty);
}

} // namespace sscope
