#include "ui/chat/chat_composer.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include "core/service/chat_protocol.h"
#include "ui/chat/chat_edit.h"
#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/label_token.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"

namespace sscope {

namespace {

constexpr int sideMargin = 12;
constexpr int sendWidth = 80;
constexpr int sendHeight = 32;
constexpr int narrowWidth = 420; // below it there is no room for the count
constexpr qsizetype longest = static_cast<qsizetype>(longestChatText);

} // namespace

ChatComposer::ChatComposer(QWidget* parent)
    : QWidget(parent),
      m_fault(makeLabel(QString(), this)),
      m_help(makeNote(QString(), this)),
      m_edit(new ChatEdit(this)),
      m_count(new QLabel(m_edit)),
      m_send(new QPushButton(this)) {
    setObjectName(QStringLiteral("chatComposer"));
    m_fault->setObjectName(QStringLiteral("composerFault"));
    m_fault->hide();
    m_help->setObjectName(QStringLiteral("composerHelp"));
    m_help->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_help->hide();
    m_count->setObjectName(QStringLiteral("messageBytes"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setFont(secondaryFont());
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_send->setObjectName(QStringLiteral("sendButton"));
    m_send->setIcon(lineIcon(QStringLiteral("send"), ColorToken::OnAccent));
    m_send->setProperty("primary", true);
    m_send->setFixedSize(sendWidth, sendHeight);
    auto* row = new QHBoxLayout;
    row->setSpacing(9);
    row->addWidget(m_edit, 1, Qt::AlignBottom);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(sideMargin + 1, 9, sideMargin, 8);
    column->setSpacing(6);
    column->addWidget(m_help);
    column->addWidget(m_fault);
    column->addLayout(row);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &ChatComposer::textChanged);
    connect(m_edit, &ChatEdit::sendAsked, this, &ChatComposer::send);
    connect(m_send, &QPushButton::clicked, this, [this] {
        send();
        m_edit->setFocus();
    });
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        setToken(m_fault, ColorToken::Danger);
        showReadiness();
    });
    showReadiness();
}

QString ChatComposer::text() const {
    return m_edit->toPlainText();
}

void ChatComposer::setPlace(const ChatPlace& place) {
    if (place == m_place)
        return;
    const QString draft = text();
    if (draft.isEmpty())
        m_drafts.erase(m_place);
    else
        m_drafts[m_place] = draft;
    m_place = place;
    const auto kept = m_drafts.find(place);
    m_edit->setPlainText(kept == m_drafts.end() ? QString() : kept->second);
    m_edit->moveCursor(QTextCursor::End);
    m_help->hide();
    showReadiness();
}

void ChatComposer::setObstacle(const QString& reason) {
    m_obstacle = reason;
    showReadiness();
}

void ChatComposer::textChanged() {
    m_bytes = text().toUtf8().size();
    m_fault->hide();
    m_help->hide();
    if (isTooLong())
        showFault(tr("A message has at most %1 KiB; shorten it by %2 to send it")
                      .arg(longest / 1024)
                      .arg(bytesText(static_cast<quint64>(m_bytes - longest))));
    showReadiness();
}

bool ChatComposer::isTooLong() const {
    return m_bytes > longest;
}

void ChatComposer::showReadiness() {
    const bool isReady = m_obstacle.isEmpty();
    m_edit->setReadOnly(!isReady);
    m_send->setEnabled(isReady && m_bytes > 0 && !isTooLong());
    m_send->setToolTip(isReady ? tr("Send (Enter); Shift+Enter begins another line") : m_obstacle);
    const QString name = safeText(m_place.name);
    m_edit->setPlaceholderText(!isReady ? m_obstacle
                               : m_place.kind == ChatPlace::Kind::Person
                                   ? tr("Message to %1").arg(name)
                                   : tr("Message in %1").arg(name));
    m_edit->viewport()->update(); // Qt 6.4 goes on showing the old placeholder
    const auto bytes = static_cast<quint64>(m_bytes);
    m_count->setText(tr("%1 of %2 KiB")
                         .arg(isTooLong() ? tr("%1 B").arg(countText(bytes)) : bytesText(bytes))
                         .arg(longest / 1024));
    m_isNarrow = width() < narrowWidth;
    m_count->setVisible(m_bytes > 0 && !m_isNarrow);
    m_edit->setCountShown(!m_isNarrow);
    m_send->setText(m_isNarrow ? QString() : tr("Send"));
    m_send->setAccessibleName(tr("Send"));
    m_send->setFixedWidth(m_isNarrow ? sendHeight : sendWidth);
    setToken(m_count, isTooLong() ? ColorToken::Danger : ColorToken::Muted);
    placeCount();
    update();
}

void ChatComposer::showFault(const QString& reason) {
    setToken(m_fault, ColorToken::Danger);
    m_fault->setText(reason);
    m_fault->show();
    update();
}

void ChatComposer::showHelp(const QString& text) {
    m_help->setText(text);
    m_help->show();
}

void ChatComposer::mention(const QString& name) {
    QTextCursor cursor = m_edit->textCursor();
    const bool isAtStart = cursor.position() == 0;
    const QChar before =
        isAtStart ? QLatin1Char(' ') : m_edit->document()->characterAt(cursor.position() - 1);
    cursor.insertText(
        QStringLiteral("%1@%2 ").arg(before.isSpace() ? QString() : QStringLiteral(" "), name));
    m_edit->setFocus();
}

void ChatComposer::send() {
    const QString said = text();
    if (!m_obstacle.isEmpty() || isTooLong() || said.trimmed().isEmpty())
        return;
    Q_EMIT sayAsked(said);
}

void ChatComposer::setTaken() {
    m_edit->addToHistory(text());
    m_edit->clear();
}

void ChatComposer::placeCount() {
    constexpr int height = 20;
    m_count->setGeometry(m_edit->width() - ChatEdit::countWidth - 14, m_edit->height() - height - 5,
                         ChatEdit::countWidth, height);
}

bool ChatComposer::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        placeCount();
    return QWidget::eventFilter(watched, event);
}

void ChatComposer::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_isNarrow != (width() < narrowWidth))
        showReadiness();
}

void ChatComposer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorToken::Hairline));
    painter.setRenderHint(QPainter::Antialiasing);
    const bool focused = m_edit->hasFocus();
    painter.setPen(QPen(themeColor(isTooLong() ? ColorToken::Danger
                                   : focused   ? ColorToken::Accent
                                               : ColorToken::FieldBorder),
                        focused ? 2 : 1));
    const qreal inset = focused ? 0 : 0.5;
    painter.drawRoundedRect(
        QRectF(m_edit->geometry()).adjusted(-1 + inset, -1 + inset, 1 - inset, 1 - inset), 4, 4);
}

} // namespace sscope
