// What is typed into a chat's page: words for others, or commands as in the line mode.

#include <algorithm>
#include <utility>

#include "core/service/chat_line.h"
#include "ui/chat/chat_composer.h"
#include "ui/chat/chat_header.h"
#include "ui/chat/chat_names.h"
#include "ui/chat/chat_page.h"
#include "ui/chat/chat_side.h"
#include "ui/chat/chat_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

constexpr int mostNames = 60; // in one note

} // namespace

void ChatPage::say(const QString& text) {
    const ChatPlace place = m_session->place();
    if (text.startsWith(QLatin1Char('/'))) {
        if (obey(text))
            m_composer->setTaken();
        return;
    }
    m_session->say(place, text);
    m_composer->setTaken();
}

void ChatPage::type(const QString& line) {
    m_toType.append(line);
    typeWaiting();
}

void ChatPage::typeWaiting() {
    if (m_session->state() != ChatSession::State::In || m_session->place().name.isEmpty())
        return;
    for (const QString& line : std::exchange(m_toType, {}))
        say(line);
}

bool ChatPage::obey(const QString& line) {
    const std::string room = m_session->place().name.toStdString();
    const auto read = readChatLine(line.trimmed().toStdString(), room);
    if (const auto* asked = std::get_if<ChatRequest>(&read))
        return request(*asked);
    const auto& command = std::get<ChatLineCommand>(read);
    switch (command.kind) {
    case ChatLineCommand::Kind::Help:
        m_composer->setTaken();
        m_composer->showHelp(help());
        return false;
    case ChatLineCommand::Kind::Quit:
        m_session->leave();
        return true;
    case ChatLineCommand::Kind::Nick: {
        const QString name = toQString(command.text);
        if (const QString fault = nameFault(name); !fault.isEmpty()) {
            m_composer->showFault(fault);
            return false;
        }
        m_session->rename(normalName(name));
        return true;
    }
    case ChatLineCommand::Kind::Nothing:
        return true;
    case ChatLineCommand::Kind::Wrong:
        break;
    }
    m_composer->showFault(wrongCommand(line));
    return false;
}

/// False where what was typed stays, or stands in another place by now.
bool ChatPage::request(const ChatRequest& request) {
    using Action = ChatRequest::Action;
    switch (request.action) {
    case Action::Join:
        joinRoom(toQString(request.room));
        return false;
    case Action::Direct:
        m_composer->setTaken();
        m_session->talkTo(normalName(toQString(request.to)));
        m_session->say(m_session->place(), toQString(request.text));
        closeDrawers();
        return false;
    case Action::Topic:
        return setTopic(request);
    case Action::Who:
        tellWho(toQString(request.room));
        return false;
    case Action::Rooms:
        m_side->pickRoom();
        return true;
    case Action::History:
        if (!isInRoom()) {
            m_composer->showFault(tr("What is said directly has no history"));
            return false;
        }
        goBack(request.limit);
        return true;
    default:
        return false;
    }
}

bool ChatPage::isInRoom() const {
    return m_session->place().kind == ChatPlace::Kind::Room;
}

void ChatPage::joinRoom(const QString& room) {
    if (const QString fault = nameFault(room); !fault.isEmpty()) {
        m_composer->showFault(fault);
        return;
    }
    m_composer->setTaken();
    m_session->join(normalName(room));
    closeDrawers();
}

bool ChatPage::setTopic(const ChatRequest& request) {
    if (!isInRoom()) {
        m_composer->showFault(tr("Only a room has a topic"));
        return false;
    }
    if (request.setsTopic)
        m_session->setTopic(m_session->place().name, toQString(request.text));
    else
        m_header->editTopic();
    return true;
}

void ChatPage::tellWho(const QString& room) {
    m_composer->setTaken();
    if (room == m_session->place().name)
        m_composer->showHelp(tr("Here: %1").arg(listText(names())));
    else
        m_session->listPeople(room);
}

QString ChatPage::wrongCommand(const QString& line) const {
    const QString word = line.section(QLatin1Char(' '), 0, 0);
    if (word == QLatin1String("/nick"))
        return tr("/nick takes a name");
    if (word == QLatin1String("/join"))
        return tr("/join takes a room");
    if (word == QLatin1String("/msg"))
        return tr("/msg takes a name and a text");
    if (word == QLatin1String("/history"))
        return tr("/history takes a number, for example /history 50");
    return tr("%1 is not known; /help says what is").arg(safeText(word));
}

void ChatPage::showPeople(const QString& room, const QStringList& people) {
    m_composer->showHelp(people.isEmpty() ? tr("Nobody is in %1").arg(safeText(room))
                                          : tr("In %1: %2").arg(safeText(room), listText(people)));
}

QString ChatPage::listText(const QStringList& people) {
    QStringList shown;
    for (const QString& name : people.first(std::min<qsizetype>(people.size(), mostNames)))
        shown.append(safeText(name));
    const QString text = shown.join(QStringLiteral(", "));
    const auto rest = static_cast<int>(people.size() - shown.size());
    return rest > 0 ? tr("%1 and %n more", nullptr, rest).arg(text) : text;
}

QStringList ChatPage::names() const {
    const ChatPeopleModel& people = m_session->people();
    QStringList all;
    for (int row = 0; row < people.hereCount(); ++row)
        all.append(people.at(row).name);
    return all;
}

QString ChatPage::help() {
    return tr("/join ROOM goes to a room, or makes it\n"
              "/msg NAME TEXT says something to one person\n"
              "/topic TEXT sets what the room is about\n"
              "/nick NAME changes what you are called\n"
              "/who tells who is here, /who ROOM who is there\n"
              "/rooms tells which rooms there are\n"
              "/history N goes back by N messages, at most 200; without N by 20\n"
              "/quit leaves the chat");
}

} // namespace sscope
