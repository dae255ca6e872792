#include "ui/inspector/elided_label.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/common/formats.h"
#include "ui/common/painting.h"

namespace sscope {

namespace {

constexpr int leastCharacters = 6;

} // namespace

ElidedLabel::ElidedLabel(Qt::TextElideMode mode, QWidget* parent) : QWidget(parent), m_mode(mode) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setToken(ColorToken token) {
    m_token = token;
    update();
}

void ElidedLabel::setTip(const QString& tip) {
    m_tip = tip;
    setAccessibleDescription(tip);
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const {
    const int least = fontMetrics().averageCharWidth() * leastCharacters;
    return {std::min(least, sizeHint().width()), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(font());
    paintText(&painter, rect(), m_text, m_token, Qt::AlignLeft, m_mode);
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    QStringList lines;
    if (sizeHint().width() > width())
        lines.append(m_text);
    if (!m_tip.isEmpty())
        lines.append(m_tip);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), plainTip(lines.join(QLatin1Char('\n'))), this);
    return true;
}

} // namespace sscope
