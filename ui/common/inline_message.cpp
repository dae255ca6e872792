#include "ui/common/inline_message.h"

#include <QPainter>

#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

struct Look {
    const char* icon;
    ColorToken color;
};

Look lookOf(InlineMessage::Kind kind) {
    switch (kind) {
    case InlineMessage::Kind::Remark:
        return {"info", ColorToken::Muted};
    case InlineMessage::Kind::Caution:
        return {"warning", ColorToken::Warning};
    case InlineMessage::Kind::Problem:
        return {"error", ColorToken::Danger};
    }
    return {"info", ColorToken::Muted};
}

} // namespace

InlineMessage::InlineMessage(QWidget* parent)
    : QFrame(parent), m_row(new QHBoxLayout(this)), m_text(makeLabel({}, this)) {
    setObjectName(QStringLiteral("inlineMessage"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_row->setContentsMargins(36, 8, 12, 8);
    m_row->setSpacing(8);
    m_row->addWidget(m_text, 1);
    hide();
}

void InlineMessage::show(Kind kind, const QString& text) {
    clearActions();
    m_kind = kind;
    m_text->setText(text);
    setAccessibleName(text);
    QFrame::show();
    update();
}

void InlineMessage::addAction(const QString& text, bool isPrimary,
                              const std::function<void()>& action) {
    auto* button = new QPushButton(text, this);
    button->setProperty("primary", isPrimary);
    connect(button, &QPushButton::clicked, this, action);
    m_row->addWidget(button);
    m_actions.append(button);
}

void InlineMessage::clearActions() {
    for (QWidget* action : m_actions)
        action->deleteLater();
    m_actions.clear();
}

void InlineMessage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look look = lookOf(m_kind);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
    painter.fillRect(QRect(0, 0, 3, height()), themeColor(look.color));
    paintIcon(&painter, QRect(12, 0, 16, height()), QString::fromLatin1(look.icon), 16, look.color);
}

} // namespace sscope
