#include "ui/chat/chat_session.h"

#include <algorithm>

#include <fmt/format.h>

#include <QRandomGenerator>

#include "ui/chat/chat_words.h"
#include "ui/common/error_text.h"
#include "ui/engine_bridge.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;
using Kind = ChatPlace::Kind;

// Messages of a room that are shown when it is joined first: more than fit into a window.
constexpr std::size_t pastAtFirst = 100;

std::string newPrefix() {
    QRandomGenerator& random = *QRandomGenerator::system();
    return fmt::format("{:016x}", random.generate64());
}

} // namespace

ChatSession::ChatSession(EngineBridge& bridge, QObject* parent, ChatReadMarks* marks)
    : QObject(parent), m_bridge(bridge), m_marks(marks), m_owner(bridge.engine().newOwner()) {
    connect(&bridge, &EngineBridge::chatArrived, this,
            [this](std::span<const ChatNews> news) { take(news); });
}

ChatSession::~ChatSession() {
    m_bridge.engine().chats().forget(m_owner);
}

void ChatSession::connectTo(const ChatClientConfig& config) {
    const bool isSame = m_config.client.endpoint == config.client.endpoint;
    if (!isSame)
        forgetAll();
    const std::string prefix = m_config.prefix.empty() ? newPrefix() : m_config.prefix;
    m_config = config;
    m_config.prefix = prefix;
    m_config.past = std::max(config.past, pastAtFirst);
    std::map<std::string, std::uint64_t> rooms;
    for (int row = 0; row < m_rooms.rowCount(); ++row) {
        const ChatPlace& place = m_rooms.at(row).place;
        rooms[place.name.toStdString()] = lines(place).lastId();
    }
    const QString first = QString::fromStdString(config.room);
    addRoom(first);
    if (m_place.name.isEmpty())
        enter({Kind::Room, first});
    open(std::move(rooms));
}

void ChatSession::open(std::map<std::string, std::uint64_t> rooms) {
    m_config.rooms = std::move(rooms);
    m_problem.clear();
    m_wants = Wants::Nothing;
    m_farewell.reset();
    if (m_state == State::In) { // in place of a connection that stands
        m_awaySince = SteadyClock::now();
        m_cutAt = wallNow();
        m_wasLost = false;
    }
    m_state = State::Connecting;
    refuseDirects();
    ChatManager& chats = m_bridge.engine().chats();
    if (auto opened = chats.open(m_owner, ++m_run, m_config); !opened) {
        m_state = State::Ended;
        m_problem = errorWords(opened.error());
    }
    for (const auto& [key, model] : m_lines) {
        for (int row = model->rowCount() - model->waitingCount(); row < model->rowCount(); ++row) {
            const ChatLine& line = model->at(row);
            chats.say(m_owner, key.second.toStdString(), line.text.toStdString(), line.tag);
        }
    }
    tellState();
}

void ChatSession::tellState() {
    m_people.setConnected(m_state == State::In);
    Q_EMIT stateChanged();
}

/// Of another chat nothing is known.
void ChatSession::forgetAll() {
    for (ChatPlacesModel* const places : {&m_rooms, &m_persons}) {
        while (places->rowCount() > 0)
            places->remove(ChatPlace(places->at(0).place));
    }
    for (const auto& [key, model] : m_lines)
        model->removeAll();
    m_known.clear();
    m_directs.clear();
    m_name.clear();
    m_config.prefix.clear();
    m_awaySince.reset();
    m_place = {};
    m_people.set({});
}

void ChatSession::leave() {
    if (m_state == State::Idle || m_state == State::Ended)
        return;
    m_wasLost = false;
    m_bridge.engine().chats().leave(m_owner);
}

void ChatSession::retryNow() {
    if (m_state != State::Waiting)
        return;
    m_state = State::Connecting;
    m_bridge.engine().chats().retryNow(m_owner);
    tellState();
}

ChatSession::State ChatSession::state() const {
    return m_state;
}

QString ChatSession::problem() const {
    return m_problem;
}

ChatSession::Wants ChatSession::wants() const {
    return m_wants;
}

bool ChatSession::isShutOut() const {
    return m_state == State::Ended && m_farewell && m_farewell->code == ChatCode::Banned;
}

const ChatClientConfig& ChatSession::config() const {
    return m_config;
}

QString ChatSession::name() const {
    return m_name.isEmpty() ? QString::fromStdString(m_config.name) : m_name;
}

