#pragma once

#include <QFrame>
#include <QPointer>

namespace sscope {

/// The keys and what they do, on top of the centre, so that nothing moves. Gone with F1, Escape or
/// its button.
class HelpPanel : public QFrame {
    Q_OBJECT

public:
    explicit HelpPanel(QWidget* parent);

    void toggle();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* parent, QEvent* event) override;

private:
    void lieOnTop();

    QPointer<QWidget> m_before; // had the keyboard when the panel came
};

} // namespace sscope
