#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QWidget>

#include "core/base/clock.h"
#include "ui/clients/stream_strip.h"

namespace sscope {

class ConversationModel;
class Segments;

/// What the colours of a message's parts mean.
class StreamLegend : public QWidget {
    Q_OBJECT

public:
    explicit StreamLegend(QWidget* parent = nullptr);
    /// Without a header it tells length and content apart.
    void setHeaderShown(bool isShown);
    void setSent(bool isSent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QStringList words() const;

    bool m_hasHeader = true;
    bool m_isSent = false;
};

/// The stream strip with its title row: the direction, what it holds, and what makes receives and
/// messages fall together or apart.
class StreamPanel : public QWidget {
    Q_OBJECT

public:
    /// Only a client's receive size and pause can be changed while it runs.
    StreamPanel(bool isClient, QWidget* parent = nullptr);

    void setConversation(ConversationModel& model);
    /// What a connection begins with.
    void setTuning(std::size_t receiveSize, Duration pause);
    /// The row that is chosen in the conversation; -1 for none.
    void showRow(int row);
    [[nodiscard]] StreamStrip& strip() { return *m_strip; }
    [[nodiscard]] QString summary() const { return m_summary->text(); }

Q_SIGNALS:
    void receiveSizeChanged(std::size_t bytes);
    void sendPauseChanged(Duration pause);
    void rowChosen(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildTitle(bool isClient);
    void buildTuning(QLayout* row);
    void showSummary();
    void showFraming();
    void foldTitle();
    void readReceiveSize();
    void readPause();

    ConversationModel* m_model = nullptr;
    Segments* m_direction;
    QLabel* m_summary;
    StreamLegend* m_legend;
    QWidget* m_tuning = nullptr;
    QLabel* m_sizeLabel = nullptr;
    QLineEdit* m_receiveSize = nullptr;
    QLabel* m_pauseLabel = nullptr;
    QLineEdit* m_pause = nullptr;
    StreamStrip* m_strip;
};

} // namespace sscope
