// What the server of a chat says, as far as it is neither a message nor its acknowledgement.

#include <algorithm>
#include <utility>

#include "ui/chat/chat_mention.h"
#include "ui/chat/chat_session.h"
#include "ui/chat/chat_text.h"
#include "ui/chat/chat_words.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Remark = ChatLine::Remark;
using PlaceKind = ChatPlace::Kind;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

} // namespace

void ChatSession::take(const ChatNews& news, const chat_news::Told& told) {
    if (told.event.kind == ChatEvent::Kind::Welcome && m_state != State::In)
        m_backAt = news.time;
    if (!takeAnswer(told.event))
        takeHappened(told.event);
}

/// To what was asked for; false where it is none.
bool ChatSession::takeAnswer(const ChatEvent& event) {
    using Kind = ChatEvent::Kind;
    switch (event.kind) {
    case Kind::Welcome:
        welcomed(event);
        return true;
    case Kind::Joined:
        joined(event);
        return true;
    case Kind::Handed:
        handed(event);
        return true;
    case Kind::People:
        if (event.ref == "who")
            tellPeople(event);
        return true;
    case Kind::RoomList:
        Q_EMIT roomsListed(event.rooms);
        return true;
    case Kind::TopicIs:
        topicIs(event, false);
        return true;
    case Kind::Past:
        past(event);
        return true;
    case Kind::Refused:
        requestRefused(event);
        return true;
    default:
        return false;
    }
}

/// By others, and with the server.
void ChatSession::takeHappened(const ChatEvent& event) {
    using Kind = ChatEvent::Kind;
    switch (event.kind) {
    case Kind::TopicChanged:
        topicIs(event, true);
        break;
    case Kind::DirectMessage:
        directMessage(event);
        break;
    case Kind::PersonJoined:
        personJoined(event);
        break;
    case Kind::PersonLeft:
        personLeft(event);
        break;
    case Kind::Renamed:
        renamed(event);
        break;
    case Kind::Notice:
        remarkEverywhere(Remark::Notice, tr("The server's owner: %1").arg(safeText(event.text)));
        break;
    case Kind::StorageChanged:
        storageChanged(event.storage, true);
        break;
    case Kind::Closing:
        m_farewell = ChatFarewell{event.code, event.said};
        break;
    default:
        break;
    }
}

void ChatSession::welcomed(const ChatEvent& event) {
    const bool wasIn = std::exchange(m_state, State::In) == State::In;
    const QString old = std::exchange(m_name, text(event.name));
    m_problem.clear();
    m_wants = Wants::Nothing;
    storageChanged(event.storage, wasIn);
    m_isStateChanged = true;
    if (!wasIn || old == m_name)
        return;
    m_config.name = event.name;
    for (auto& [name, room] : m_known) {
        if (!room.people.contains(old))
            continue;
        auto node = room.people.extract(old);
        node.key() = node.mapped().name = m_name;
        room.people.insert(std::move(node));
        remark({PlaceKind::Room, name}, Remark::Renamed,
               tr("You are called %1 now.").arg(safeText(event.name)));
    }
    m_isPeopleChanged = true;
}

void ChatSession::joined(const ChatEvent& event) {
    const QString name = text(event.room);
    if (!event.ref.empty() && event.ref != event.room)
        renamePlace({PlaceKind::Room, text(event.ref)}, name);
    addRoom(name);
    const bool isFirst = !m_known.contains(name);
    Room& room = m_known[name];
    if (isFirst)
        beginReading(name, room, event.id);
    else
        loadMissed({PlaceKind::Room, name}, room);
    std::map<QString, ChatPeopleModel::Entry> people;
    for (const std::string& person : event.people) {
        const QString is = text(person);
        const auto known = room.people.find(is);
        ChatPeopleModel::Entry& entry = people[is];
        entry = {.name = is, .isMe = is == m_name};
        entry.usesLines = std::ranges::count(event.lineUsers, person) > 0;
        const bool isKnown = known != room.people.end();
        entry.lastHeard = isKnown ? known->second.lastHeard : 0;
        entry.hereSince = isKnown && known->second.isHere ? known->second.hereSince : wallNow();
        setPersonThere(is, true);
    }
    for (const auto& [is, entry] : room.people) { // who left is remembered
        if (!entry.isHere && !people.contains(is))
            people[is] = entry;
    }
    room.people = std::move(people);
    notePeople(name);
    ChatPlacesModel::Entry entry = m_rooms.at(m_rooms.rowOf({PlaceKind::Room, name}));
    entry.topic = text(event.topic);
    m_rooms.put(entry);
    Q_EMIT topicChanged(name);
}

