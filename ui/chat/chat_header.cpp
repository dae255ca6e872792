#include "ui/chat/chat_header.h"

#include <utility>

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include "core/service/chat_protocol.h"
#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"
#include "ui/common/theme.h"
#include "ui/inspector/elided_label.h"

namespace sscope {

namespace {

constexpr int searchWidth = 168;
constexpr int sideWidth = 24; // of the button alone, as all icon buttons are
constexpr int leastSearch = 96;
constexpr int narrowWidth = 420; // below it there is no room for the topic
constexpr int widestName = 220;

} // namespace

ChatHeader::ChatHeader(QWidget* parent)
    : QWidget(parent),
      m_side(makeIconButton(QStringLiteral("hash"), tr("Rooms and persons"),
                            QStringLiteral("showRooms"), this)),
      m_people(makeIconButton(QStringLiteral("people"), tr("People in this room"),
                              QStringLiteral("showPeople"), this)),
      m_name(makeTitle(QString(), this)),
      m_topicLabel(new ElidedLabel(Qt::ElideRight, this)),
      m_topicEdit(new QLineEdit(this)),
      m_edit(makeIconButton(QStringLiteral("edit"), tr("Set the topic"),
                            QStringLiteral("editTopic"), this)),
      m_search(new QLineEdit(this)) {
    setObjectName(QStringLiteral("chatHeader"));
    setFixedHeight(barHeight);
    build();
    buildSearch();
}

void ChatHeader::build() {
    m_name->setObjectName(QStringLiteral("placeName"));
    m_topicLabel->setObjectName(QStringLiteral("placeTopic"));
    m_topicLabel->setToken(ColorToken::Muted);
    m_topicLabel->installEventFilter(this);
    m_topicEdit->setObjectName(QStringLiteral("topicEdit"));
    m_topicEdit->setAccessibleName(tr("Topic"));
    m_topicEdit->setPlaceholderText(tr("Topic; Enter sets it"));
    m_topicEdit->setMinimumWidth(60);
    m_topicEdit->setMaxLength(static_cast<int>(longestChatTopic));
    m_topicEdit->installEventFilter(this);
    m_topicEdit->hide();
    for (QToolButton* button : {m_side, m_people}) {
        button->setCheckable(true);
        button->hide();
    }
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 1);
    row->setSpacing(8);
    row->addWidget(m_side);
    row->addWidget(m_name);
    row->addWidget(m_topicLabel, 1);
    row->addWidget(m_topicEdit, 1);
    row->addWidget(m_edit);
    row->addStretch(0);
    row->addWidget(m_search);
    row->addWidget(m_people);
    connect(m_edit, &QToolButton::clicked, this, &ChatHeader::editTopic);
    connect(m_topicEdit, &QLineEdit::returnPressed, this, [this] { endEdit(true); });
}

void ChatHeader::buildSearch() {
    m_search->setObjectName(QStringLiteral("searchHistory"));
    m_search->setAccessibleName(tr("Search history"));
    m_search->setPlaceholderText(tr("Search history"));
    m_search->setToolTip(tr("Search all that was said here; Enter searches, Escape closes"));
    m_search->addAction(lineIcon(QStringLiteral("search"), ColorToken::Muted),
                        QLineEdit::LeadingPosition);
    m_search->setClearButtonEnabled(false);
    m_search->setFixedWidth(searchWidth);
    m_search->installEventFilter(this);
    setTabOrder(m_search, m_people);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        const QString text = m_search->text().trimmed();
        if (text.isEmpty())
            Q_EMIT searchClosed();
        else
            Q_EMIT searchAsked(text);
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            Q_EMIT searchClosed();
    });
}

void ChatHeader::setPlace(const ChatPlace& place) {
    endEdit(false);
    m_place = place;
    const QString name = safeText(place.name);
    m_name->setText(m_name->fontMetrics().elidedText(name, Qt::ElideRight, widestName));
    const bool isRoom = place.kind == ChatPlace::Kind::Room;
    m_search->setVisible(isRoom); // what is said directly is not kept
    showTopic();
}

void ChatHeader::setTopic(const QString& topic) {
    m_topic = topic;
    showTopic();
}

void ChatHeader::showTopic() {
    const bool isRoom = m_place.kind == ChatPlace::Kind::Room;
    const bool isNarrow = width() < narrowWidth;
    m_search->setFixedWidth(isNarrow ? leastSearch : searchWidth);
    m_search->setPlaceholderText(isNarrow ? tr("Search") : tr("Search history"));
    m_name->setMaximumWidth(isNarrow ? leastSearch : widestName);
    m_name->setToolTip(plainTip(safeText(m_place.name) +
                                (isRoom ? QLatin1Char('\n') + safeText(m_topic) : QString())));
    m_topicLabel->setVisible(!isNarrow && m_topicEdit->isHidden());
    m_topicLabel->setText(isRoom && !isNarrow ? safeText(m_topic) : QString());
    m_topicLabel->setTip(isRoom && m_isIn ? tr("A double click sets the topic") : QString());
    m_edit->setVisible(isRoom && m_isIn && m_topicEdit->isHidden() && m_topic.isEmpty() &&
                       !isNarrow);
}

void ChatHeader::setEnabledFor(bool isIn) {
    m_isIn = isIn;
    m_search->setEnabled(isIn);
    if (!isIn)
        endEdit(false);
    showTopic();
}

void ChatHeader::editTopic() {
    if (!m_isIn || m_place.kind != ChatPlace::Kind::Room)
        return;
    m_topicEdit->setText(m_topic);
    m_topicLabel->hide();
    m_edit->hide();
    m_topicEdit->show();
    m_topicEdit->setFocus();
    m_topicEdit->selectAll();
}

void ChatHeader::endEdit(bool isTaken) {
    if (m_topicEdit->isHidden())
        return;
    const QString topic = m_topicEdit->text().trimmed();
    m_topicEdit->hide();
    m_topicLabel->show();
    showTopic();
    if (isTaken && topic != m_topic)
        Q_EMIT topicEdited(topic);
}

void ChatHeader::setElsewhere(int unread) {
    const QString words =
        unread > 0 ? tr("Rooms and persons, %n unread", nullptr, unread) : tr("Rooms and persons");
    m_side->setToolTip(words);
    m_side->setAccessibleName(words);
    m_side->setIcon(
        lineIcon(QStringLiteral("hash"), unread > 0 ? ColorToken::Warning : ColorToken::Text));
    // A number beside the colour; what it is exactly stands in the tooltip.
    const QString count = unread > 99 ? QStringLiteral("99+") : QString::number(unread);
    m_side->setText(unread > 0 ? count : QString());
    m_side->setToolButtonStyle(unread > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    m_side->setFixedWidth(
        unread > 0 ? sideWidth + 16 + m_side->fontMetrics().horizontalAdvance(count) : sideWidth);
}

bool ChatHeader::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_topicLabel && event->type() == QEvent::MouseButtonDblClick) {
        editTopic();
        return true;
    }
    if (watched == m_topicEdit && event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        endEdit(false);
    const bool isEscape = event->type() == QEvent::KeyPress &&
                          static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (isEscape && watched == m_topicEdit) {
        endEdit(false);
        return true;
    }
    if (isEscape && watched == m_search) {
        m_search->clear();
        Q_EMIT searchClosed();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChatHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showTopic();
}

void ChatHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorToken::Hairline));
}

} // namespace sscope
