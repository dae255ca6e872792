#pragma once

#include <QFrame>
#include <QPointer>

namespace sscope {

/// The keys and what they do, over the tabs. Gone with F1, Escape or its button.
class HelpPanel : public QFrame {
    Q_OBJECT

public:
    explicit HelpPanel(QWidget* parent = nullptr);

    void toggle();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPointer<QWidget> m_before; // had the keyboard when the panel came
};

} // namespace sscope
