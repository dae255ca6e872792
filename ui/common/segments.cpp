#include "ui/common/segments.h"

#include <utility>

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/common/control_painting.h"
#include "ui/common/fonts.h"

namespace sscope {

namespace {

constexpr int padding = 8;
constexpr int tightPadding = 5;

} // namespace

Segments::Segments(const QString& accessibleName, QWidget* parent) : QWidget(parent) {
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(1);
    connect(&m_group, &QButtonGroup::idToggled, this, [this](int id, bool isOn) {
        QAbstractButton* button = m_group.button(id);
        const QFont plain = font();
        button->setFont(isOn ? demiBold(plain) : plain);
        if (isOn)
            Q_EMIT currentChanged(id);
    });
}

/// The one that is down is bold, and no button moves when another is chosen.
void Segments::fitWidth(QToolButton* button) const {
    button->setFixedWidth(QFontMetrics(demiBold(button->font())).horizontalAdvance(button->text()) +
                          2 * (m_isTight ? tightPadding : padding));
}

void Segments::setTight(bool isTight) {
    if (std::exchange(m_isTight, isTight) == isTight)
        return;
    for (QAbstractButton* button : m_group.buttons()) {
        button->setProperty("tight", isTight);
        QEvent isOther(QEvent::StyleChange); // it keeps its size hint
        QCoreApplication::sendEvent(button, &isOther);
        fitWidth(static_cast<QToolButton*>(button));
    }
}

void Segments::add(int id, const QString& text, const QString& tip, const QString& objectName) {
    auto* button = new QToolButton(this);
    button->setObjectName(objectName);
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedHeight(22);
    fitWidth(button);
    layout()->addWidget(button);
    m_group.addButton(button, id);
    if (m_group.checkedId() < 0)
        button->setChecked(true);
}

void Segments::setText(int id, const QString& text) {
    auto* button = static_cast<QToolButton*>(m_group.button(id));
    button->setText(text);
    fitWidth(button);
}

void Segments::setShown(int id, bool isShown) {
    m_group.button(id)->setVisible(isShown);
}

void Segments::setCurrent(int id) {
    m_group.button(id)->setChecked(true);
}

void Segments::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor border = themeColor(ColorToken::FieldBorder);
    paintBox(&painter, rect(), themeColor(ColorToken::Button), border);
    for (const QAbstractButton* button : m_group.buttons()) {
        const int x = button->geometry().left() - 1;
        if (!button->isHidden() && x > 0)
            painter.fillRect(QRect(x, 1, 1, height() - 2), border);
    }
}

} // namespace sscope
