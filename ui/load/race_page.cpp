#include "ui/load/race_page.h"

#include <algorithm>
#include <chrono>

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include "core/load/load_report.h"
#include "ui/common/error_text.h"
#include "ui/common/export_button.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/inline_message.h"
#include "ui/common/row_search.h"
#include "ui/common/small_widgets.h"
#include "ui/common/worker.h"
#include "ui/load/findings_view.h"
#include "ui/load/load_command.h"
#include "ui/load/load_fields.h"
#include "ui/load/load_text.h"
#include "ui/load/percentile_curve.h"
#include "ui/load/percentile_plot.h"
#include "ui/load/race_bar.h"
#include "ui/load/race_model.h"
#include "ui/load/race_strip.h"
#include "ui/load/race_view.h"
#include "ui/load/vertical_hairline.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr auto pollInterval = 200ms;
constexpr int plotStretch = 600;
constexpr int findingsStretch = 391;
constexpr int titleHeight = 32;

/// All models, none of them run yet.
RaceResult notRun(const RaceConfig& config) {
    RaceResult result{.config = config};
    for (const std::string& model : config.models)
        result.entries.push_back({.model = model});
    return result;
}

bool isOver(const RaceEntry& entry) {
    return entry.state >= RaceEntry::State::Done;
}

QString circumstancesOf(const RaceResult& result) {
    if (result.started == 0)
        return {};
    return QStringLiteral("%1, %2, %3, %4")
        .arg(toQString(displaySafe(result.host)),
             RacePage::tr("%n core(s)", nullptr, static_cast<int>(result.cores)),
             toQString(displaySafe(result.kernel)),
             QDateTime::fromMSecsSinceEpoch(result.started / 1'000'000)
                 .toString(QStringLiteral("yyyy-MM-dd HH:mm")));
}

} // namespace

RacePage::RacePage(QWidget* parent)
    : TabPage(parent),
      m_model(new RaceModel(this)),
      m_bar(new RaceBar(this)),
      m_message(new InlineMessage(this)),
      m_strip(new RaceStrip(this)),
      m_view(new RaceView(*m_model, this)),
      m_plot(new PercentilePlot(this)),
      m_findings(new FindingsView(this)),
      m_copy(makeIconButton(QStringLiteral("code"), tr("Copy as a command line"),
                            QStringLiteral("copyRaceCommand"), this)),
      m_export(new ExportButton(QStringLiteral("race"), *m_message, this)) {
    setObjectName(QStringLiteral("racePage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_message);
    column->addWidget(m_strip);
    column->addWidget(m_view, 0);
    column->addWidget(makeHairline(this));
    column->addWidget(buildLower(), 1);
    m_view->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    buildBar();
    connect(m_view, &RaceView::columnsMoved, this,
            [this] { m_strip->setLegendLeft(m_view->axisLeft()); });
    connect(m_view, &RaceView::selectedChanged, this, &RacePage::showLines);
    connect(m_plot, &PercentilePlot::lineChosen, this, [this](int line) {
        const RaceEntry& chosen = m_model->result().entries[static_cast<std::size_t>(line)];
        m_view->select(m_model->rowOf(chosen.model));
    });
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &RacePage::poll);
    setConfig({});
}

RacePage::~RacePage() {
    m_view->disconnect(this); // what it tells while it goes
    if (m_race)
        m_race->cancel();
    releaseOnWorker(std::move(m_race));
}

void RacePage::buildBar() {
    m_copy->setFixedSize(28, 28);
    m_bar->addButton(m_copy);
    m_bar->addButton(m_export);
    connect(m_copy, &QToolButton::clicked, this, &RacePage::copyCommand);
    m_export->setSource([this](ExportButton::Form form) -> ExportButton::Writer {
        return [result = m_model->result(), form] {
            return form == ExportButton::Form::Csv ? raceCsv(result) : raceJson(result);
        };
    });
    connect(m_bar, &RaceBar::startAsked, this, &RacePage::start);
    connect(m_bar, &RaceBar::cancelAsked, this, &RacePage::cancel);
    auto* go = new QShortcut(startKey(), this);
    go->setContext(Qt::WidgetWithChildrenShortcut);
    connect(go, &QShortcut::activated, this, &RacePage::start);
}

QWidget* RacePage::buildLower() {
    auto* lower = new QWidget(this);
    auto* row = new QHBoxLayout(lower);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* means = new QWidget(lower);
    auto* column = new QVBoxLayout(means);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    auto* title = makeTitle(tr("What this means"), means);
    title->setFixedHeight(titleHeight);
    title->setContentsMargins(12, 0, 12, 0);
    column->addWidget(title);
    auto* scroll = new QScrollArea(means);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_findings);
    column->addWidget(scroll, 1);
    m_plot->setEmptyText(tr("A race starts a server under each execution model in turn, in a "
                            "process of its own, and asks the same of each. How long its replies "
                            "took is drawn here."));
    m_findings->setEmptyText(tr("What the figures of a race support is said here."));
    row->addWidget(m_plot, plotStretch);
    row->addWidget(new VerticalHairline(lower));
    row->addWidget(means, findingsStretch);
    means->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_plot->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return lower;
}

void RacePage::setConfig(const RaceConfig& config) {
    m_config = config;
    m_bar->setConfig(config);
    if (!isRunning())
        showResult(notRun(config));
}

