#include "ui/connections/state_bar.h"

#include <algorithm>

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/connections/connections_delegate.h"

namespace sscope {

namespace {

constexpr int barHeight = 24;
constexpr int margin = 12;
constexpr int padding = 8;
constexpr int dotRoom = 14;
constexpr int gap = 1;

std::uint32_t bitOf(SocketState state) {
    return 1u << static_cast<unsigned>(state);
}

} // namespace

StateButton::StateButton(SocketState state, QWidget* parent)
    : QAbstractButton(parent), m_state(state) {
    setObjectName(QStringLiteral("state%1").arg(QString::fromLatin1(stateText(state))));
    setText(QString::fromLatin1(stateText(state)));
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCount(0);
}

QString StateButton::countWords() const {
    return countText(static_cast<quint64>(std::max(0, m_count)));
}

void StateButton::setCount(int count) {
    m_count = count;
    setAccessibleName(tr("%1: %2").arg(text(), countWords()));
    setToolTip(
        tr("%1: %2. A click shows only these, with Ctrl these too.").arg(text(), countWords()));
    update();
}

int StateButton::shortWidth() const {
    return 2 * padding + dotRoom + QFontMetrics(monoFont()).horizontalAdvance(countWords());
}

int StateButton::fullWidth() const {
    return shortWidth() + 6 + QFontMetrics(demiBold(secondaryFont())).horizontalAdvance(text());
}

void StateButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const StateDot dot = stateDot(m_state);
    QColor ground = blended(themeColor(ColorToken::Window), themeColor(dot.color), 0.10);
    if (isChecked())
        ground = themeColor(ColorToken::Selection);
    else if (underMouse())
        ground = themeColor(ColorToken::Hover);
    painter.fillRect(rect(), ground);
    const bool isTinted = isChecked();
    painter.fillRect(QRect(0, height() - 2, width(), 2),
                     themeColor(isTinted ? ColorToken::Accent : dot.color));
    if (hasFocus()) {
        painter.setPen(QPen(themeColor(ColorToken::Accent), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
    QRect line = rect().adjusted(padding, 0, -padding, -2);
    paintDot(&painter, {line.left() + 3, line.center().y()}, 8, themeColor(dot.color),
             dot.isFilled);
    line.setLeft(line.left() + dotRoom);
    if (width() >= fullWidth()) {
        painter.setFont(isChecked() ? demiBold(secondaryFont()) : secondaryFont());
        paintText(&painter, line, text(), ColorToken::Text);
        line.setLeft(line.left() + 6 + painter.fontMetrics().horizontalAdvance(text()));
    }
    painter.setFont(monoFont());
    paintText(&painter, line, countWords(), ColorToken::Text);
}

StateBar::StateBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("stateBar"));
    setAccessibleName(tr("Sockets by state"));
    setFixedHeight(barHeight);
    for (std::size_t i = 0; i < socketStates; ++i) {
        auto* button = new StateButton(static_cast<SocketState>(i), this);
        button->hide();
        connect(button, &QAbstractButton::clicked, this, [this, button] {
            choose(button->state(), QApplication::keyboardModifiers() & Qt::ControlModifier);
        });
        m_buttons.push_back(button);
    }
}

void StateBar::setCounts(const StateCounts& counts) {
    bool isOther = false;
    for (StateButton* button : m_buttons) {
        const int count = counts[static_cast<std::size_t>(button->state())];
        if (count == button->count())
            continue;
        button->setCount(count);
        isOther = true;
    }
    if (isOther)
        arrange();
}

void StateBar::setChosen(std::uint32_t states) {
    if (states == m_chosen)
        return;
    m_chosen = states;
    for (StateButton* button : m_buttons)
        button->setChecked((states & bitOf(button->state())) != 0);
    arrange();
    Q_EMIT chosenChanged(states);
}

void StateBar::choose(SocketState state, bool isAdded) {
    const std::uint32_t bit = bitOf(state);
    std::uint32_t states = isAdded ? m_chosen ^ bit : m_chosen == bit ? 0 : bit;
    if (states == m_chosen)
        m_buttons[static_cast<std::size_t>(state)]->setChecked(true);
    setChosen(states);
}

/// Each has room for its words, or where that is too much for its count; what is left is shared out
/// by the counts.
void StateBar::arrange() {
    std::vector<StateButton*> shown;
    int full = 0;
    int brief = 0;
    double all = 0;
    for (StateButton* button : m_buttons) {
        const bool isShown = button->count() > 0 || button->isChecked();
        button->setVisible(isShown);
        if (!isShown)
            continue;
        shown.push_back(button);
        full += button->fullWidth() + gap;
        brief += button->shortWidth() + gap;
        all += button->count();
    }
    const int room = width() - 2 * margin;
    const bool isFull = full <= room;
    const int left = std::max(0, room - (isFull ? full : brief));
    int x = margin;
    for (StateButton* button : shown) {
        const int share = all > 0 ? static_cast<int>(left * button->count() / all) : 0;
        const int wide = (isFull ? button->fullWidth() : button->shortWidth()) + share;
        button->setGeometry(x, 2, wide, height() - 4);
        x += wide + gap;
    }
}

void StateBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void StateBar::keyPressEvent(QKeyEvent* event) {
    const bool isLeft = event->key() == Qt::Key_Left;
    if (isLeft || event->key() == Qt::Key_Right)
        focusNextPrevChild(!isLeft);
    else if (event->key() == Qt::Key_Escape && m_chosen != 0)
        setChosen(0);
    else
        QWidget::keyPressEvent(event);
}

void StateBar::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), themeColor(ColorToken::Window));
}

} // namespace sscope
