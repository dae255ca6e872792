#include "ui/chat/chat_header.h"

#include <utility>

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include "core/service/chat_protocol.h"
#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/label_token.h"
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
constexpr auto longest = static_cast<qsizetype>(longestChatTopic); // bytes of UTF-8

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
      m_topicCount(new QLabel(this)),
      m_edit(makeIconButton(QStringLiteral("edit"), tr("Set the topic"),
                            QStringLiteral("editTopic"), this)),
      m_search(new QLineEdit(this)) {
    setObjectName(QStringLiteral("chatHeader"));
    setFixedHeight(barHeight);
    buildTopic();
    build();
    buildSearch();
}

void ChatHeader::buildTopic() {
    m_name->setObjectName(QStringLiteral("placeName"));
    m_topicLabel->setObjectName(QStringLiteral("placeTopic"));
    m_topicLabel->setToken(ColorToken::Muted);
    m_topicLabel->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_topicEdit->setObjectName(QStringLiteral("topicEdit"));
    m_topicEdit->setAccessibleName(tr("Topic"));
    m_topicEdit->setPlaceholderText(tr("Topic; Enter sets it"));
    m_topicEdit->setMinimumWidth(60);
    m_topicEdit->hide();
    m_topicCount->setObjectName(QStringLiteral("topicCount"));
    m_topicCount->setFont(secondaryFont());
    m_topicCount->hide();
    m_edit->setToolTip(tr("Set the topic, of at most %1 KiB").arg(longestChatTopic / 1024));
    for (QWidget* part : {static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_topicLabel),
                          static_cast<QWidget*>(m_topicEdit), static_cast<QWidget*>(m_edit)})
        part->installEventFilter(this);
    connect(m_edit, &QToolButton::clicked, this, &ChatHeader::editTopic);
    connect(m_topicEdit, &QLineEdit::returnPressed, this, &ChatHeader::takeTopic);
    connect(m_topicEdit, &QLineEdit::textChanged, this, &ChatHeader::showCount);
    connect(&Theme::instance(), &Theme::changed, this, &ChatHeader::showCount);
}

void ChatHeader::build() {
    m_side->setFont(demiBold(m_side->font())); // of the number
    for (QToolButton* button : {m_side, m_people}) {
        button->setCheckable(true);
        button->hide();
    }
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 8, 1);
    row->setSpacing(8);
    row->addWidget(m_side);
    row->addWidget(m_name);
    row->addWidget(m_topicLabel);
    row->addWidget(m_topicEdit, 1000); // all that the stretch has otherwise
    row->addWidget(m_topicCount);
    row->addWidget(m_edit);
    row->addStretch(1);
    row->addWidget(m_search);
    row->addWidget(m_people);
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
    endEdit();
    m_place = place;
    const QString name = safeText(place.name);
    m_name->setText(m_name->fontMetrics().elidedText(name, Qt::ElideRight, widestName));
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
    const bool isEdited = !m_topicEdit->isHidden();
    m_search->setVisible(isRoom && !(isNarrow && isEdited)); // what is said directly is not kept
    m_topicLabel->setVisible(isRoom && !isNarrow && !isEdited && !m_topic.isEmpty());
    m_topicLabel->setText(safeText(m_topic));
    m_topicLabel->setTip(m_isIn ? tr("A double click sets the topic") : QString());
    m_topicCount->setVisible(isEdited);
    m_edit->setVisible(maySetTopic() && !isEdited && !isNarrow);
    showPencil();
}

bool ChatHeader::maySetTopic() const {
    return m_isIn && m_place.kind == ChatPlace::Kind::Room;
}

/// Keeps its place, and the keyboard can come to it, also while it does not show.
void ChatHeader::showPencil() {
    const bool isWanted = m_topic.isEmpty() || m_edit->hasFocus() || m_edit->underMouse() ||
                          m_topicLabel->underMouse();
    m_edit->setIcon(isWanted ? lineIcon(QStringLiteral("edit")) : QIcon());
}

