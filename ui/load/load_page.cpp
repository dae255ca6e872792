#include "ui/load/load_page.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

#include "core/load/load_report.h"
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
#include "ui/common/table_setup.h"
#include "ui/common/worker.h"
#include "ui/load/histogram_plot.h"
#include "ui/load/load_bar.h"
#include "ui/load/load_command.h"
#include "ui/load/load_compare_model.h"
#include "ui/load/load_errors_model.h"
#include "ui/load/load_fields.h"
#include "ui/load/load_plots.h"
#include "ui/load/load_runs_model.h"
#include "ui/load/load_runs_view.h"
#include "ui/load/load_text.h"
#include "ui/load/percentile_curve.h"
#include "ui/load/percentile_plot.h"
#include "ui/load/time_plots.h"
#include "ui/load/vertical_hairline.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr auto pollInterval = 150ms;
constexpr int sideWidth = 248;
constexpr int titleHeight = 32;
constexpr int headerHeight = 23;
constexpr int rowHeight = 22;
constexpr int errorsHeight = headerHeight + 5 * rowHeight;
constexpr int rateWidth = 132;
constexpr int figureWidth = 78;
constexpr int mostCompared = 6; // rows that are seen without scrolling
constexpr int timesStretch = 3;
constexpr int distributionStretch = 2;

bool wasMeasured(const LoadResult& result) {
    return result.phase != LoadPhase::Waiting && result.phase != LoadPhase::Failed;
}

} // namespace

