#pragma once

#include <memory>

#include <QTimer>

#include "core/load/model_race.h"
#include "ui/common/tab_page.h"

class QToolButton;

namespace sscope {

class ExportButton;
class FindingsView;
class InlineMessage;
class PercentilePlot;
class RaceBar;
class RaceModel;
class RaceStrip;
class RaceView;

/// The same load against a server under each execution model in turn, side by side. Owns the race;
/// a timer looks at how far it is. When the page goes, the race is cancelled and its server ended
/// off the GUI thread.
class RacePage : public TabPage {
    Q_OBJECT

public:
    explicit RacePage(QWidget* parent = nullptr);
    ~RacePage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon tabIcon() const override;
    [[nodiscard]] QString stateWord() const override;
    bool find(const QString& text, bool backwards) override;
    void focusFirst() override;

    void setConfig(const RaceConfig& config);
    /// With what the fields say.
    void start();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_race != nullptr; }
    [[nodiscard]] RaceModel& model() { return *m_model; }
    /// Shows a race that has been run elsewhere, or at another time.
    void showResult(RaceResult result);

Q_SIGNALS:
    void finished();

private:
    QWidget* buildLower();
    void buildBar();
    void poll();
    void finish();
    void showProgress();
    void showLines();
    void showFindings();
    void showFault(const QString& sentence);
    void copyCommand();
    [[nodiscard]] int doneCount() const;
    [[nodiscard]] QString progressText() const;

    RaceConfig m_config;
    std::shared_ptr<ModelRace> m_race; // while it goes on
    QTimer m_poll;
    bool m_isCancelling = false;
    RaceModel* m_model;
    RaceBar* m_bar;
    InlineMessage* m_message;
    RaceStrip* m_strip;
    RaceView* m_view;
    PercentilePlot* m_plot;
    FindingsView* m_findings;
    QToolButton* m_copy;
    ExportButton* m_export;
};

} // namespace sscope
