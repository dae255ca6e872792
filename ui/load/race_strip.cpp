#include "ui/load/race_strip.h"

#include <QPainter>

#include "ui/common/fonts.h"
#include "ui/common/painting.h"
#include "ui/load/histogram_painting.h"

namespace sscope {

namespace {

constexpr int stripHeight = 28;
constexpr int margin = 12;
constexpr int iconSize = 14;
constexpr int markHeight = 13;

} // namespace

RaceStrip::RaceStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("raceStrip"));
    setFixedHeight(stripHeight);
}

void RaceStrip::setProgress(Sign sign, const QString& text) {
    m_sign = sign;
    m_progress = text;
    setAccessibleName(text);
    update();
}

void RaceStrip::setCircumstances(const QString& text) {
    m_circumstances = text;
    update();
}

void RaceStrip::setLegendLeft(int x) {
    m_legendLeft = x;
    update();
}

void RaceStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
    int x = margin;
    if (m_sign != Sign::None) {
        const bool isDone = m_sign == Sign::Done;
        const QString icon = isDone                    ? QStringLiteral("done")
                             : m_sign == Sign::Running ? QStringLiteral("hourglass")
                                                       : QStringLiteral("close-circle");
        paintIcon(&painter, QRect(x, 0, iconSize, stripHeight), icon, iconSize,
                  isDone ? ColorToken::Success : ColorToken::Muted);
        x += iconSize + 8;
    }
    painter.setFont(font());
    const int end = m_legendLeft - margin;
    paintText(&painter, QRect(x, 0, end - x, stripHeight), m_progress, ColorToken::Text);
    x += painter.fontMetrics().horizontalAdvance(m_progress) + 8;
    painter.setFont(secondaryFont());
    if (x < end)
        paintText(&painter, QRect(x, 0, end - x, stripHeight), m_circumstances, ColorToken::Muted);
    paintLegend(painter);
}

void RaceStrip::paintLegend(QPainter& painter) const {
    painter.setFont(secondaryFont());
    int x = m_legendLeft;
    const auto word = [&](const QString& text) {
        paintText(&painter, QRect(x, 0, width() - x, stripHeight), text, ColorToken::Muted);
        x += painter.fontMetrics().horizontalAdvance(text) + 12;
    };
    word(tr("Latency"));
    for (const bool isDotted : {false, true}) {
        x += 4;
        paintPercentileMark(&painter, x, (stripHeight - markHeight) / 2, markHeight, isDotted);
        x += 8;
        word(isDotted ? QStringLiteral("p99") : QStringLiteral("p50"));
    }
}

} // namespace sscope
