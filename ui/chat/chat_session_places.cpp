// What a ChatSession knows of its places, and of the people in them.

#include <algorithm>
#include <ranges>
#include <set>
#include <tuple>
#include <utility>

#include <QDateTime>

#include "ui/chat/chat_session.h"
#include "ui/chat/chat_text.h"
#include "ui/chat/chat_words.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Kind = ChatPlace::Kind;

// Whoever says something directly has a place; more than that nobody overlooks.
constexpr int mostPersons = 200;
constexpr std::ptrdiff_t mostLeft = 200; // who are remembered, of each room

bool isToday(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).date() == QDate::currentDate();
}

} // namespace

/// The place is there, or none is.
void ChatSession::enter(const ChatPlace& place) {
    if (place == m_place)
        return;
    lines(m_place).forgetOlder();
    if (m_isLooking && m_isAtEnd)
        lines(m_place).setSeen();
    m_place = place;
    m_shown = {};
    m_isAtEnd = m_hasReadAll = lines(place).newCount() == 0; // until its view says otherwise
    setLooking(m_isLooking);
    updatePeople();
    Q_EMIT placeChanged();
}

void ChatSession::addRoom(const QString& name) {
    if (m_rooms.rowOf({Kind::Room, name}) < 0)
        m_rooms.put({.place = {Kind::Room, name}});
}

void ChatSession::addPerson(const QString& name) {
    const ChatPlace place{Kind::Person, name};
    if (m_persons.rowOf(place) >= 0)
        return;
    const QString closed = makeRoomForPerson();
    m_persons.put({.place = place});
    remark(place, ChatLine::Remark::Notice,
           tr("What is said here goes to %1 alone, and is not stored by the server.")
               .arg(safeText(name)));
    if (!closed.isEmpty())
        remark(place, ChatLine::Remark::Notice,
               tr("At most %1 persons stand here: %2, who was silent longest, made room.")
                   .arg(mostPersons)
                   .arg(safeText(closed)));
}

/// Where there are as many as there may be: whoever was silent longest goes, of those with
/// something unread, or on its way, last. Who that was.
QString ChatSession::makeRoomForPerson() {
    if (m_persons.rowCount() < mostPersons)
        return {};
    using Rank = std::tuple<bool, WallTime, int>;
    std::optional<Rank> first;
    for (int row = 0; row < m_persons.rowCount(); ++row) {
        const ChatPlacesModel::Entry& entry = m_persons.at(row);
        const ChatLinesModel& said = lines(entry.place);
        const bool isOpen = entry.unread > 0 || said.waitingCount() > 0;
        const Rank rank(isOpen, said.rowCount() > 0 ? said.at(said.rowCount() - 1).time : 0, row);
        if (!(entry.place == m_place) && (!first || rank < *first))
            first = rank;
    }
    const ChatPlace place = m_persons.at(std::get<int>(*first)).place;
    removePlace(place);
    return place.name;
}

void ChatSession::removePlace(const ChatPlace& place) {
    lines(place).removeAll();
    placesOf(place.kind).remove(place);
    if (place == m_place)
        enter(m_rooms.rowCount() > 0 ? ChatPlace(m_rooms.at(0).place) : ChatPlace());
    dropLines(place);
}

/// A view may have the model until it hears of another place.
void ChatSession::dropLines(const ChatPlace& place) {
    auto node = m_lines.extract({place.kind, place.name});
    if (node && node.mapped())
        node.mapped().release()->deleteLater();
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
    dropLines(renamed);
    auto node = m_lines.extract({from.kind, from.name});
    if (node) {
        node.key() = {renamed.kind, renamed.name};
        m_lines.insert(std::move(node));
    }
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
    lines(place).append({line}, false); // remarks are not counted
}

/// Somebody has joined or left. Where a reason is told it stands by itself.
void ChatSession::remarkComing(const QString& room, const ChatEvent& event) {
    const ChatPlace place{Kind::Room, room};
    const bool isHere = event.kind == ChatEvent::Kind::PersonJoined;
    if (event.hasCode || !event.text.empty()) {
        remark(place, ChatLine::Remark::Left, chatLeftWords(event));
        return;
    }
    ChatLinesModel& model = lines(place);
    ChatComings& comings = m_known[room].comings;
    const WallTime now = wallNow();
    if (!model.endsWithRemark(comings.text()) || comings.isOver(now))
        comings = {};
    comings.note(toQString(event.name), isHere, event.usesLines, now);
    const auto kind = comings.hasCome() ? ChatLine::Remark::Joined : ChatLine::Remark::Left;
    if (comings.isLonger())
        model.setLastRemark(kind, comings.text());
    else
        remark(place, kind, comings.text(), comings.usesLines());
}

void ChatSession::remarkEverywhere(ChatLine::Remark kind, const QString& text) {
    for (int row = 0; row < m_rooms.rowCount(); ++row)
        remark(m_rooms.at(row).place, kind, text);
    if (m_place.kind == Kind::Person)
        remark(m_place, kind, text);
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

/// Whoever comes and goes under ever new names is not remembered for ever.
void ChatSession::forgetWhoLeft(Room& room) {
    const auto hasLeft = [](const auto& person) { return !person.second.isHere; };
    if (std::ranges::count_if(room.people, hasLeft) <= mostLeft)
        return;
    auto left = room.people | std::views::filter(hasLeft);
    const auto leftAt = [](const auto& person) { return person.second.leftAt; };
    room.people.erase(std::ranges::min_element(left, {}, leftAt)->first);
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

QStringList ChatSession::peopleThere() const {
    std::set<QString> there;
    for (const auto& [name, room] : m_known) {
        if (m_rooms.rowOf({Kind::Room, name}) < 0)
            continue;
        for (const auto& [person, entry] : room.people) {
            if (entry.isHere && !entry.isMe)
                there.insert(person);
        }
    }
    return {there.begin(), there.end()};
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