void RacePage::showResult(RaceResult result) {
    m_model->setResult(std::move(result));
    if (!m_view->currentIndex().isValid()) {
        const int usual = m_model->rowOf("epoll");
        m_view->select(usual >= 0 ? usual : 0);
    }
    showProgress();
    showLines();
    showFindings();
}

QString RacePage::title() const {
    return tr("Model race");
}

QIcon RacePage::tabIcon() const {
    return lineIcon(QStringLiteral("race"));
}

QString RacePage::stateWord() const {
    return progressText();
}

void RacePage::focusFirst() {
    m_bar->focusFirst();
}

bool RacePage::find(const QString& text, bool backwards) {
    const auto suits = [&](int row) {
        const RaceEntry& entry = m_model->at(row);
        return toQString(entry.model).contains(text, Qt::CaseInsensitive) ||
               m_model->reasonOf(entry).contains(text, Qt::CaseInsensitive);
    };
    const int row = nextRow(m_model->rowCount(), m_view->currentIndex().row(), backwards, suits);
    m_view->select(row);
    return row >= 0;
}

void RacePage::start() {
    if (isRunning())
        return;
    m_message->hide();
    if (const QString fault = m_bar->read(m_config); !fault.isEmpty()) {
        showFault(fault);
        return;
    }
    auto race = std::make_shared<ModelRace>(m_config);
    if (const auto started = race->start(); !started) {
        showFault(errorWords(started.error()));
        return;
    }
    m_race = std::move(race);
    m_isCancelling = false;
    m_bar->setState(RaceBar::State::Running);
    m_export->setEnabled(false);
    m_poll.start();
    poll();
}

void RacePage::cancel() {
    if (!m_race)
        return;
    m_race->cancel();
    m_isCancelling = true;
    m_bar->setState(RaceBar::State::Cancelling);
}

void RacePage::poll() {
    if (!m_race)
        return;
    const bool isOver = m_race->isOver();
    showResult(m_race->snapshot());
    Q_EMIT titleChanged();
    if (isOver)
        finish();
}

void RacePage::finish() {
    m_poll.stop();
    releaseOnWorker(std::move(m_race));
    m_race = nullptr;
    m_isCancelling = false;
    m_bar->setState(RaceBar::State::Done);
    m_export->setEnabled(true);
    showProgress();
    Q_EMIT titleChanged();
    Q_EMIT finished();
}

int RacePage::doneCount() const {
    return static_cast<int>(std::ranges::count_if(m_model->result().entries, &isOver));
}

QString RacePage::progressText() const {
    const RaceResult& result = m_model->result();
    const auto all = static_cast<int>(result.entries.size());
    if (result.started == 0 && !isRunning())
        return tr("not run yet");
    const QString done = tr("%1 of %2 done").arg(doneCount()).arg(all);
    if (result.isOver)
        return result.wasCancelled ? tr("%1, then cancelled").arg(done)
                                   : tr("%1 in %2").arg(done, spanText(result.elapsed));
    if (m_isCancelling)
        return tr("%1, cancelling").arg(done);
    const auto current = std::ranges::find_if(result.entries, [](const RaceEntry& entry) {
        return entry.state == RaceEntry::State::Starting ||
               entry.state == RaceEntry::State::Running;
    });
    if (current == result.entries.end())
        return done;
    return tr("%1, %2: %3 of %4")
        .arg(done, toQString(current->model),
             spanText(std::chrono::floor<std::chrono::seconds>(current->load.elapsed)),
             spanText(result.config.load.duration));
}

void RacePage::showProgress() {
    const RaceResult& result = m_model->result();
    using Sign = RaceStrip::Sign;
    const Sign sign = result.isOver       ? result.wasCancelled ? Sign::Cancelled : Sign::Done
                      : m_race != nullptr ? Sign::Running
                                          : Sign::None;
    m_strip->setProgress(sign, progressText());
    m_strip->setCircumstances(circumstancesOf(result));
    m_plot->setNote(
        tr("%1 connections, %2, counted from when a request was due")
            .arg(countText(result.config.load.connections), sizeText(result.config.load.size)));
}

void RacePage::showLines() {
    std::vector<PercentileLine> lines;
    const QModelIndex current = m_view->currentIndex();
    const std::string selected = current.isValid() ? m_model->at(current.row()).model : "";
    for (const RaceEntry& entry : m_model->result().entries) {
        const int row = m_model->rowOf(entry.model);
        PercentileLine line{.name = toQString(entry.model)};
        if (RaceModel::hasFigures(entry))
            line.points = percentileCurve(entry.load.latencies);
        line.isSelected = entry.model == selected;
        line.isStrong = m_model->isBest(row, RaceModel::RateColumn);
        lines.push_back(std::move(line));
    }
    m_plot->setLines(std::move(lines));
}

void RacePage::showFindings() {
    m_findings->setFindings(raceFindings(m_model->result()));
}

void RacePage::showFault(const QString& sentence) {
    m_message->show(InlineMessage::Kind::Problem, sentence);
}

void RacePage::copyCommand() {
    RaceConfig config = m_config;
    if (const QString fault = m_bar->read(config); !fault.isEmpty()) {
        showFault(fault);
        return;
    }
    const QString command = raceCommand(config);
    QGuiApplication::clipboard()->setText(command);
    m_message->show(InlineMessage::Kind::Remark, command, tr("Copied for a shell"));
    m_message->addLink(tr("Close"), QStringLiteral("closeCommand"), [this] { m_message->hide(); });
}

} // namespace sscope
