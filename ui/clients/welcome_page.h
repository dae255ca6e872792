#pragma once

#include <QPushButton>
#include <QWidget>

namespace sscope {

/// What the centre shows while there are no tabs: one click that makes something happen.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

Q_SIGNALS:
    void tryItAsked();
    void newClientAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sscope