bool ChatSession::isReadable() const {
    return m_isReadable;
}

ChatStorageState ChatSession::storage() const {
    return m_storage;
}

QString ChatSession::local() const {
    return m_local;
}

QString ChatSession::remote() const {
    return m_remote;
}

OwnerId ChatSession::owner() const {
    return m_owner;
}

ChatPlacesModel& ChatSession::rooms() {
    return m_rooms;
}

ChatPlacesModel& ChatSession::persons() {
    return m_persons;
}

ChatPeopleModel& ChatSession::people() {
    return m_people;
}

ChatPlacesModel& ChatSession::placesOf(Kind kind) {
    return kind == Kind::Room ? m_rooms : m_persons;
}

/// Made with the first look, and there as long as the place is.
ChatLinesModel& ChatSession::lines(const ChatPlace& place) {
    auto& model = m_lines[{place.kind, place.name}];
    if (!model)
        model = std::make_unique<ChatLinesModel>();
    return *model;
}

const ChatPlace& ChatSession::place() const {
    return m_place;
}

void ChatSession::setPlace(const ChatPlace& place) {
    if (place == m_place || place.name.isEmpty())
        return;
    if (placesOf(place.kind).rowOf(place) >= 0)
        enter(place);
    else if (place.kind == Kind::Room)
        join(place.name);
    else
        talkTo(place.name);
}

void ChatSession::ask(ChatRequest request) {
    m_bridge.engine().chats().ask(m_owner, std::move(request));
}

void ChatSession::join(const QString& room) {
    const QString name = room.trimmed();
    if (name.isEmpty())
        return;
    for (int row = 0; row < m_rooms.rowCount(); ++row) { // of one's rooms nothing is asked for
        if (m_rooms.at(row).place.name.compare(name, Qt::CaseInsensitive) == 0) {
            enter(ChatPlace(m_rooms.at(row).place));
            return;
        }
    }
    addRoom(name);
    m_bridge.engine().chats().join(m_owner, name.toStdString());
    enter({Kind::Room, name});
}

void ChatSession::part(const QString& room) {
    m_bridge.engine().chats().part(m_owner, room.toStdString());
    m_known.erase(room);
    removePlace({Kind::Room, room});
}

void ChatSession::talkTo(const QString& person) {
    const QString name = person.trimmed();
    if (name.isEmpty())
        return;
    for (int row = 0; row < m_persons.rowCount(); ++row) {
        if (m_persons.at(row).place.name.compare(name, Qt::CaseInsensitive) == 0) {
            enter(ChatPlace(m_persons.at(row).place));
            return;
        }
    }
    addPerson(name);
    enter({Kind::Person, name});
}

void ChatSession::closePerson(const QString& person) {
    removePlace({Kind::Person, person});
}

void ChatSession::setTopic(const QString& room, const QString& topic) {
    ask({.action = Action::Topic,
         .ref = "topic",
         .room = room.toStdString(),
         .text = topic.toStdString(),
         .setsTopic = true});
}

void ChatSession::rename(const QString& name) {
    ask({.action = Action::Hello, .ref = "rename", .name = name.toStdString()});
}

void ChatSession::loadOlder(const ChatPlace& place) {
    ChatLinesModel& model = lines(place);
    const bool canLoad = place.kind == Kind::Room && m_state == State::In && model.hasOlder() &&
                         !model.isLoadingOlder() && model.firstId() > 1 && !model.isFull();
    if (!canLoad)
        return;
    model.setOlder(true, true);
    ask({.action = Action::History,
         .ref = "older",
         .room = place.name.toStdString(),
         .before = model.firstId(),
         .fromEnd = true,
         .limit = mostChatHistory});
}

void ChatSession::readPast(const QString& room, quint64 before) {
    ask({.action = Action::History,
         .ref = "past " + std::to_string(++m_lastPast),
         .room = room.toStdString(),
         .before = before,
         .fromEnd = true,
         .limit = mostChatHistory});
}

void ChatSession::listRooms() {
    ask({.action = Action::Rooms});
}

void ChatSession::listPeople(const QString& room) {
    ask({.action = Action::Who, .ref = "who", .room = room.toStdString()});
}

void ChatSession::search(const QString& room, const QString& text) {
    m_searchText = text;
    ask({.action = Action::Search,
         .ref = fmt::format("search {}", ++m_lastSearch),
         .room = room.toStdString(),
         .text = text.toStdString()});
}

} // namespace sscope
