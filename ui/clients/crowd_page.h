#pragma once

#include <memory>

#include <QTimer>

#include "core/client/crowd_run.h"
#include "ui/common/tab_page.h"

class QLabel;
class QProgressBar;
class QSortFilterProxyModel;
class QTableView;

namespace sscope {

class CrowdForm;
class CrowdReasonsModel;
class CrowdResultsModel;
class ExportButton;
class FigureRow;
class InlineMessage;
class LoadStrip;

/// Many connections to one endpoint: what each does, how far they are, and how each ended. Owns the
/// run; a timer looks at it. When the page goes, the run is cancelled, and its thread joined off
/// the GUI thread.
class CrowdPage : public TabPage {
    Q_OBJECT

public:
    explicit CrowdPage(QWidget* parent = nullptr);
    ~CrowdPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon tabIcon() const override;
    [[nodiscard]] QString stateWord() const override;
    bool find(const QString& text, bool backwards) override;
    void focusFirst() override;

    [[nodiscard]] CrowdForm& form() { return *m_form; }
    [[nodiscard]] const CrowdResultsModel& results() const { return *m_results; }
    /// With what the form says.
    void start();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_run != nullptr; }

Q_SIGNALS:
    void finished();

private:
    void buildExport();
    void buildResults();
    void buildReasons();
    void poll();
    void finish();
    void showFigures(const CrowdSnapshot& now);
    void showCommand();
    void showReason(int row);
    void showEmpty();

    CrowdConfig m_config;
    std::shared_ptr<CrowdRun> m_run; // while it goes on
    std::shared_ptr<const CrowdProgress> m_progress;
    CrowdSnapshot m_now;
    bool m_isCancelling = false;
    std::size_t m_fetched = 0; // results
    QTimer m_poll;
    CrowdResultsModel* m_results;
    CrowdReasonsModel* m_reasons;
    QSortFilterProxyModel* m_shown;
    CrowdForm* m_form;
    InlineMessage* m_message;
    LoadStrip* m_strip;
    QProgressBar* m_bar;
    FigureRow* m_figures;
    QTableView* m_reasonsView;
    QTableView* m_view;
    QLabel* m_empty;
    ExportButton* m_export;
};

} // namespace sscope
