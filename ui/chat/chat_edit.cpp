#include "ui/chat/chat_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>

#include "core/service/chat_protocol.h"

namespace sscope {

namespace {

constexpr int leastHeight = 30; // with its frame 32
constexpr int mostLines = 6;
constexpr qsizetype longestHistory = 100;

} // namespace

ChatEdit::ChatEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("chatEdit"));
    setAccessibleName(tr("Message"));
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(2);
    // The frame is painted around the field; its text keeps clear of it and of the count.
    setViewportMargins(6, 4, countWidth, 2);
    setFixedHeight(leastHeight);
    connect(this, &QPlainTextEdit::textChanged, this, &ChatEdit::fitHeight);
}

void ChatEdit::addToHistory(const QString& text) {
    if (m_history.isEmpty() || m_history.last() != text)
        m_history.append(text);
    if (m_history.size() > longestHistory)
        m_history.removeFirst();
    m_position = m_history.size();
}

void ChatEdit::setCountShown(bool isShown) {
    const int right = isShown ? countWidth : 6;
    if (viewportMargins().right() != right)
        setViewportMargins(6, 4, right, 2);
}

void ChatEdit::fitHeight() {
    // A plain document counts its height in lines.
    const int lines = qBound(1, static_cast<int>(document()->size().height()), mostLines);
    const int line = fontMetrics().lineSpacing();
    const int height = qMax(leastHeight, lines * line + 12);
    setVerticalScrollBarPolicy(document()->size().height() > mostLines ? Qt::ScrollBarAsNeeded
                                                                       : Qt::ScrollBarAlwaysOff);
    if (height != this->height())
        setFixedHeight(height);
}

void ChatEdit::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isPlain = event->modifiers() == Qt::NoModifier;
    const QTextBlock block = textCursor().block();
    if (isReturn && !(event->modifiers() & Qt::ShiftModifier)) {
        Q_EMIT sendAsked();
        return;
    }
    if (event->key() == Qt::Key_Tab && isPlain && complete())
        return;
    if (event->key() == Qt::Key_Up && isPlain && block == document()->firstBlock() && walk(-1))
        return;
    if (event->key() == Qt::Key_Down && isPlain && block == document()->lastBlock() && walk(1))
        return;
    const bool isPage = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
    if (isPage && isPlain) {
        Q_EMIT pageAsked(event->key() == Qt::Key_PageUp ? -1 : 1);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

/// From an empty field, or from what came from the history unchanged.
bool ChatEdit::walk(int step) {
    const QString text = toPlainText();
    const bool isAtDraft = m_position == m_history.size();
    const bool isUntouched = isAtDraft ? text.isEmpty() : text == m_history.at(m_position);
    const qsizetype next = m_position + step;
    if (!isUntouched || next < 0 || next > m_history.size())
        return false;
    m_position = next;
    setPlainText(next == m_history.size() ? QString() : m_history.at(next));
    moveCursor(QTextCursor::End);
    return true;
}

/// Completes the word before the cursor to a name; pressed again takes the next one.
bool ChatEdit::complete() {
    QTextCursor cursor = textCursor();
    const QString text = toPlainText();
    const int at = cursor.position();
    if (m_completion.names.isEmpty() || at != m_completion.end) {
        int start = at;
        while (start > 0 && !text[start - 1].isSpace())
            --start;
        const bool hasAt = start < at && text[start] == QLatin1Char('@');
        const QString typed = text.mid(start + (hasAt ? 1 : 0), at - start - (hasAt ? 1 : 0));
        m_completion = {};
        if (typed.isEmpty() && !hasAt)
            return false;
        for (const QString& name : m_names ? m_names() : QStringList()) {
            if (name.startsWith(typed, Qt::CaseInsensitive))
                m_completion.names.append((hasAt ? QStringLiteral("@") : QString()) + name);
        }
        m_completion.start = start;
    } else {
        m_completion.at = (m_completion.at + 1) % m_completion.names.size();
    }
    if (m_completion.names.isEmpty())
        return false;
    cursor.setPosition(m_completion.start);
    cursor.setPosition(at, QTextCursor::KeepAnchor);
    cursor.insertText(m_completion.names.at(m_completion.at) + QLatin1Char(' '));
    setTextCursor(cursor);
    m_completion.end = cursor.position();
    return true;
}

/// More than a message can be is laid out too slowly, and is refused in any case: what is kept of
/// it is enough to show that it is too long.
void ChatEdit::insertFromMimeData(const QMimeData* source) {
    QString pasted = source->text();
    pasted.truncate(static_cast<qsizetype>(longestChatText) * 2);
    insertPlainText(pasted);
    ensureCursorVisible();
}

void ChatEdit::focusInEvent(QFocusEvent* event) {
    QPlainTextEdit::focusInEvent(event);
    parentWidget()->update();
}

void ChatEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    parentWidget()->update();
}

} // namespace sscope
