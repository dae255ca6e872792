#pragma once

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QWidget>

#include "core/load/load_config.h"

namespace sscope {

class LoadFields;
class RemarkComboBox;

/// What is loaded, and how: endpoint, connections, size, rate, framing, how long; and the button
/// that starts it.
class LoadBar : public QWidget {
    Q_OBJECT

public:
    enum class State { Ready, Running, Cancelling };

    explicit LoadBar(QWidget* parent = nullptr);

    void setConfig(const LoadConfig& config);
    /// Puts what the fields say into a config; otherwise marks the field that is at fault, and
    /// gives the sentence that says so.
    QString read(LoadConfig& config);
    /// The same without a mark: whether all fields can be read.
    [[nodiscard]] bool readable(LoadConfig& config) const;
    void setState(State state);
    /// What the endpoint's list offers: servers that run, and what was loaded before.
    void setEndpoints(const QStringList& endpoints);
    /// At the end of the bar.
    void addButton(QWidget* button);
    void focusFirst();

Q_SIGNALS:
    void startAsked();
    void cancelAsked();
    void edited();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildEndpoint();
    void buildFraming();
    void askStart();

    State m_state = State::Ready;
    QHBoxLayout* m_row;
    QComboBox* m_endpoint;
    LoadFields* m_fields;
    RemarkComboBox* m_framing;
    QPushButton* m_go;
};

} // namespace sscope
