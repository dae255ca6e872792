#pragma once

#include <optional>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include "core/load/model_race.h"

namespace sscope {

class LoadFields;

/// What is raced: service, connections, size, rate, how long each; and the button that starts it.
class RaceBar : public QWidget {
    Q_OBJECT

public:
    enum class State { Ready, Running, Cancelling, Done };

    explicit RaceBar(QWidget* parent = nullptr);

    void setConfig(const RaceConfig& config);
    /// Puts what the fields say into a config; otherwise the sentence that says what is at fault.
    QString read(RaceConfig& config);
    void setState(State state);
    /// At the end of the bar.
    void addButton(QWidget* button);
    void focusFirst();

Q_SIGNALS:
    void startAsked();
    void cancelAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void go();

    State m_state = State::Ready;
    QHBoxLayout* m_row;
    QLabel* m_label;
    QComboBox* m_service;
    LoadFields* m_fields;
    QPushButton* m_go;
};

} // namespace sscope