void ChatHeader::setEnabledFor(bool isIn) {
    m_isIn = isIn;
    m_search->setEnabled(isIn);
    if (!isIn)
        endEdit();
    showTopic();
}

void ChatHeader::editTopic() {
    if (!maySetTopic())
        return;
    m_topicEdit->setText(m_topic);
    m_topicEdit->show();
    showTopic();
    showCount();
    m_topicEdit->setFocus();
    m_topicEdit->selectAll();
}

void ChatHeader::takeTopic() {
    const QString topic = m_topicEdit->text().trimmed();
    if (topic.toUtf8().size() > longest)
        return; // the count says so
    endEdit();
    if (topic != m_topic)
        Q_EMIT topicEdited(topic);
}

void ChatHeader::endEdit() {
    if (m_topicEdit->isHidden())
        return;
    m_topicEdit->hide();
    showTopic();
}

void ChatHeader::showCount() {
    const qsizetype bytes = m_topicEdit->text().trimmed().toUtf8().size();
    const bool isTooLong = bytes > longest;
    const auto size = [](qsizetype count) { return bytesText(static_cast<quint64>(count)); };
    m_topicCount->setText(isTooLong ? tr("%1 too long").arg(size(bytes - longest))
                                    : tr("%1 of %2 KiB").arg(size(bytes)).arg(longest / 1024));
    setToken(m_topicCount, isTooLong ? ColorToken::Danger : ColorToken::Muted);
    m_topicEdit->setProperty("atFault", isTooLong);
    m_topicEdit->setAccessibleDescription(m_topicCount->text());
    m_topicEdit->update();
}

void ChatHeader::setElsewhere(int unread, int calls) {
    QString words =
        unread > 0 ? tr("Rooms and persons, %n unread", nullptr, unread) : tr("Rooms and persons");
    if (calls > 0)
        words = tr("%1, %n of them for you", nullptr, calls).arg(words);
    m_side->setToolTip(words);
    m_side->setAccessibleName(words);
    // Numbers beside the colour; what they are exactly stands in the tooltip.
    const QString count = unreadText(unread, calls);
    m_side->setIcon(
        lineIcon(QStringLiteral("hash"), calls > 0 ? ColorToken::Warning : ColorToken::Text));
    m_side->setText(count);
    m_side->setToolButtonStyle(unread > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    m_side->setFixedWidth(
        unread > 0 ? sideWidth + 16 + m_side->fontMetrics().horizontalAdvance(count) : sideWidth);
}

bool ChatHeader::eventFilter(QObject* watched, QEvent* event) {
    const bool isPlace = watched == m_topicLabel || watched == m_name;
    if (isPlace && event->type() == QEvent::MouseButtonDblClick) {
        editTopic();
        return true;
    }
    if (watched == m_topicEdit && event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        endEdit();
    const bool isNear = event->type() == QEvent::Enter || event->type() == QEvent::Leave ||
                        event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut;
    if (isNear && (watched == m_topicLabel || watched == m_edit))
        QMetaObject::invokeMethod(this, &ChatHeader::showPencil, Qt::QueuedConnection);
    const bool isEscape = event->type() == QEvent::KeyPress &&
                          static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (isEscape && watched == m_topicEdit) {
        endEdit();
        return true;
    }
    if (isEscape && watched == m_search) {
        m_search->clear();
        Q_EMIT searchClosed();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChatHeader::contextMenuEvent(QContextMenuEvent* event) {
    if (m_place.kind != ChatPlace::Kind::Room)
        return;
    QMenu menu(this);
    QAction* set = menu.addAction(lineIcon(QStringLiteral("edit")), tr("Set the topic…"), this,
                                  &ChatHeader::editTopic);
    set->setEnabled(maySetTopic());
    menu.addAction(lineIcon(QStringLiteral("copy")), tr("Copy the topic"), this,
                   [this] { QGuiApplication::clipboard()->setText(copyText(m_topic)); })
        ->setEnabled(!m_topic.isEmpty());
    menu.exec(event->globalPos());
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
