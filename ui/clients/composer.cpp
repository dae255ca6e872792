#include "ui/clients/composer.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

#include "core/base/bytes.h"
#include "ui/clients/line_endings.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int leastEditHeight = 40;
constexpr int mostEditHeight = 120;
constexpr int countWidth = 72;

const QKeySequence sendKey(Qt::CTRL | Qt::Key_Return);

} // namespace

MessageEdit::MessageEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setObjectName(QStringLiteral("messageEdit"));
    setAccessibleName(tr("Message"));
    setFrameShape(QFrame::NoFrame);
    setFont(monoFont());
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setPlaceholderText(
        tr("A message, %1 sends it").arg(sendKey.toString(QKeySequence::NativeText)));
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    document()->setDocumentMargin(4);
    // The frame is painted around the field; its text keeps clear of it.
    setViewportMargins(6, 4, countWidth, 4);
    setFixedHeight(leastEditHeight);
}

void MessageEdit::setHistory(const QStringList& history) {
    m_history = history;
    m_position = history.size();
}

void MessageEdit::fitHeight() {
    // A plain document counts its height in lines.
    const int lines = qMax(1, static_cast<int>(document()->size().height()));
    const int needed = lines * fontMetrics().lineSpacing() + 18;
    setFixedHeight(qBound(leastEditHeight, needed, mostEditHeight));
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

bool MessageEdit::walk(int step) {
    const qsizetype next = m_position + step;
    if (next < 0 || next > m_history.size())
        return false;
    if (m_position == m_history.size())
        m_draft = toPlainText();
    m_position = next;
    setPlainText(next == m_history.size() ? m_draft : m_history.at(next));
    moveCursor(QTextCursor::End);
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

Composer::Composer(QWidget* parent)
    : QWidget(parent),
      m_ending(new QComboBox(this)),
      m_edit(new MessageEdit(this)),
      m_count(makeNote({}, m_edit)),
      m_send(new QPushButton(lineIcon(QStringLiteral("send"), ColorToken::OnAccent), tr("Send"),
                             this)) {
    m_ending->setObjectName(QStringLiteral("ending"));
    m_ending->setAccessibleName(tr("Line ending"));
    m_ending->setToolTip(tr("What is sent after the text"));
    for (const LineEnding& ending : lineEndings())
        m_ending->addItem(ending.name, ending.bytes);
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->setProperty("primary", true);
    m_send->setFixedSize(80, leastEditHeight);
    m_count->setFont(monoFont());
    m_count->setWordWrap(false);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_count->setObjectName(QStringLiteral("byteCount"));

    auto* options = new QHBoxLayout;
    options->setSpacing(8);
    options->addWidget(makeNote(tr("Text, UTF-8, ending"), this));
    options->addWidget(m_ending);
    options->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_edit, 1);
    row->addWidget(m_send, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addLayout(options);
    column->addLayout(row);

    connect(m_edit, &MessageEdit::sendAsked, this, &Composer::send);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::updateCount);
    connect(m_ending, &QComboBox::currentIndexChanged, this, [this] {
        updateCount();
        Q_EMIT endingChanged();
    });
    updateCount();
    setSendEnabled(false, {});
}

void Composer::setHistory(const QStringList& history) {
    m_edit->setHistory(history);
}

void Composer::setSendEnabled(bool enabled, const QString& reason) {
    m_send->setEnabled(enabled);
    m_send->setToolTip(enabled ? tipWithKey(tr("Send"), sendKey) : reason);
}

void Composer::setText(const QString& text) {
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::setEnding(const QString& name) {
    m_ending->setCurrentIndex(qMax(0, m_ending->findText(name)));
}

QString Composer::ending() const {
    return m_ending->currentText();
}

void Composer::focusMessage() {
    m_edit->setFocus();
}

QByteArray Composer::content() const {
    return m_edit->toPlainText().toUtf8() + m_ending->currentData().toByteArray();
}

void Composer::send() {
    if (!m_send->isEnabled())
        return;
    const QByteArray bytes = content();
    const auto view =
        std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
    Q_EMIT sendAsked({view.begin(), view.end()});
    Q_EMIT messageSent(m_edit->toPlainText());
    m_edit->selectAll(); // typing replaces it, Ctrl+Return sends it again
}

void Composer::updateCount() {
    m_count->setText(bytesText(static_cast<quint64>(content().size())));
    m_edit->fitHeight();
    placeCount();
}

void Composer::placeCount() {
    m_count->setGeometry(m_edit->width() - countWidth - 8, 4, countWidth, 20);
}

void Composer::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeCount();
}

void Composer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = m_edit->hasFocus();
    painter.setPen(
        QPen(themeColor(focused ? ColorToken::Accent : ColorToken::FieldBorder), focused ? 2 : 1));
    const qreal inset = focused ? 0 : 0.5;
    painter.drawRoundedRect(
        QRectF(m_edit->geometry()).adjusted(-1 + inset, -1 + inset, 1 - inset, 1 - inset), 4, 4);
}

} // namespace sscope
