#include "ui/common/load_strip.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int stripHeight = 28;
constexpr int margin = 12;
constexpr int iconSize = 14;
constexpr int gap = 24;
constexpr int buttonSize = 24;

struct SignLook {
    const char* icon;
    ColorToken color;
};

SignLook lookOf(LoadStrip::Sign sign) {
    switch (sign) {
    case LoadStrip::Sign::Done:
        return {"done", ColorToken::Success};
    case LoadStrip::Sign::Running:
        return {"hourglass", ColorToken::Muted};
    case LoadStrip::Sign::Failed:
        return {"error", ColorToken::Danger};
    default:
        return {"close-circle", ColorToken::Muted};
    }
}

} // namespace

LoadStrip::LoadStrip(QWidget* parent)
    : QWidget(parent),
      m_copy(makeIconButton(QStringLiteral("copy"), tr("Copy the command line"),
                            QStringLiteral("copyLoadCommand"), this)) {
    setObjectName(QStringLiteral("loadStrip"));
    setFixedHeight(stripHeight);
    m_copy->setIconSize({14, 14});
    connect(m_copy, &QToolButton::clicked, this, &LoadStrip::copy);
}

void LoadStrip::setProgress(Sign sign, const QString& text) {
    m_sign = sign;
    m_progress = text;
    setAccessibleName(text);
    update();
}

void LoadStrip::setCommand(const QString& command) {
    m_command = command;
    setAccessibleDescription(command);
    m_copy->setAccessibleDescription(command);
    update();
}

void LoadStrip::copy() {
    QGuiApplication::clipboard()->setText(m_command);
    QToolTip::showText(m_copy->mapToGlobal(QPoint(0, m_copy->height())), tr("Copied"), m_copy);
}

/// On the right, as much as the progress leaves of the strip.
QRect LoadStrip::commandRect() const {
    const int taken = margin + (m_sign == Sign::None ? 0 : iconSize + 8) +
                      fontMetrics().horizontalAdvance(m_progress) + gap;
    const int right = width() - margin - buttonSize - 4;
    const int wide = QFontMetrics(monoFont()).horizontalAdvance(m_command) + 2;
    const int left = std::max(taken, right - wide);
    return {left, 0, std::max(0, right - left), stripHeight - 1};
}

void LoadStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
    int x = margin;
    if (m_sign != Sign::None) {
        const SignLook look = lookOf(m_sign);
        paintIcon(&painter, QRect(x, 0, iconSize, stripHeight), QString::fromLatin1(look.icon),
                  iconSize, look.color);
        x += iconSize + 8;
    }
    painter.setFont(font());
    paintText(&painter, QRect(x, 0, width() - x - margin - buttonSize, stripHeight - 1), m_progress,
              ColorToken::Text);
    painter.setFont(monoFont());
    paintText(&painter, commandRect(), m_command, ColorToken::Muted);
}

void LoadStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_copy->move(width() - margin - buttonSize, (stripHeight - buttonSize) / 2);
}

bool LoadStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (commandRect().contains(help->pos()))
        QToolTip::showText(help->globalPos(), plainTip(m_command), this);
    return true;
}

} // namespace sscope
