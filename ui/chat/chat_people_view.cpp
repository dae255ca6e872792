#include "ui/chat/chat_people_view.h"

#include <algorithm>
#include <chrono>

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/chat/chat_text.h"
#include "ui/common/fonts.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/painted_tip.h"
#include "ui/common/painting.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

constexpr int rowHeight = 26;
constexpr int sectionHeight = 34;
constexpr int titleHeight = 36;
constexpr int margin = 12;
constexpr int titleGap = 8;
constexpr int nameLeft = 28;
constexpr Duration idleTime = 2min; // shorter is not worth a word
constexpr auto ageInterval = 20s;

const ChatPeopleModel& modelOf(const QModelIndex& index) {
    return *static_cast<const ChatPeopleModel*>(index.model());
}

bool startsLeft(const QModelIndex& index) {
    return index.row() == modelOf(index).hereCount();
}

QString remarkOf(const ChatPeopleModel::Entry& person) {
    if (!person.isHere)
        return secondText(person.leftAt).left(5);
    if (person.isMe)
        return ChatPeopleView::tr("you");
    if (person.usesLines)
        return ChatPeopleView::tr("line mode");
    if (person.hereSince == 0)
        return {};
    const Duration idle(wallNow() - std::max(person.lastHeard, person.hereSince));
    return idle >= idleTime ? ChatPeopleView::tr("idle %1").arg(shortAgeText(idle)) : QString();
}

class PeopleDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&,
                                 const QModelIndex& index) const override {
        return {80, rowHeight + (startsLeft(index) ? sectionHeight : 0)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const ChatPeopleModel::Entry& person = modelOf(index).at(index.row());
        const bool isHere = person.isHere && modelOf(index).isConnected();
        QRect row = option.rect;
        painter->save();
        if (startsLeft(index)) {
            painter->setFont(QApplication::font());
            const QRect section(row.left() + margin, row.top(), row.width(), sectionHeight);
            paintText(painter, section, ChatPeopleView::tr("Left today"), ColorToken::Muted);
            row.setTop(row.top() + sectionHeight);
        }
        paintRowState(painter, row, option.state & QStyle::State_Selected,
                      option.state & QStyle::State_MouseOver);
        paintDot(painter, {row.left() + margin + 4, row.center().y()}, 8,
                 themeColor(isHere ? ColorToken::Success : ColorToken::Muted), isHere);
        QRect rest = row.adjusted(nameLeft, 0, -margin, 0);
        painter->setFont(secondaryFont());
        const QString remark = isHere || !person.isHere ? remarkOf(person) : QString();
        paintText(painter, rest, remark, ColorToken::Muted, Qt::AlignRight);
        rest.setRight(rest.right() - painter->fontMetrics().horizontalAdvance(remark) - 8);
        painter->setFont(QApplication::font());
        paintText(painter, rest, safeText(person.name),
                  isHere ? ColorToken::Text : ColorToken::Muted);
        painter->restore();
    }
};

} // namespace

ChatPeopleView::ChatPeopleView(ChatPeopleModel& people, QWidget* parent)
    : QWidget(parent),
      m_people(people),
      m_title(makeTitle(QString(), this)),
      m_count(makeNote(QString(), this)),
      m_list(new QListView(this)) {
    setObjectName(QStringLiteral("chatPeopleColumn"));
    setFixedWidth(columnWidth);
    auto* title = new QHBoxLayout;
    title->setContentsMargins(margin, 0, margin, 0);
    title->setSpacing(titleGap);
    m_title->setFixedHeight(titleHeight);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_count->setWordWrap(false);
    m_count->setObjectName(QStringLiteral("chatPeopleCount"));
    title->addWidget(m_title, 1);
    title->addWidget(m_count);
    m_list->setObjectName(QStringLiteral("chatPeople"));
    m_list->setAccessibleName(tr("People in this room"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new PeopleDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_list->setModel(&people);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0); // the hairline at the left
    column->setSpacing(0);
    column->addLayout(title);
    column->addWidget(m_list, 1);
    connect(m_list, &QListView::activated, this, &ChatPeopleView::talk);
    connect(&people, &ChatPeopleModel::hereCountChanged, this, &ChatPeopleView::showCount);
    m_ages.setInterval(ageInterval);
    connect(&m_ages, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    m_ages.start();
    showCount();
}

void ChatPeopleView::setRoom(const QString& room) {
    m_room = room;
    showTitle();
}

void ChatPeopleView::showTitle() {
    const QString text = m_room.isEmpty() ? tr("People") : tr("In %1").arg(safeText(m_room));
    const int room = columnWidth - 1 - 2 * margin - titleGap - m_count->sizeHint().width();
    m_title->setText(m_title->fontMetrics().elidedText(text, Qt::ElideRight, room));
    m_title->setToolTip(plainTip(text));
}

void ChatPeopleView::showCount() {
    const bool isConnected = m_people.isConnected();
    m_count->setText(isConnected ? countText(static_cast<quint64>(m_people.hereCount()))
                                 : tr("not connected"));
    m_count->setAccessibleName(isConnected ? tr("%n people", nullptr, m_people.hereCount())
                                           : m_count->text());
    showTitle();
    QMetaObject::invokeMethod(
        m_list, [this] { m_list->doItemsLayout(); },
        Qt::QueuedConnection); // the first who has left is another one
}

void ChatPeopleView::talk(const QModelIndex& index) {
    const ChatPeopleModel::Entry& person = m_people.at(index.row());
    if (!person.isMe)
        Q_EMIT talkAsked(person.name);
}

void ChatPeopleView::showMenu(const QModelIndex& index, QPoint at) {
    const QString name = m_people.at(index.row()).name;
    const bool isMe = m_people.at(index.row()).isMe;
    QMenu menu(this);
    menu.addAction(lineIcon(QStringLiteral("reply")), tr("Mention"), this,
                   [this, name] { Q_EMIT mentionAsked(name); })
        ->setEnabled(!isMe);
    menu.addAction(lineIcon(QStringLiteral("at")), tr("Message directly"), this,
                   [this, name] { Q_EMIT talkAsked(name); })
        ->setEnabled(!isMe);
    menu.exec(at);
}

QString ChatPeopleView::tipOf(const QModelIndex& index) const {
    if (!index.isValid())
        return {};
    const ChatPeopleModel::Entry& person = m_people.at(index.row());
    QStringList lines{safeText(person.name)};
    if (person.usesLines)
        lines.append(tr("in line mode, as with ncat or telnet"));
    if (!person.isHere)
        lines.append(tr("left %1").arg(fullTimeText(person.leftAt)));
    else if (person.lastHeard > 0)
        lines.append(tr("last heard %1").arg(fullTimeText(person.lastHeard)));
    return lines.join(QLatin1Char('\n'));
}

bool ChatPeopleView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ContextMenu) {
        const auto* menu = static_cast<QContextMenuEvent*>(event);
        const bool isKey = menu->reason() == QContextMenuEvent::Keyboard;
        if (!isKey && watched != m_list->viewport())
            return false;
        const QModelIndex index = isKey ? m_list->currentIndex() : m_list->indexAt(menu->pos());
        if (index.isValid())
            showMenu(index,
                     isKey ? m_list->viewport()->mapToGlobal(m_list->visualRect(index).center())
                           : menu->globalPos());
        return true;
    }
    if (event->type() == QEvent::ToolTip && watched == m_list->viewport()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showTip(*help, m_list->viewport(), tipOf(m_list->indexAt(help->pos())));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChatPeopleView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(0, 0, 1, height()), themeColor(ColorToken::Hairline));
}

} // namespace sscope
