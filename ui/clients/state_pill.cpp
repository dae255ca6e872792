#include "ui/clients/state_pill.h"

#include <QPainter>

#include "ui/common/painting.h"

namespace sscope {

StatePill::StatePill(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("statePill"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatePill::setState(LinkState state, const QString& word) {
    if (state == m_state && word == m_word)
        return;
    m_state = state;
    m_word = word;
    setAccessibleName(word);
    updateGeometry();
    update();
}

QSize StatePill::sizeHint() const {
    return {16 + fontMetrics().horizontalAdvance(m_word) + 4, 24};
}

void StatePill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const bool isOpen = m_state == LinkState::Open || m_state == LinkState::HalfClosed;
    const ColorToken token = m_state == LinkState::Open         ? ColorToken::Success
                             : m_state == LinkState::HalfClosed ? ColorToken::Warning
                             : m_state == LinkState::Connecting ? ColorToken::Accent
                             : m_state == LinkState::Waiting    ? ColorToken::Warning
                                                                : ColorToken::Muted;
    paintDot(&painter, {5, height() / 2}, 8, themeColor(token), isOpen);
    paintText(&painter, rect().adjusted(16, 0, 0, 0), m_word, ColorToken::Text);
}

} // namespace sscope
