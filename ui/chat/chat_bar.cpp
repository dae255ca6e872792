#include "ui/chat/chat_bar.h"

#include <QMenu>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/chat/chat_text.h"
#include "ui/clients/conversation_icons.h"
#include "ui/clients/state_pill.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/segments.h"
#include "ui/common/small_widgets.h"
#include "ui/common/tab_order.h"

namespace sscope {

namespace {

constexpr int barHeight = 40;
constexpr int margin = 12;
constexpr int gap = 8;
constexpr int addressWidth = 176;
constexpr int nameWidth = 112;
constexpr int twoRowsHeight = 68;
constexpr int leastWidth = 320;  // of two rows
constexpr int iconsWidth = 400;  // of two rows with what is done with the messages
constexpr int oneRowWidth = 640; // all of its parts but a word
constexpr int wideWidth = 760;   // below it what is not encrypted is told by the icon alone

} // namespace

ChatBar::ChatBar(QWidget* parent)
    : QWidget(parent),
      m_address(new QLineEdit(this)),
      m_name(new QLineEdit(this)),
      m_join(new QPushButton(this)),
      m_pill(new StatePill(this)),
      m_openIcon(new QLabel(this)),
      m_open(makeLabel(QString(), this)),
      m_stream(makeStreamIcon(this)),
      m_saveBytes(makeSaveIcon(this, [this](bool isSent) { Q_EMIT saveBytesAsked(isSent); })),
      m_views(new Segments(tr("What is shown"), this)),
      m_save(makeIconButton(QStringLiteral("download"), tr("Save what was said here to a file"),
                            QStringLiteral("chatSave"), this)),
      m_upper(new QHBoxLayout),
      m_lower(new QHBoxLayout) {
    setObjectName(QStringLiteral("chatBar"));
    setFixedHeight(barHeight);
    build();
    buildSave();
    setState(ChatSession::State::Idle, QString(), false);
}

void ChatBar::build() {
    m_address->setObjectName(QStringLiteral("chatAddress"));
    m_address->setAccessibleName(tr("Server"));
    m_address->setPlaceholderText(tr("host:port"));
    m_address->setFont(monoFont());
    m_address->setMinimumWidth(96);
    m_name->setObjectName(QStringLiteral("chatName"));
    m_name->setAccessibleName(tr("Your name"));
    m_name->setPlaceholderText(tr("Your name"));
    m_name->setMinimumWidth(48);
    connect(&Theme::instance(), &Theme::changed, this, &ChatBar::fold);
    m_join->setObjectName(QStringLiteral("chatJoin"));
    const QString words =
        tr("Others on the way can read this line: what is said, and the password");
    m_openIcon->setObjectName(QStringLiteral("notEncryptedIcon"));
    m_openIcon->setFixedSize(16, 16);
    m_openIcon->setToolTip(words);
    m_openIcon->setAccessibleName(tr("not encrypted"));
    m_open->setObjectName(QStringLiteral("notEncrypted"));
    m_open->setText(tr("not encrypted"));
    m_open->setWordWrap(false);
    m_open->setToolTip(words);
    m_views->add(Chat, tr("Chat"), tr("What people say"), QStringLiteral("showChat"));
    m_views->add(Messages, tr("Messages"), tr("The bytes on the wire, message by message"),
                 QStringLiteral("showMessages"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(margin, 0, margin, 1);
    rows->setSpacing(0);
    for (QHBoxLayout* row : {m_upper, m_lower}) {
        row->setSpacing(gap);
        rows->addLayout(row, 1);
    }
    connect(m_views, &Segments::currentChanged, this, [this](int view) {
        fold();
        Q_EMIT viewChosen(view);
    });
    connect(m_stream, &QToolButton::toggled, this, &ChatBar::streamToggled);
    connect(m_join, &QPushButton::clicked, this, [this] {
        if (m_isUp)
            Q_EMIT leaveAsked();
        else
            Q_EMIT joinAsked();
    });
    for (QLineEdit* field : {m_address, m_name}) {
        connect(field, &QLineEdit::returnPressed, this, [this] {
            if (m_isEditable)
                Q_EMIT joinAsked();
        });
        connect(field, &QLineEdit::textEdited, this, [this] { setAtFault(true, QString()); });
    }
}

void ChatBar::buildSave() {
    m_save->setFixedSize(28, 28);
    auto* menu = new QMenu(m_save);
    const auto add = [this, menu](const QString& words, TranscriptForm form, const char* name) {
        menu->addAction(words, this, [this, form] { Q_EMIT saveAsked(form); })
            ->setObjectName(QLatin1String(name));
    };
    add(tr("Save as text..."), TranscriptForm::Text, "saveText");
    add(tr("Save as JSON lines..."), TranscriptForm::Json, "saveJson");
    m_save->setMenu(menu);
    m_save->setPopupMode(QToolButton::InstantPopup);
    orderForTab({m_address, m_name, m_join, m_stream, m_views, m_save, m_saveBytes});
}

/// In a row, or in two where there is no room for it, as in tabs side by side.
void ChatBar::arrange(bool isInOne) {
    if (m_isInOne == isInOne)
        return;
    m_isInOne = isInOne;
    for (QHBoxLayout* row : {m_upper, m_lower}) {
        while (QLayoutItem* item = row->takeAt(0))
            delete item;
    }
    QHBoxLayout* second = isInOne ? m_upper : m_lower;
    m_upper->addWidget(m_address, 2);
    m_upper->addWidget(isInOne ? static_cast<QWidget*>(m_name) : m_views, isInOne ? 1 : 0);
    second->addWidget(m_join);
    second->addSpacing(isInOne ? gap : 0);
    second->addWidget(m_pill);
    second->addSpacing(isInOne ? 4 : 0);
    second->addWidget(m_openIcon);
    second->addSpacing(2 - gap);
    second->addWidget(m_open);
    if (isInOne)
        second->addStretch(0); // what address and name leave
    else
        second->addWidget(m_name, 1);
    second->addWidget(m_stream);
    if (isInOne)
        second->addWidget(m_views);
    m_upper->addWidget(m_save);
    m_upper->addWidget(m_saveBytes);
    m_address->setMaximumWidth(isInOne ? addressWidth : QWIDGETSIZE_MAX);
    m_name->setMaximumWidth(isInOne ? nameWidth : QWIDGETSIZE_MAX);
    static_cast<QVBoxLayout*>(layout())->setStretch(1, isInOne ? 0 : 1);
    // Not while the layout around this gives it its place: it would not hear of the new height.
    QMetaObject::invokeMethod(
        this, [this] { setFixedHeight(*m_isInOne ? barHeight : twoRowsHeight); },
        Qt::QueuedConnection);
}

QSize ChatBar::minimumSizeHint() const {
    return {leastWidth, barHeight};
}

void ChatBar::setConfig(const ChatClientConfig& config) {
    const Endpoint& endpoint = config.client.endpoint;
    const bool isKnown = !endpoint.host.empty() || !endpoint.path.empty();
    const QString text = isKnown ? toQString(endpoint.text()) : QString();
    m_address->setText(isUnix(endpoint.transport) ? text : withoutScheme(text));
    m_address->setCursorPosition(0);
    m_name->setText(toQString(config.name));
    m_name->setCursorPosition(0);
}

void ChatBar::setState(ChatSession::State state, const QString& name, bool isReadable) {
    using State = ChatSession::State;
    m_isUp = state == State::In || state == State::Connecting || state == State::Waiting;
    m_isEditable = !m_isUp;
    m_isReadable = isReadable && state == State::In;
    for (QLineEdit* field : {m_address, m_name})
        field->setReadOnly(m_isUp);
    m_address->setToolTip(plainTip(safeText(m_address->text())));
    if (m_isUp && !name.isEmpty()) {
        m_name->setText(name);
        m_name->setCursorPosition(0);
    }
    m_name->setToolTip(m_isUp ? tr("/nick changes it") : QString());
    m_join->setText(state == State::In ? tr("Disconnect") : m_isUp ? tr("Cancel") : tr("Join"));
    m_join->setToolTip(state == State::In ? tr("Leave the chat")
                       : m_isUp           ? tr("Do not try again")
                                          : tr("Join the chat (Enter)"));
    switch (state) {
    case State::Idle:
        m_pill->setState(LinkState::Idle, tr("not connected"));
        break;
    case State::Connecting:
        m_pill->setState(LinkState::Connecting, tr("connecting"));
        break;
    case State::In:
        m_pill->setState(LinkState::Open, QStringLiteral("ESTABLISHED"));
        break;
    case State::Waiting:
        m_pill->setState(LinkState::Waiting, tr("waiting"));
        break;
    case State::Ended:
        m_pill->setState(LinkState::Closed, tr("closed"));
        break;
    }
    fold();
}

void ChatBar::fold() {
    m_openIcon->setPixmap(iconPixmap(QStringLiteral("lock-open"), 14,
                                     themeColor(ColorToken::Warning), devicePixelRatioF()));
    QPalette palette = m_open->palette();
    palette.setColor(QPalette::WindowText, themeColor(ColorToken::Warning));
    m_open->setPalette(palette);
    m_openIcon->setVisible(m_isReadable);
    m_open->setVisible(m_isReadable && width() >= wideWidth);
    m_save->setVisible(view() == Chat);
    for (QToolButton* icon : {m_stream, m_saveBytes})
        icon->setVisible(view() == Messages && width() >= iconsWidth);
    arrange(width() >= oneRowWidth);
}

void ChatBar::setAtFault(bool isAddress, const QString& reason) {
    const auto mark = [](QLineEdit* field, bool isAtFault) {
        field->setProperty("atFault", isAtFault);
        field->update();
    };
    mark(m_address, isAddress && !reason.isEmpty());
    mark(m_name, !isAddress && !reason.isEmpty());
    if (!reason.isEmpty())
        (isAddress ? m_address : m_name)->setFocus();
}

void ChatBar::focusFirst() {
    QLineEdit* field = m_isEditable && !m_address->text().isEmpty() ? m_name : m_address;
    field->setFocus();
    field->selectAll();
}

int ChatBar::view() const {
    return m_views->current();
}

void ChatBar::setStreamShown(bool isShown) {
    const QSignalBlocker blocker(m_stream);
    m_stream->setChecked(isShown);
}

void ChatBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fold();
}

void ChatBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Surface));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