LoadPage::LoadPage(QWidget* parent)
    : TabPage(parent),
      m_runs(new LoadRunsModel(this)),
      m_comparison(new LoadCompareModel(this)),
      m_errors(new LoadErrorsModel(this)),
      m_bar(new LoadBar(this)),
      m_message(new InlineMessage(this)),
      m_strip(new LoadStrip(this)),
      m_figures(new FigureRow(this)),
      m_compared(new QTableView(this)),
      m_times(new TimePlots(this)),
      m_histogram(new HistogramPlot(this)),
      m_percentiles(new PercentilePlot(this)),
      m_runsView(new LoadRunsView(*m_runs, this)),
      m_remove(makeIconButton(QStringLiteral("remove"),
                              tipWithKey(tr("Remove the chosen runs"), Qt::Key_Delete),
                              QStringLiteral("removeRuns"), this)),
      m_errorsView(new QTableView(this)),
      m_noErrors(makeNote(tr("No errors."), this)),
      m_export(new ExportButton(QStringLiteral("load"), *m_message, this)) {
    setObjectName(QStringLiteral("loadPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_message);
    column->addWidget(m_strip);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(buildContent(), 1);
    row->addWidget(new VerticalHairline(this));
    row->addWidget(buildSide());
    column->addLayout(row, 1);
    buildBar();
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &LoadPage::poll);
    setConfig({});
    showRuns();
}

LoadPage::~LoadPage() {
    m_runsView->disconnect(this); // what it tells while it goes
    if (m_run)
        m_run->cancel();
    releaseOnWorker(std::move(m_run));
}

void LoadPage::buildBar() {
    m_bar->addButton(m_export);
    m_export->setSource([this](ExportButton::Form form) -> ExportButton::Writer {
        std::vector<NamedLoad> runs;
        for (const int row : m_runsView->chosen())
            runs.push_back(m_runs->at(row));
        return [runs = std::move(runs), form]() -> std::string {
            const bool isCsv = form == ExportButton::Form::Csv;
            if (runs.size() == 1)
                return isCsv ? loadCsv(runs.front().result) : loadJson(runs.front().result);
            return isCsv ? comparisonCsv(runs) : comparisonJson(runs);
        };
    });
    connect(m_bar, &LoadBar::startAsked, this, &LoadPage::start);
    connect(m_bar, &LoadBar::cancelAsked, this, &LoadPage::cancel);
    connect(m_bar, &LoadBar::edited, this, &LoadPage::showCommand);
    auto* go = new QShortcut(startKey(), this);
    go->setContext(Qt::WidgetWithChildrenShortcut);
    connect(go, &QShortcut::activated, this, &LoadPage::start);
}

QWidget* LoadPage::buildContent() {
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildComparison();
    column->addWidget(m_figures);
    column->addWidget(m_compared);
    column->addWidget(m_times, timesStretch);
    column->addWidget(makeHairline(content));
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_histogram, 2);
    row->addWidget(new VerticalHairline(content));
    row->addWidget(m_percentiles, 3);
    column->addLayout(row, distributionStretch);
    m_times->setEmptyText(tr("Start sends requests over all connections and measures how long "
                             "each reply takes, counted from when its request was due. Latency, "
                             "throughput and errors over time are drawn here."));
    m_percentiles->setEmptyText(tr("No replies yet."));
    m_percentiles->setNote(tr("counted from when a request was due"));
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

void LoadPage::buildComparison() {
    setUpTable(*m_compared);
    m_compared->setObjectName(QStringLiteral("loadComparison"));
    m_compared->setAccessibleName(tr("Runs that are compared"));
    m_compared->setModel(m_comparison);
    m_compared->setSelectionMode(QAbstractItemView::NoSelection);
    m_compared->setTabKeyNavigation(false);
    m_compared->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    QHeaderView* header = m_compared->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(LoadCompareModel::NameColumn, QHeaderView::Stretch);
    for (int column = LoadCompareModel::RateColumn; column < LoadCompareModel::ColumnCount;
         ++column)
        header->resizeSection(column,
                              column == LoadCompareModel::RateColumn ? rateWidth : figureWidth);
    header->setSectionsClickable(false);
    header->setFixedHeight(headerHeight);
    m_compared->setItemDelegate(new FigureDelegate(m_compared, FigureDelegate::Tint::WithFocus));
    m_compared->setFocusPolicy(Qt::NoFocus);
    m_compared->hide();
}

QWidget* LoadPage::buildSide() {
    auto* side = new QWidget(this);
    side->setFixedWidth(sideWidth);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* title = new QHBoxLayout;
    title->setContentsMargins(12, 0, 8, 0);
    QLabel* words = makeTitle(tr("Runs"), side);
    words->setFixedHeight(titleHeight);
    title->addWidget(words, 1);
    title->addWidget(m_remove);
    column->addLayout(title);
    column->addWidget(m_runsView, 1);
    column->addWidget(makeHairline(side));
    m_noErrors->setContentsMargins(12, 0, 12, 0);
    m_noErrors->setFixedHeight(titleHeight);
    m_noErrors->setObjectName(QStringLiteral("noLoadErrors"));
    column->addWidget(m_noErrors);
    setUpTable(*m_errorsView);
    m_errorsView->setObjectName(QStringLiteral("loadErrors"));
    m_errorsView->setAccessibleName(tr("Errors by reason"));
    m_errorsView->setModel(m_errors);
    m_errorsView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_errorsView->setTabKeyNavigation(false);
    m_errorsView->setFixedHeight(errorsHeight);
    m_errorsView->setItemDelegate(
        new FigureDelegate(m_errorsView, FigureDelegate::Tint::WithFocus));
    QHeaderView* header = m_errorsView->horizontalHeader();
    header->setSectionResizeMode(LoadErrorsModel::ReasonColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(LoadErrorsModel::CountColumn, QHeaderView::Fixed);
    header->resizeSection(LoadErrorsModel::CountColumn, 84);
    header->setSectionsClickable(false);
    m_errorsView->hide();
    column->addWidget(m_errorsView);
    connect(m_runsView, &LoadRunsView::chosenChanged, this, &LoadPage::showRuns);
    connect(m_runsView, &LoadRunsView::removeAsked, this, &LoadPage::removeChosen);
    connect(m_remove, &QToolButton::clicked, this, &LoadPage::removeChosen);
    return side;
}

void LoadPage::setConfig(const LoadConfig& config) {
    m_config = config;
    m_bar->setConfig(config);
    showCommand();
    Q_EMIT titleChanged();
}

void LoadPage::setEndpoints(const QStringList& endpoints) {
    m_endpoints = endpoints;
    m_bar->setEndpoints(m_endpoints);
}

QString LoadPage::title() const {
    const Endpoint& endpoint = m_config.endpoint;
    const bool isHere = endpoint.host == "127.0.0.1" || endpoint.host == "localhost";
    const bool isNumber = !isUnix(endpoint.transport) && isHere;
    return isNumber ? tr("Load :%1").arg(endpoint.port)
                    : tr("Load %1").arg(withoutScheme(toQString(endpoint.text())));
}

QIcon LoadPage::tabIcon() const {
    return lineIcon(QStringLiteral("load"));
}

QString LoadPage::stateWord() const {
    return progressText();
}

void LoadPage::focusFirst() {
    m_bar->focusFirst();
}

bool LoadPage::find(const QString& text, bool backwards) {
    const auto suits = [&](int row) {
        const LoadConfig& config = m_runs->at(row).result.config;
        const QString words =
            QStringLiteral("%1 %2 %3")
                .arg(m_runs->nameOf(row), toQString(config.endpoint.text()), loadWords(config));
        return words.contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_runs->rowCount(), currentRow(), backwards, suits);
    if (row >= 0)
        m_runsView->choose(row);
    return row >= 0;
}

void LoadPage::start() {
    if (isRunning())
        return;
    m_message->hide();
    if (const QString fault = m_bar->read(m_config); !fault.isEmpty()) {
        showFault(fault);
        return;
    }
    auto run = std::make_shared<LoadRun>(m_config);
    if (const auto started = run->start(); !started) {
        showFault(errorWords(started.error()));
        return;
    }
    m_run = std::move(run);
    m_isCancelling = false;
    m_runRow = m_runs->add(m_config);
    m_runsView->choose(m_runRow);
    const QString endpoint = toQString(m_config.endpoint.text());
    if (!m_endpoints.contains(endpoint))
        setEndpoints(QStringList{endpoint} + m_endpoints);
    m_bar->setState(LoadBar::State::Running);
    m_poll.start();
    poll();
}

void LoadPage::cancel() {
    if (!m_run)
        return;
    m_run->cancel();
    m_isCancelling = true;
    m_bar->setState(LoadBar::State::Cancelling);
}

void LoadPage::poll() {
    if (!m_run)
        return;
    const bool isOver = m_run->isOver();
    m_runs->setResult(m_runRow, m_run->snapshot());
    if (isOver) {
        finish();
        return;
    }
    showRuns();
    Q_EMIT titleChanged();
}

void LoadPage::finish() {
    m_poll.stop();
    releaseOnWorker(std::move(m_run));
    m_run = nullptr;
    const LoadResult& result = m_runs->at(m_runRow).result;
    m_runRow = -1;
    m_isCancelling = false;
    m_bar->setState(LoadBar::State::Ready);
    if (result.failure)
        showFault(errorWords(*result.failure));
    showRuns();
    Q_EMIT titleChanged();
    Q_EMIT finished();
}

void LoadPage::addResult(LoadResult result) {
    const int row = m_runs->add(result.config);
    m_runs->setResult(row, std::move(result));
    m_runsView->choose(row);
    showRuns();
}

void LoadPage::removeChosen() {
    std::vector<int> rows = m_runsView->chosen();
    // The one under way stays: it is cancelled first.
    std::erase(rows, m_runRow);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        m_runs->remove(*row);
        if (m_runRow > *row)
            --m_runRow;
    }
    showRuns();
}

int LoadPage::currentRow() const {
    const std::vector<int> rows = m_runsView->chosen();
    if (rows.empty())
        return -1;
    const int current = m_runsView->currentIndex().row();
    return std::ranges::find(rows, current) != rows.end() ? current : rows.back();
}

void LoadPage::showRuns() {
    const std::vector<int> rows = m_runsView->chosen();
    const int row = currentRow();
    static const LoadResult none;
    const LoadResult& result = row >= 0 ? m_runs->at(row).result : none;
    const bool isOfMany = rows.size() > 1;
    m_figures->setVisible(!isOfMany);
    m_compared->setVisible(isOfMany);
    showFigures(result);
    showComparison(rows);
    showTimes(result);
    m_histogram->setNote(isOfMany ? m_runs->nameOf(row) : QString());
    m_histogram->setLatencies(result.latencies);
    showPercentiles(rows);
    showErrors(result);
    showProgress();
    const bool isOnlyRunning = rows.size() == 1 && rows.front() == m_runRow;
    m_remove->setEnabled(!rows.empty() && !isOnlyRunning);
    m_export->setEnabled(!rows.empty() && !isOnlyRunning);
}

void LoadPage::showFigures(const LoadResult& result) {
    const LatencyHistogram& latencies = result.latencies;
    const std::uint64_t errors = result.errorCount();
    const bool isNone = !wasMeasured(result);
    const auto latency = [&](double share) {
        return shortLatencyText(latencies.percentile(share));
    };
    m_figures->setFigures(
        {{tr("Requests a second"),
          isNone ? QStringLiteral("–") : perSecondText(result.perSecond())},
         {tr("Errors"), isNone ? QStringLiteral("–") : countText(errors), errors > 0},
         {QStringLiteral("p50"), latency(0.5)},
         {QStringLiteral("p90"), latency(0.9)},
         {QStringLiteral("p99"), latency(0.99)},
         {QStringLiteral("p99.9"), latency(0.999)},
         {tr("Longest"), shortLatencyText(latencies.max())}});
}

void LoadPage::showTimes(const LoadResult& result) {
    const LoadPlots plots = loadPlots(result);
    m_times->setTimes(plots.ends, plots.span);
    m_times->setPlots(plots.plots);
}

void LoadPage::showPercentiles(const std::vector<int>& rows) {
    std::vector<PercentileLine> lines;
    const int current = currentRow();
    for (const int row : rows)
        lines.push_back({.name = m_runs->nameOf(row),
                         .points = percentileCurve(m_runs->at(row).result.latencies),
                         .isSelected = row == current});
    m_percentiles->setLines(std::move(lines));
}

void LoadPage::showComparison(const std::vector<int>& rows) {
    std::vector<const NamedLoad*> runs;
    for (const int row : rows)
        runs.push_back(&m_runs->at(row));
    m_comparison->setRuns(runs);
    const int seen = std::min(mostCompared, static_cast<int>(rows.size()));
    m_compared->setFixedHeight(headerHeight + rowHeight * seen + 4);
}

void LoadPage::showErrors(const LoadResult& result) {
    m_errors->setResult(result);
    const bool hasErrors = m_errors->rowCount() > 0;
    m_errorsView->setVisible(hasErrors);
    m_noErrors->setVisible(!hasErrors && wasMeasured(result));
}

QString LoadPage::progressText() const {
    const int row = m_run ? m_runRow : currentRow();
    if (row < 0)
        return tr("not run yet");
    const LoadResult& result = m_runs->at(row).result;
    const QString name = m_runs->nameOf(row);
    if (m_isCancelling)
        return tr("%1: cancelling").arg(name);
    const QString phase = QStringLiteral("%1: %2").arg(name, phaseWord(result.phase));
    const QString elapsed = spanText(std::chrono::floor<std::chrono::seconds>(result.elapsed));
    if (result.phase == LoadPhase::Running)
        return tr("%1, %2 of %3").arg(phase, elapsed, spanText(result.config.duration));
    if (result.phase == LoadPhase::Done || result.phase == LoadPhase::Cancelled) {
        QString text = tr("%1, %2 requests in %3")
                           .arg(phase, countText(result.requests), spanText(result.elapsed));
        if (result.neverServed > 0)
            text = tr("%1, %2 of %3 connections waited")
                       .arg(text)
                       .arg(result.neverServed)
                       .arg(result.config.connections);
        return text;
    }
    return phase;
}

void LoadPage::showProgress() {
    const int row = m_run ? m_runRow : currentRow();
    using Sign = LoadStrip::Sign;
    Sign sign = Sign::None;
    if (row >= 0) {
        const LoadPhase phase = m_runs->at(row).result.phase;
        sign = phase == LoadPhase::Done        ? Sign::Done
               : phase == LoadPhase::Failed    ? Sign::Failed
               : phase == LoadPhase::Cancelled ? Sign::Cancelled
                                               : Sign::Running;
    }
    m_strip->setProgress(sign, progressText());
}

/// As far as the fields can be read; what is at fault is told of at the start.
void LoadPage::showCommand() {
    LoadConfig config = m_config;
    m_strip->setCommand(m_bar->readable(config) ? loadCommand(config) : QString());
}

void LoadPage::showFault(const QString& sentence) {
    m_message->show(InlineMessage::Kind::Problem, sentence);
}

} // namespace sscope
