// What a person has read of a ChatSession's places, and what is new to them: what came while nobody
// looked, and in rooms what was said since they were read last, in whichever tab that was.

#include <algorithm>
#include <utility>

#include "ui/chat/chat_session.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Kind = ChatPlace::Kind;

// So much of what was missed is loaded unasked; the rest, and its count, as a person scrolls there.
constexpr int mostMissed = 2'000; // lines

} // namespace

bool ChatSession::isSeen(const ChatPlace& place) const {
    return m_isLooking && place == m_place;
}

/// Of messages that are about to come. Where all before them was read what is new begins with them.
bool ChatSession::comesUnseen(const ChatPlace& place) {
    if (isSeen(place) && m_isAtEnd) {
        m_hasReadAll = true;
        return false;
    }
    if (place == m_place && std::exchange(m_hasReadAll, false))
        lines(place).setSeen();
    return true;
}

void ChatSession::setLooking(bool isLooking) {
    const bool wasLooking = std::exchange(m_isLooking, isLooking);
    if (!isLooking && wasLooking && m_isAtEnd)
        lines(m_place).setSeen(); // what comes from now on is new
    if (!isLooking)
        return;
    clearCounts(m_place);
    setShownUpTo(m_shown.id, m_shown.time);
}

void ChatSession::setAtEnd(bool isAtEnd) {
    m_isAtEnd = isAtEnd;
    m_hasReadAll = m_hasReadAll || (m_isLooking && m_isAtEnd);
}

void ChatSession::markRead(const ChatPlace& place) {
    ChatLinesModel& model = lines(place);
    model.setSeen();
    clearCounts(place);
    if (const int row = model.rowOf(model.lastId()); row >= 0)
        noteRead(place.name, model.at(row).id, model.at(row).time);
}

void ChatSession::clearCounts(const ChatPlace& place) {
    ChatPlacesModel& places = placesOf(place.kind);
    const int row = places.rowOf(place);
    if (row < 0)
        return;
    ChatPlacesModel::Entry entry = places.at(row);
    entry.unread = entry.mentions = 0;
    places.put(entry);
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

// Rooms, and what was read of them before

/// It is joined for the first time here.
void ChatSession::beginReading(const QString& name, Room& room, quint64 last) {
    room.joinedAt = room.pastUpTo = last;
    room.countedFrom = last + 1;
    if (!m_marks)
        return;
    const auto mark = m_marks->find({server(), m_name, name});
    if (mark && mark->id <= last) { // else they are of another history
        room.mark = *mark;
        room.readUpTo = room.pastUpTo = mark->id;
        room.isMissing = mark->id < last;
    } else if (last == 0) {
        noteRead(name, 0, 0);
    }
}

QString ChatSession::server() const {
    return toQString(m_config.client.endpoint.text());
}

/// The message that was read last is another one now: the server has begun another history, in
/// which all is past.
void ChatSession::checkMark(const ChatPlace& place, Room& room,
                            std::span<const ChatMessage> messages) {
    const auto marked = std::ranges::find(messages, room.mark.id, &ChatMessage::id);
    const bool isOther =
        room.isMissing && marked != messages.end() && marked->time != room.mark.time;
    if (!isOther)
        return;
    room.isMissing = false;
    room.pastUpTo = room.joinedAt;
    room.readUpTo = 0;
    lines(place).setSeen();
    clearCounts(place);
}

/// Of these, what was said since it was read last and is not counted yet.
void ChatSession::addMissed(const ChatPlace& place, Room& room, std::vector<ChatLine> missed) {
    std::erase_if(missed, [&](const ChatLine& line) {
        return line.id <= room.pastUpTo || line.id >= room.countedFrom;
    });
    if (missed.empty())
        return;
    room.countedFrom = missed.front().id;
    count(place, missed);
    lines(place).addOlder(std::move(missed), true);
    if (place != m_place)
        return;
    m_hasReadAll = false;
    Q_EMIT missedCame();
}

/// Back to the message that was read last, which is looked at too.
void ChatSession::loadMissed(const ChatPlace& place, Room& room) {
    const ChatLinesModel& model = lines(place);
    room.isMissing = room.isMissing && model.hasOlder() && model.firstId() > room.mark.id &&
                     model.rowCount() < mostMissed;
    if (room.isMissing)
        loadOlder(place);
}

void ChatSession::setShownUpTo(quint64 id, WallTime time) {
    m_shown = {id, time};
    if (m_isLooking && id > 0 && m_place.kind == Kind::Room)
        noteRead(m_place.name, id, time);
}

void ChatSession::noteRead(const QString& name, quint64 id, WallTime time) {
    Room* known = knownRoom(name);
    if (!known || id < known->readUpTo)
        return;
    Room& room = *known;
    room.readUpTo = id;
    if (id >= room.joinedAt)
        room.pastUpTo = std::max(room.pastUpTo, room.joinedAt); // what is older was passed over
    if (!m_marks)
        return;
    const ChatReadMarks::Room key{server(), m_name, name};
    // Another tab may have read on; another history has ids from 1, and later times.
    const auto mark = m_marks->find(key);
    const bool isBehind = id > 0 && mark && mark->id > id && mark->time > time;
    if (!isBehind)
        m_marks->set(key, {id, time});
}

} // namespace sscope
