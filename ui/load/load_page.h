#pragma once

#include <memory>
#include <vector>

#include <QTimer>

#include "core/load/load_run.h"
#include "ui/common/tab_page.h"

class QLabel;
class QTableView;
class QToolButton;

namespace sscope {

class ExportButton;
class FigureRow;
class HistogramPlot;
class InlineMessage;
class LoadBar;
class LoadCompareModel;
class LoadErrorsModel;
class LoadRunsModel;
class LoadRunsView;
class LoadStrip;
class PercentilePlot;
class TimePlots;

/// A load against one server, live while it runs, and the runs before it to compare it with. Owns
/// the run; a timer looks at what it has measured. When the page goes, the run is cancelled, and
/// its thread joined off the GUI thread.
class LoadPage : public TabPage {
    Q_OBJECT

public:
    explicit LoadPage(QWidget* parent = nullptr);
    ~LoadPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon tabIcon() const override;
    [[nodiscard]] QString stateWord() const override;
    bool find(const QString& text, bool backwards) override;
    void focusFirst() override;

    void setConfig(const LoadConfig& config);
    /// What the endpoint's list offers beside what was loaded here.
    void setEndpoints(const QStringList& endpoints);
    /// With what the fields say.
    void start();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_run != nullptr; }
    [[nodiscard]] LoadRunsModel& runs() { return *m_runs; }
    /// Shows a run that was made elsewhere, or at another time.
    void addResult(LoadResult result);

Q_SIGNALS:
    void finished();

private:
    void buildBar();
    QWidget* buildContent();
    QWidget* buildSide();
    void buildComparison();
    void poll();
    void finish();
    void removeChosen();
    void showRuns();
    void showFigures(const LoadResult& result);
    void showTimes(const LoadResult& result);
    void showPercentiles(const std::vector<int>& rows);
    void showComparison(const std::vector<int>& rows);
    void showErrors(const LoadResult& result);
    void showProgress();
    void showCommand();
    void showFault(const QString& sentence);
    [[nodiscard]] QString progressText() const;
    /// Whose figures are shown: the chosen one, of several that which has the keyboard.
    [[nodiscard]] int currentRow() const;

    LoadConfig m_config;
    std::shared_ptr<LoadRun> m_run; // while it goes on
    int m_runRow = -1;              // of it
    bool m_isCancelling = false;
    QStringList m_endpoints;
    QTimer m_poll;
    LoadRunsModel* m_runs;
    LoadCompareModel* m_comparison;
    LoadErrorsModel* m_errors;
    LoadBar* m_bar;
    InlineMessage* m_message;
    LoadStrip* m_strip;
    FigureRow* m_figures;
    QTableView* m_compared;
    TimePlots* m_times;
    HistogramPlot* m_histogram;
    PercentilePlot* m_percentiles;
    LoadRunsView* m_runsView;
    QToolButton* m_remove;
    QTableView* m_errorsView;
    QLabel* m_noErrors;
    ExportButton* m_export;
};

} // namespace sscope
