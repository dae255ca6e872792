// What the engine's chat client tells a ChatSession.

#include <utility>

#include "ui/chat/chat_mention.h"
#include "ui/chat/chat_session.h"
#include "ui/chat/chat_words.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using Kind = ChatPlace::Kind;

ChatSession::Wants wantedFor(ChatCode code) {
    switch (code) {
    case ChatCode::WrongPassword:
        return ChatSession::Wants::Password;
    case ChatCode::NameTaken:
    case ChatCode::NameInvalid:
        return ChatSession::Wants::Name;
    default:
        return ChatSession::Wants::Nothing;
    }
}

} // namespace

void ChatSession::take(std::span<const ChatNews> news) {
    for (const ChatNews& one : news) {
        if (one.owner != m_owner || one.run != m_run)
            continue;
        std::visit([&](const auto& what) { take(one, what); }, one.what);
    }
    if (m_isPeopleChanged)
        updatePeople();
    if (std::exchange(m_isStateChanged, false))
        tellState();
    for (const auto& [place, author] : std::exchange(m_callers, {}))
        Q_EMIT called({place.first, place.second}, author);
}

void ChatSession::take(const ChatNews&, const chat_news::Opened&) {
    m_state = State::Connecting;
    m_farewell.reset();
    m_isStateChanged = true;
}

void ChatSession::take(const ChatNews&, const chat_news::AttemptFailed& failed) {
    m_problem = errorWords(failed.error);
    m_isStateChanged = true;
}

void ChatSession::take(const ChatNews&, const chat_news::Connected& connected) {
    m_local = QString::fromStdString(connected.local);
    m_remote = QString::fromStdString(connected.peer);
    m_isReadable = !connected.isPrivate;
    m_isStateChanged = true;
}

ChatLine ChatSession::lineOf(const ChatMessage& message) const {
    ChatLine line;
    line.id = message.id;
    line.time = message.time;
    line.author = QString::fromStdString(message.author);
    line.text = QString::fromStdString(message.text);
    line.isOwn = line.author == m_name;
    line.state = line.isOwn ? ChatLine::State::Stored : ChatLine::State::Plain;
    line.mentionsMe = !line.isOwn && mentionsName(line.text, m_name);
    return line;
}

void ChatSession::take(const ChatNews&, const chat_news::Messages& messages) {
    const ChatPlace place{Kind::Room, QString::fromStdString(messages.room)};
    Room* known = knownRoom(place.name);
    if (!known)
        return; // left meanwhile
    Room& room = *known;
    checkMark(place, room, messages.messages);
    std::vector<ChatLine> past;
    std::vector<ChatLine> missed;
    std::vector<ChatLine> added;
    for (const ChatMessage& message : messages.messages) {
        const bool isPast = message.id <= room.pastUpTo;
        (isPast ? past : message.id <= room.joinedAt ? missed : added).push_back(lineOf(message));
    }
    for (const auto* all : {&past, &missed, &added})
        heard(place.name, *all);
    ChatLinesModel& model = lines(place);
    const bool isFirst = model.lastId() == 0;
    count(place, added);
    model.addMessages(std::move(past), false);
    addMissed(place, room, std::move(missed));
    const bool isUnseen = !added.empty() && comesUnseen(place);
    model.addMessages(std::move(added), isUnseen);
    if (!isFirst)
        return;
    model.setOlder(model.firstId() > 1, false);
    loadMissed(place, room);
    // What was there before one came first is read, whether anybody looks or not.
    if (const int row = model.rowOf(room.joinedAt); row >= 0 && room.pastUpTo == room.joinedAt)
        noteRead(place.name, room.joinedAt, model.at(row).time);
}

void ChatSession::take(const ChatNews&, const chat_news::Stored& stored) {
    lines({Kind::Room, QString::fromStdString(stored.room)})
        .setStored(stored.tag, stored.id, stored.time);
}

void ChatSession::take(const ChatNews&, const chat_news::Refused& refused) {
    lines({Kind::Room, QString::fromStdString(refused.room)})
        .setRefused(refused.tag, chatRefusalWords(refused.code, refused.reason));
}

void ChatSession::take(const ChatNews&, const chat_news::Resumed& resumed) {
    const ChatPlace place{Kind::Room, QString::fromStdString(resumed.room)};
    const Duration away = m_awaySince ? m_backAt - *m_awaySince : Duration();
    ChatLine line;
    line.kind = ChatLine::Kind::Remark;
    line.remark = ChatLine::Remark::Resumed;
    // What came meanwhile has times of the server's between this one and now.
    line.time = m_cutAt > 0 ? m_cutAt : wallNow();
    line.text = resumptionWords(resumed.how, away, m_wasLost);
    if (resumed.how.isAnew) {
        lines(place).forgetIds();
        if (Room* room = knownRoom(place.name))
            room->begunAnew();
        if (place == m_place)
            m_shown = {};
    }
    lines(place).insertAfter(resumed.how.isAnew ? 0 : resumed.how.after, line);
}

void ChatSession::take(const ChatNews& news, const chat_news::Interrupted& interrupted) {
    if (std::exchange(m_state, State::Waiting) == State::In || !m_awaySince) {
        m_awaySince = news.time;
        m_cutAt = wallNow();
        m_wasLost = true;
    }
    m_problem = interrupted.error.code ? errorWords(interrupted.error)
                                       : tr("The server has closed the connection.");
    m_nextAttempt = news.time + interrupted.delay;
    refuseDirects();
    stopLoading();
    m_isStateChanged = true;
}

void ChatSession::take(const ChatNews& news, const chat_news::Ended& ended) {
    const bool wasIn = m_state == State::In;
    if (wasIn)
        m_awaySince = news.time;
    m_state = State::Ended;
    m_wants = Wants::Nothing;
    m_problem = chatEndWords(ended, m_farewell, m_config);
    m_wasLost = m_wasLost && !m_problem.isEmpty();
    if (m_farewell)
        m_wants = wantedFor(m_farewell->code);
    if (wasIn && !m_problem.isEmpty())
        remarkEverywhere(ChatLine::Remark::Lost, m_problem);
    if (wasIn)
        m_cutAt = wallNow(); // after that remark
    refuseDirects();
    stopLoading();
    m_isStateChanged = true;
}

void ChatSession::stopLoading() {
    for (const auto& [key, model] : m_lines)
        model->setOlder(model->hasOlder(), false);
}

} // namespace sscope
