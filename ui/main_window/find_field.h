#pragma once

#include <QLineEdit>

namespace sscope {

/// The search field of the toolbar: Return goes on, Shift+Return goes back, Escape leaves.
class FindField : public QLineEdit {
    Q_OBJECT

public:
    explicit FindField(QWidget* parent = nullptr);
    void showMissed(bool missed);

Q_SIGNALS:
    void findAsked(bool backwards);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sscope