void ChatSession::topicIs(const ChatEvent& event, bool isTold) {
    const ChatPlace place{PlaceKind::Room, text(event.room)};
    const int row = m_rooms.rowOf(place);
    if (row < 0)
        return;
    ChatPlacesModel::Entry entry = m_rooms.at(row);
    entry.topic = text(event.topic);
    m_rooms.put(entry);
    const QString who = safeText(event.name);
    const QString topic = safeText(event.topic);
    if (isTold)
        remark(place, Remark::Topic,
               topic.isEmpty() ? tr("%1 removed the topic").arg(who)
                               : tr("%1 set the topic: %2").arg(who, topic));
    else if (event.ref == "topic")
        remark(place, Remark::Topic,
               topic.isEmpty() ? tr("You removed the topic")
                               : tr("You set the topic: %1").arg(topic));
    Q_EMIT topicChanged(place.name);
}

void ChatSession::past(const ChatEvent& event) {
    if (event.isSearch) {
        if (event.ref == "search " + std::to_string(m_lastSearch))
            Q_EMIT found(m_searchText, event.messages, event.hasMore);
        return;
    }
    if (event.ref == "past " + std::to_string(m_lastPast))
        Q_EMIT pastRead(text(event.room), event.messages, event.hasMore);
    if (event.ref != "older")
        return;
    const ChatPlace place{PlaceKind::Room, text(event.room)};
    Room* known = knownRoom(place.name);
    if (!known)
        return; // left meanwhile
    Room& room = *known;
    ChatLinesModel& model = lines(place);
    std::vector<ChatLine> older;
    for (const ChatMessage& message : event.messages)
        older.push_back(lineOf(message));
    checkMark(place, room, event.messages);
    model.setOlder(event.hasMore, false);
    addMissed(place, room, older);
    model.addOlder(std::move(older));
    loadMissed(place, room);
}

void ChatSession::storageChanged(ChatStorageState state, bool isNews) {
    const bool isChanged = std::exchange(m_storage, state) != state;
    m_isStateChanged = m_isStateChanged || isChanged;
    if (!isChanged || !isNews)
        return;
    remarkEverywhere(
        Remark::Storage,
        state == ChatStorageState::Full
            ? tr("The server's disk is full: nothing is accepted until there is room.")
        : state == ChatStorageState::Failed
            ? tr("The server cannot write its history: nothing is accepted until it can.")
            : tr("The server stores what is said again."));
}

void ChatSession::requestRefused(const ChatEvent& event) {
    const QString words = chatRefusalWords(event.code, event.text);
    if (event.action == "say")
        return; // its line tells
    if (event.action == "hello" && m_state != State::In) {
        m_farewell = ChatFarewell{event.code, event.said};
        return;
    }
    if (event.action == "direct" && event.ref.starts_with("direct ")) {
        const auto direct = takeDirect(event.ref);
        if (!direct)
            return;
        if (event.code == ChatCode::NoSuchName)
            setPersonThere(direct->person, false);
        lines({PlaceKind::Person, direct->person}).setRefused(direct->tag, words);
        return;
    }
    if (event.action == "history") {
        if (event.ref == "past " + std::to_string(m_lastPast))
            Q_EMIT pastRefused(words);
        else if (event.ref == "older")
            stopLoading();
        return;
    }
    if (event.action == "join")
        removePlace({PlaceKind::Room, text(event.ref)});
    Q_EMIT refused(words);
}

} // namespace sscope
