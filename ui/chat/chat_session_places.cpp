// The places of a ChatSession: they come, are entered, renamed and closed.

#include <tuple>
#include <utility>

#include "ui/chat/chat_session.h"
#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Kind = ChatPlace::Kind;

// Whoever says something directly has a place; more than that nobody overlooks.
constexpr int mostPersons = 200;

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

void ChatSession::remarkEverywhere(ChatLine::Remark kind, const QString& text) {
    for (int row = 0; row < m_rooms.rowCount(); ++row)
        remark(m_rooms.at(row).place, kind, text);
    if (m_place.kind == Kind::Person)
        remark(m_place, kind, text);
}

} // namespace sscope
