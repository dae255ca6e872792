// Who is in the rooms of a ChatSession.

#include <algorithm>
#include <ranges>
#include <set>

#include <QDateTime>

#include "ui/chat/chat_session.h"
#include "ui/chat/chat_text.h"
#include "ui/chat/chat_words.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Kind = ChatPlace::Kind;
using Remark = ChatLine::Remark;

constexpr std::ptrdiff_t mostLeft = 200; // who are remembered, of each room

bool isToday(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).date() == QDate::currentDate();
}

} // namespace

/// That one is in; null for others.
ChatSession::Room* ChatSession::knownRoom(const QString& name) {
    const auto room = m_known.find(name);
    return room == m_known.end() ? nullptr : &room->second;
}

void ChatSession::personJoined(const ChatEvent& event) {
    const QString room = toQString(event.room);
    Room* known = knownRoom(room);
    if (!known)
        return;
    const QString name = toQString(event.name);
    ChatPeopleModel::Entry& entry = known->people[name];
    entry = {.name = name,
             .isMe = name == m_name,
             .usesLines = event.usesLines,
             .hereSince = wallNow(),
             .lastHeard = entry.lastHeard};
    notePeople(room);
    setPersonThere(name, true);
    remarkComing(room, *known, event);
}

void ChatSession::personLeft(const ChatEvent& event) {
    const QString room = toQString(event.room);
    Room* known = knownRoom(room);
    if (!known)
        return;
    const QString name = toQString(event.name);
    ChatPeopleModel::Entry& entry = known->people[name];
    entry.name = name;
    entry.isHere = false;
    entry.leftAt = wallNow();
    forgetWhoLeft(*known);
    notePeople(room);
    const bool isElsewhere = std::ranges::any_of(m_known, [&](const auto& other) {
        const auto person = other.second.people.find(name);
        return person != other.second.people.end() && person->second.isHere;
    });
    setPersonThere(name, isElsewhere);
    remarkComing(room, *known, event);
}

/// Somebody has joined or left. Where a reason is told it stands by itself.
void ChatSession::remarkComing(const QString& room, Room& known, const ChatEvent& event) {
    const ChatPlace place{Kind::Room, room};
    const bool isHere = event.kind == ChatEvent::Kind::PersonJoined;
    if (event.hasCode || !event.text.empty()) {
        remark(place, Remark::Left, chatLeftWords(event));
        return;
    }
    ChatLinesModel& model = lines(place);
    ChatComings& comings = known.comings;
    const WallTime now = wallNow();
    if (!model.endsWithRemark(comings.text()) || comings.isOver(now))
        comings = {};
    comings.note(toQString(event.name), isHere, event.usesLines, now);
    const auto kind = comings.hasCome() ? Remark::Joined : Remark::Left;
    if (comings.isLonger())
        model.setLastRemark(kind, comings.text());
    else
        remark(place, kind, comings.text(), comings.usesLines());
}

void ChatSession::renamed(const ChatEvent& event) {
    const QString room = toQString(event.room);
    Room* known = knownRoom(room);
    if (!known)
        return;
    const QString old = toQString(event.name);
    const QString name = toQString(event.text);
    auto& people = known->people;
    people.erase(name); // who had it before has left
    if (auto node = people.extract(old); !node.empty()) {
        node.key() = node.mapped().name = name;
        people.insert(std::move(node));
    }
    notePeople(room);
    renamePlace({Kind::Person, old}, name);
    remark({Kind::Room, room}, Remark::Renamed,
           tr("%1 is called %2 now").arg(safeText(event.name), safeText(event.text)));
}

void ChatSession::tellPeople(const ChatEvent& event) {
    QStringList names;
    for (const std::string& name : event.people)
        names.append(toQString(name));
    Q_EMIT peopleListed(toQString(event.room), names);
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
