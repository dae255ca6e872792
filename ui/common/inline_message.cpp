#include "ui/common/inline_message.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
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

/// A layout asks a window's least size without its width, and so for one line of what is wrapped;
/// in a low window what is below would be cut.
void keepAllLines(QLabel* text) {
    text->setMinimumHeight(0); // else it counts for the height
    text->setMinimumHeight(qMax(0, text->heightForWidth(text->width())));
}

class LineKeeper : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize)
            keepAllLines(static_cast<QLabel*>(watched));
        return false;
    }
};

} // namespace

InlineMessage::InlineMessage(QWidget* parent)
    : QFrame(parent),
      m_grid(new QGridLayout(this)),
      m_row(new QHBoxLayout),
      m_title(makeTitle({}, this)),
      m_text(makeLabel({}, this)) {
    setObjectName(QStringLiteral("inlineMessage"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->installEventFilter(new LineKeeper(m_text));
    m_title->hide();
    m_grid->setContentsMargins(36, 8, 12, 8);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(0, 1);
    m_grid->addLayout(m_row, 0, 1);
    m_grid->addWidget(m_text, 0, 0);
    hide();
}

void InlineMessage::show(Kind kind, const QString& text, const QString& title) {
    clearActions();
    m_kind = kind;
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_grid->removeWidget(m_text);
    m_grid->removeWidget(m_title);
    m_row->setSpacing(title.isEmpty() ? 8 : 16);
    if (title.isEmpty()) {
        m_grid->addWidget(m_text, 0, 0);
    } else {
        m_grid->addWidget(m_title, 0, 0);
        m_grid->addWidget(m_text, 1, 0, 1, 2);
    }
    setWords(text);
    QFrame::show();
    keepAllLines(m_text);
    update();
}

void InlineMessage::setText(const QString& text) {
    if (text == m_text->text())
        return;
    setWords(text);
    keepAllLines(m_text);
}

void InlineMessage::setWords(const QString& text) {
    m_text->setText(text);
    const QString title = m_title->text();
    setAccessibleName(title.isEmpty() ? text : QStringLiteral("%1: %2").arg(title, text));
}

void InlineMessage::addAction(const QString& text, bool isPrimary,
                              const std::function<void()>& action) {
    auto* button = new QPushButton(text, this);
    button->setProperty("primary", isPrimary);
    add(button, action);
}

void InlineMessage::addLink(const QString& text, const QString& objectName,
                            const std::function<void()>& action) {
    add(makeLink(text, objectName, this), action);
}

void InlineMessage::add(QPushButton* button, const std::function<void()>& action) {
    connect(button, &QPushButton::clicked, this, action);
    m_row->addWidget(button);
    button->show(); // not only with the next turn of the event loop
    m_actions.append(button);
}

void InlineMessage::clearActions() {
    for (QPushButton* action : m_actions) {
        action->hide(); // may be where the click comes from, and so goes later
        action->deleteLater();
    }
    m_actions.clear();
}

void InlineMessage::takeKeyboard() {
    if (m_actions.isEmpty())
        return;
    m_focusBefore = QApplication::focusWidget();
    m_actions.first()->setFocus(Qt::TabFocusReason);
}

void InlineMessage::keyPressEvent(QKeyEvent* event) {
    // A push button takes Return in dialogs only.
    auto* focused = qobject_cast<QPushButton*>(focusWidget());
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && focused && m_actions.contains(focused))
        focused->click();
    else if (event->key() == Qt::Key_Escape && !m_actions.isEmpty())
        m_actions.last()->click();
    else
        QFrame::keyPressEvent(event);
}

void InlineMessage::hideEvent(QHideEvent* event) {
    const bool hadKeyboard = m_focusBefore && focusWidget() && focusWidget()->hasFocus();
    if (hadKeyboard)
        m_focusBefore->setFocus();
    m_focusBefore = nullptr;
    QFrame::hideEvent(event);
}

void InlineMessage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look look = lookOf(m_kind);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
    painter.fillRect(QRect(0, 0, 3, height()), themeColor(look.color));
    // Beside the title, or in the middle of what has none.
    const bool hasTitle = m_title->isVisible();
    const QRect place(12, hasTitle ? m_title->y() : 0, 16, hasTitle ? m_title->height() : height());
    paintIcon(&painter, place, QString::fromLatin1(look.icon), 16, look.color);
}

} // namespace sscope
