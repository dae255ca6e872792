#include "ui/chat/chat_side.h"

#include <algorithm>

#include <QMenu>
#include <QPainter>

#include "ui/chat/chat_picker.h"
#include "ui/chat/chat_session.h"
#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"
#include "ui/common/icons.h"
#include "ui/common/small_widgets.h"

namespace sscope {

namespace {

constexpr int titleHeight = 36;

} // namespace

ChatSide::ChatSide(ChatSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_scroll(new QScrollArea(this)),
      // In the order in which the keyboard goes through them.
      m_addRoom(makeIconButton(QStringLiteral("plus"), tr("Join or make a room"),
                               QStringLiteral("addRoom"), this)),
      m_roomPicker(new ChatPicker(tr("Room"), tr("Find or make a room"),
                                  QStringLiteral("roomPicker"), this)),
      m_rooms(new ChatPlaceList(this)),
      m_addPerson(makeIconButton(QStringLiteral("plus"), tr("Talk to a person directly"),
                                 QStringLiteral("addPerson"), this)),
      m_personPicker(
          new ChatPicker(tr("Person"), tr("Find a person"), QStringLiteral("personPicker"), this)),
      m_persons(new ChatPlaceList(this)) {
    setObjectName(QStringLiteral("chatSide"));
    setFixedWidth(columnWidth);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 1, 0); // the hairline at the right
    outer->addWidget(m_scroll);
    auto* content = new QWidget(m_scroll);
    content->setAutoFillBackground(false);
    buildLists(new QVBoxLayout(content));
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    connect(&session, &ChatSession::placeChanged, this, &ChatSide::showChosen);
    connect(&session, &ChatSession::stateChanged, this, &ChatSide::fitState);
    connect(&session, &ChatSession::roomsListed, this, &ChatSide::takeRooms);
    connect(&session.people(), &ChatPeopleModel::hereCountChanged, this, &ChatSide::takePeople);
    fitState();
    showChosen();
}

QWidget* ChatSide::buildTitle(const QString& text, QToolButton* button) {
    auto* title = new QWidget(this);
    title->setFixedHeight(titleHeight);
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(12, 0, 6, 0);
    row->addWidget(makeTitle(text, title), 1);
    row->addWidget(button);
    return title;
}

void ChatSide::buildLists(QVBoxLayout* column) {
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    m_rooms->setObjectName(QStringLiteral("chatRooms"));
    m_rooms->setAccessibleName(tr("Rooms"));
    m_persons->setObjectName(QStringLiteral("chatPersons"));
    m_persons->setAccessibleName(tr("Direct"));
    column->addWidget(buildTitle(tr("Rooms"), m_addRoom));
    column->addWidget(m_roomPicker);
    column->addWidget(m_rooms);
    column->addSpacing(8);
    column->addWidget(buildTitle(tr("Direct"), m_addPerson));
    column->addWidget(m_personPicker);
    column->addWidget(m_persons);
    column->addStretch(1);
    m_rooms->setPlaces(m_session.rooms());
    m_persons->setPlaces(m_session.persons());
    for (ChatPlaceList* list : {m_rooms, m_persons}) {
        connect(list, &ChatPlaceList::chosen, this, &ChatSide::chosen);
        connect(list, &ChatPlaceList::entered, this, &ChatSide::entered);
        connect(list, &ChatPlaceList::closeAsked, this, &ChatSide::close);
        connect(list, &ChatPlaceList::menuAsked, this, &ChatSide::showMenu);
        connect(list->model(), &QAbstractItemModel::rowsInserted, this, &ChatSide::showChosen);
        connect(list->model(), &QAbstractItemModel::rowsRemoved, this, &ChatSide::showChosen);
    }
    connect(m_addRoom, &QToolButton::clicked, this, &ChatSide::pickRoom);
    connect(m_addPerson, &QToolButton::clicked, this, &ChatSide::pickPerson);
    connect(m_roomPicker, &ChatPicker::chosen, this, [this](const QString& name) {
        m_session.join(name);
        Q_EMIT entered({ChatPlace::Kind::Room, name});
    });
    connect(m_personPicker, &ChatPicker::chosen, this, [this](const QString& name) {
        m_session.talkTo(name);
        Q_EMIT entered({ChatPlace::Kind::Person, name});
    });
}

void ChatSide::pickRoom() {
    if (!m_roomPicker->isHidden()) {
        m_roomPicker->close();
        return;
    }
    m_roomPicker->setChoices({}, tr("Asking for the rooms…"));
    m_roomPicker->open();
    m_session.listRooms();
}

void ChatSide::takeRooms(const std::vector<ChatRoomInfo>& rooms) {
    std::vector<ChatPicker::Choice> choices;
    for (const ChatRoomInfo& room : rooms) {
        const QString name = toQString(room.name);
        if (m_session.rooms().rowOf({ChatPlace::Kind::Room, name}) < 0)
            choices.push_back(
                {.name = name, .remark = countText(room.people), .detail = toQString(room.topic)});
    }
    m_roomPicker->setChoices(std::move(choices),
                             tr("You are in every room that there is. Type a name to make one."));
}

void ChatSide::pickPerson() {
    if (!m_personPicker->isHidden()) {
        m_personPicker->close();
        return;
    }
    m_personPicker->open();
    takePeople();
}

void ChatSide::takePeople() {
    if (m_personPicker->isHidden())
        return; // it is filled when it opens
    std::vector<ChatPicker::Choice> choices;
    for (const QString& name : m_session.peopleThere())
        choices.push_back({.name = name});
    m_personPicker->setChoices(std::move(choices),
                               tr("Nobody else is in your rooms. Type the name of a person."));
}

void ChatSide::showChosen() {
    m_rooms->showChosen(m_session.place());
    m_persons->showChosen(m_session.place());
}

void ChatSide::fitState() {
    const bool isIn = m_session.state() == ChatSession::State::In;
    m_addRoom->setEnabled(isIn);
    m_addPerson->setEnabled(isIn);
    if (!isIn) {
        m_roomPicker->close();
        m_personPicker->close();
    }
}

void ChatSide::close(const ChatPlace& place) {
    if (place.kind == ChatPlace::Kind::Person)
        m_session.closePerson(place.name);
    else if (m_session.state() == ChatSession::State::In)
        m_session.part(place.name);
}

void ChatSide::showMenu(const ChatPlacesModel::Entry& entry, QPoint at) {
    const ChatPlace place = entry.place;
    const bool isIn = m_session.state() == ChatSession::State::In;
    QMenu menu(this);
    QAction* read = menu.addAction(lineIcon(QStringLiteral("check")), tr("Mark as read"), this,
                                   [this, place] { m_session.markRead(place); });
    read->setObjectName(QStringLiteral("markRead"));
    read->setEnabled(entry.unread > 0);
    if (place.kind == ChatPlace::Kind::Room) {
        menu.addAction(lineIcon(QStringLiteral("edit")), tr("Set the topic…"), this,
                       [this, place] { Q_EMIT topicAsked(place); })
            ->setEnabled(isIn);
        menu.addSeparator();
        menu.addAction(lineIcon(QStringLiteral("leave")), tr("Leave the room"),
                       QKeySequence(Qt::Key_Delete), this, [this, place] { close(place); })
            ->setEnabled(isIn);
    } else {
        menu.addSeparator();
        menu.addAction(lineIcon(QStringLiteral("close")), tr("Close"), QKeySequence(Qt::Key_Delete),
                       this, [this, place] { close(place); });
    }
    menu.exec(at);
}

std::vector<ChatPlacesModel::Entry> ChatSide::all() const {
    std::vector<ChatPlacesModel::Entry> places;
    for (const ChatPlacesModel* model : {&m_session.rooms(), &m_session.persons()}) {
        for (int row = 0; row < model->rowCount(); ++row)
            places.push_back(model->at(row));
    }
    return places;
}

void ChatSide::step(int direction, bool isUnreadOnly) {
    const std::vector<ChatPlacesModel::Entry> places = all();
    const auto count = static_cast<int>(places.size());
    const auto here = std::ranges::find(places, m_session.place(), &ChatPlacesModel::Entry::place);
    int at = here == places.end() ? (direction > 0 ? -1 : count)
                                  : static_cast<int>(here - places.begin());
    for (int looked = 0; looked < count; ++looked) {
        at = (at + direction + count) % count;
        const auto& entry = places[static_cast<std::size_t>(at)];
        if (isUnreadOnly && entry.unread == 0)
            continue;
        Q_EMIT chosen(entry.place);
        return;
    }
}

void ChatSide::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorToken::Window));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), themeColor(ColorToken::Hairline));
}

} // namespace sscope
