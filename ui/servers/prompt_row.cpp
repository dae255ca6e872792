#include "ui/servers/prompt_row.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/common/fonts.h"
#include "ui/common/small_widgets.h"

namespace sscope {

PromptRow::PromptRow(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_line(new QLineEdit(this)),
      m_button(new QPushButton(this)),
      m_note(makeNote(QString(), this)) {
    m_line->setObjectName(name + QStringLiteral("Text"));
    m_button->setObjectName(name + QStringLiteral("Now"));
    m_note->setObjectName(name + QStringLiteral("Note"));
    m_note->setFont(secondaryFont());
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(m_button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 8);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_note);
    connect(m_line, &QLineEdit::returnPressed, this, &PromptRow::give);
    connect(m_line, &QLineEdit::textEdited, this, [this] {
        if (m_reasonAgainst.isEmpty())
            m_note->setText(m_help);
        Q_EMIT edited();
    });
    connect(m_button, &QPushButton::clicked, this, &PromptRow::give);
    hide();
}

void PromptRow::setWords(const QString& button, const QString& placeholder,
                         const QString& accessibleName) {
    m_button->setText(button);
    m_line->setPlaceholderText(placeholder);
    m_line->setAccessibleName(accessibleName);
}

void PromptRow::setHelp(const QString& help) {
    m_help = help;
    if (m_reasonAgainst.isEmpty())
        m_note->setText(help);
}

void PromptRow::setReasonAgainst(const QString& reason) {
    m_button->setEnabled(reason.isEmpty());
    m_button->setToolTip(
        reason.isEmpty() ? tipWithKey(m_button->text(), QKeySequence(Qt::Key_Return)) : reason);
    if (reason == m_reasonAgainst)
        return; // what has become of the last one stays
    m_reasonAgainst = reason;
    m_note->setText(reason.isEmpty() ? m_help : reason);
}

void PromptRow::open() {
    show();
    m_note->setText(m_reasonAgainst.isEmpty() ? m_help : m_reasonAgainst);
    m_line->setFocus();
    m_line->selectAll();
}

void PromptRow::give() {
    if (!m_button->isEnabled())
        return;
    Q_EMIT given(m_line->text());
    m_line->selectAll(); // typing replaces it, Return gives it again
}

void PromptRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sscope
