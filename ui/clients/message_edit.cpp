#include "ui/clients/message_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>

#include "ui/common/fonts.h"

namespace sscope {

namespace {

constexpr int leastHeight = 40;
constexpr int mostHeight = 120;

} // namespace

MessageEdit::MessageEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("messageEdit"));
    setAccessibleName(tr("Message"));
    setFrameShape(QFrame::NoFrame);
    setFont(monoFont());
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setPlaceholderText(
        tr("A message, %1 sends it").arg(sendKey().toString(QKeySequence::NativeText)));
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    document()->setDocumentMargin(4);
    // The frame is painted around the field; its text keeps clear of it.
    setViewportMargins(6, 4, countWidth, 4);
    setFixedHeight(leastHeight);
}

void MessageEdit::setHistory(const QStringList& history) {
    m_history = history;
    m_position = history.size();
}

void MessageEdit::fitHeight() {
    // A plain document counts its height in lines.
    const int lines = qMax(1, static_cast<int>(document()->size().height()));
    const int needed = lines * fontMetrics().lineSpacing() + 18;
    setFixedHeight(qBound(leastHeight, needed, mostHeight));
}

void MessageEdit::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QTextBlock block = textCursor().block();
    if (isReturn && event->modifiers() & Qt::ControlModifier)
        Q_EMIT sendAsked();
    else if (event->key() == Qt::Key_Up && block == document()->firstBlock() && walk(-1))
        return;
    else if (event->key() == Qt::Key_Down && block == document()->lastBlock() && walk(1))
        return;
    else
        QPlainTextEdit::keyPressEvent(event);
}

void MessageEdit::insertFromMimeData(const QMimeData* source) {
    const QString pasted = source->text();
    if (pasted.size() <= longestLine) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    const QTextCursor cursor = textCursor();
    const QString before = toPlainText();
    const QString all =
        before.left(cursor.selectionStart()) + pasted + before.mid(cursor.selectionEnd());
    if (fits(all))
        QPlainTextEdit::insertFromMimeData(source);
    else
        Q_EMIT largePasted(all);
}

bool MessageEdit::fits(const QString& text) {
    if (text.size() > longestText)
        return false;
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = text.indexOf(QLatin1Char('\n'), begin);
        end = end < 0 ? text.size() : end;
        if (end - begin > longestLine)
            return false;
        begin = end + 1;
    }
    return true;
}

bool MessageEdit::walk(int step) {
    const qsizetype next = m_position + step;
    if (isReadOnly() || next < 0 || next > m_history.size())
        return false;
    if (m_position == m_history.size()) {
        m_draft = toPlainText();
        Q_EMIT draftLeft();
    }
    m_position = next;
    setPlainText(next == m_history.size() ? m_draft : m_history.at(next));
    moveCursor(QTextCursor::End);
    Q_EMIT walked(static_cast<int>(next));
    return true;
}

void MessageEdit::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    parentWidget()->update();
}

void MessageEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    parentWidget()->update();
}

} // namespace sscope
