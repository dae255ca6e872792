// What a ChatSession knows of its places, and of the people in them.

#include <algorithm>

#include <QDateTime>

#include "ui/chat/chat_session.h"

namespace sscope {

namespace {

using Kind = ChatPlace::Kind;

// Whoever says something directly has a place; more than that nobody overlooks.
constexpr int mostPersons = 200;

bool isToday(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).date() == QDate::currentDate();
}

} // namespace

void ChatSession::addRoom(const QString& name) {
    if (m_rooms.rowOf({Kind::Room, name}) < 0)
        m_rooms.put({.place = {Kind::Room, name}});
}

void ChatSession::addPerson(const QString& name) {
    const ChatPlace place{Kind::Person, name};
    if (m_persons.rowOf(place) >= 0)
        return;
    for (int row = 0; m_persons.rowCount() >= mostPersons && row < m_persons.rowCount(); ++row) {
        const ChatPlace other = m_persons.at(row).place;
        if (!(other == m_place)) {
            removePlace(other);
            break;
        }
    }
    m_persons.put({.place = place});
    remark(place, ChatLine::Remark::Notice,
           tr("What is said here goes to %1 alone, and is not stored by the server.").arg(name));
}

void ChatSession::removePlace(const ChatPlace& place) {
    lines(place).removeAll();
    placesOf(place.kind).remove(place);
    if (!(place == m_place))
        return;
    enter(m_rooms.rowCount() > 0 ? ChatPlace(m_rooms.at(0).place) : ChatPlace());
}

/// The server writes it otherwise, or the person has another name now.
void ChatSession::renamePlace(const ChatPlace& from, const QString& to) {
    const ChatPlace renamed{from.kind, to};
    ChatPlacesModel& places = placesOf(from.kind);
    const int row = places.rowOf(from);
    if (row < 0 || renamed == from)
        return;
    if (places.rowOf(renamed) >= 0) { // both are open: the one that it is now stays
        const bool wasLookedAt = from == m_place;
        removePlace(from);
        if (wasLookedAt)
            enter(renamed);
        return;
    }
    ChatPlacesModel::Entry entry = places.at(row);
    entry.place = renamed;
    places.remove(from);
    places.put(entry);
    // One that was closed under that name is empty, and takes the other's place.
    std::swap(m_lines[{from.kind, from.name}], m_lines[{from.kind, to}]);
    for (Direct& direct : m_directs) {
        if (from.kind == Kind::Person && direct.person == from.name)
            direct.person = to;
    }
    if (from == m_place) {
        m_place = renamed;
        Q_EMIT placeChanged();
    }
}

void ChatSession::remark(const ChatPlace& place, ChatLine::Remark kind, const QString& text,
                         bool usesLines) {
    ChatLine line;
    line.kind = ChatLine::Kind::Remark;
    line.remark = kind;
    line.time = wallNow();
    line.text = text;
    line.usesLines = usesLines;
    lines(place).append({line}, !isSeen(place));
}

void ChatSession::remarkEverywhere(ChatLine::Remark kind, const QString& text) {
    for (int row = 0; row < m_rooms.rowCount(); ++row)
        remark(m_rooms.at(row).place, kind, text);
    if (m_place.kind == Kind::Person)
        remark(m_place, kind, text);
}

/// What came while nobody looked.
void ChatSession::count(const ChatPlace& place, std::span<const ChatLine> lines) {
    ChatPlacesModel& places = placesOf(place.kind);
    const int row = places.rowOf(place);
    if (row < 0 || isSeen(place))
        return;
    ChatPlacesModel::Entry entry = places.at(row);
    for (const ChatLine& line : lines) {
        if (line.isOwn)
            continue;
        ++entry.unread;
        entry.mentions += line.mentionsMe ? 1 : 0;
        if (line.mentionsMe || place.kind == Kind::Person)
            m_callers[{place.kind, place.name}] = line.author;
    }
    places.put(entry);
}

void ChatSession::heard(const QString& room, std::span<const ChatLine> lines) {
    auto& people = m_known[room].people;
    for (const ChatLine& line : lines) {
        const auto person = people.find(line.author);
        if (person != people.end())
            person->second.lastHeard = std::max(person->second.lastHeard, line.time);
    }
    notePeople(room);
}

void ChatSession::notePeople(const QString& room) {
    m_isPeopleChanged = m_isPeopleChanged || (m_place.kind == Kind::Room && m_place.name == room);
}

void ChatSession::updatePeople() {
    m_isPeopleChanged = false;
    std::vector<ChatPeopleModel::Entry> entries;
    if (m_place.kind == Kind::Person) {
        const int row = m_persons.rowOf(m_place);
        entries.push_back({.name = name(), .isMe = true});
        if (row >= 0 && m_persons.at(row).isThere && m_place.name != name())
            entries.push_back({.name = m_place.name});
    } else if (const auto room = m_known.find(m_place.name); room != m_known.end()) {
        std::erase_if(room->second.people, [](const auto& person) {
            return !person.second.isHere && !isToday(person.second.leftAt);
        });
        for (const auto& [name, entry] : room->second.people)
            entries.push_back(entry);
    }
    m_people.set(std::move(entries));
}

void ChatSession::setPersonThere(const QString& name, bool isThere) {
    const int row = m_persons.rowOf({Kind::Person, name});
    if (row < 0)
        return;
    ChatPlacesModel::Entry entry = m_persons.at(row);
    entry.isThere = isThere;
    m_persons.put(entry);
    m_isPeopleChanged = m_isPeopleChanged || m_place.kind == Kind::Person;
}

} // namespace sscope
