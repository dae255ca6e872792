#include "ui/chat/chat_words.h"

#include <system_error>

#include <QCoreApplication>

#include "ui/chat/chat_text.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

struct ChatWords {
    Q_DECLARE_TR_FUNCTIONS(ChatWords)
};

QString networkWords(const Error& error) {
    const QString words = errorWords(error);
    return hintWords(error).isEmpty()
               ? ChatWords::tr("%1. Check the address, and try again.").arg(withoutEnd(words))
               : words;
}

/// The reasons that this version's server gives are worded, others as they come.
QString leftReason(const std::string& text) {
    if (text == "too slow: its send queue was full")
        return ChatWords::tr("too slow, its send queue was full");
    if (text == "it took nothing any more")
        return ChatWords::tr("it took nothing any more");
    return safeText(text);
}

/// Empty where the code says nothing.
QString farewellWords(const ChatFarewell& farewell, const ChatClientConfig& config) {
    const QString name = safeText(config.name);
    const QString said = withoutEnd(safeText(farewell.said));
    switch (farewell.code) {
    case ChatCode::NameTaken:
        return ChatWords::tr("Somebody there is called %1 already. Choose another name.").arg(name);
    case ChatCode::WrongPassword:
        return config.password.empty()
                   ? ChatWords::tr("This server needs a password.")
                   : ChatWords::tr("The password is wrong. Type it again; each wrong one makes the "
                                   "server slower to answer.");
    case ChatCode::Banned:
        return said.isEmpty()
                   ? ChatWords::tr("The server's owner has shut you out. Only the owner can let "
                                   "you in again.")
                   : ChatWords::tr("The server's owner has shut you out: %1. Only the owner can "
                                   "let you in again.")
                         .arg(said);
    case ChatCode::Kicked:
        return said.isEmpty()
                   ? ChatWords::tr("The server's owner has sent you away. You can join again.")
                   : ChatWords::tr("The server's owner has sent you away: %1. You can join again.")
                         .arg(said);
    case ChatCode::Replaced:
        return ChatWords::tr("You have joined from elsewhere under this name. Join here again, or "
                             "under another name.");
    case ChatCode::NameInvalid:
        return chatRefusalWords(farewell.code, {});
    case ChatCode::HelloLate:
        return ChatWords::tr("The server has waited too long for your name. Try to join again.");
    case ChatCode::Stopping:
        return ChatWords::tr("The server has stopped. Join again once it is started.");
    default:
        return {};
    }
}

} // namespace

QString chatRefusalWords(ChatCode code, const std::string& reason) {
    switch (code) {
    case ChatCode::NameTaken:
        return ChatWords::tr("Somebody has this name already. Choose another one.");
    case ChatCode::NameInvalid:
    case ChatCode::RoomInvalid:
        return ChatWords::tr("The server does not take this name. It may have 1 to 32 characters, "
                             "without spaces and invisible ones.");
    case ChatCode::NotInRoom:
        return ChatWords::tr("You are not in this room. Join it first.");
    case ChatCode::TooManyRooms:
        return ChatWords::tr("You are in as many rooms as the server allows. Leave one first.");
    case ChatCode::NoSuchName:
        return ChatWords::tr("Nobody of this name is there now.");
    case ChatCode::TooLong:
        return ChatWords::tr("It is too long: a message has at most 8 KiB.");
    case ChatCode::StorageFull:
        return ChatWords::tr("The server's disk is full. Try again when there is room.");
    case ChatCode::StorageFailed:
        return ChatWords::tr("The server cannot write its history. Try again later.");
    default:
        return reason.empty() ? ChatWords::tr("The server has refused it.")
                              : ChatWords::tr("The server says: %1.").arg(safeText(reason));
    }
}

QString resumptionWords(const ChatResumption& how, Duration away, bool wasLost) {
    const QString lost = wasLost ? ChatWords::tr("Connection lost for %1.").arg(ageText(away))
                                 : ChatWords::tr("Not connected for %1.").arg(ageText(away));
    QString resumed;
    if (how.isAnew)
        resumed = ChatWords::tr("The server has begun a new history: its messages count from 1 "
                                "again.");
    else if (how.missing > 0)
        resumed = ChatWords::tr("Resumed after message %1; of those since, %2 are no longer kept "
                                "by the server.")
                      .arg(countText(how.after), countText(how.missing));
    else if (how.after == 0)
        resumed = ChatWords::tr("Resumed: nothing missed, nothing twice.");
    else
        resumed = ChatWords::tr("Resumed after message %1: nothing missed, nothing twice.")
                      .arg(countText(how.after));
    return lost + QLatin1Char(' ') + resumed;
}

QString chatLeftWords(const ChatEvent& event) {
    const QString name = safeText(event.name);
    const QString said = safeText(event.said);
    const auto withSaid = [&said](const QString& words) {
        return said.isEmpty() ? words : ChatWords::tr("%1: %2").arg(words, said);
    };
    if (event.hasCode && event.code == ChatCode::Kicked)
        return withSaid(ChatWords::tr("%1 was sent away by the server's owner").arg(name));
    if (event.hasCode && event.code == ChatCode::Banned)
        return withSaid(ChatWords::tr("%1 was banned by the server's owner").arg(name));
    if (event.hasCode && event.code == ChatCode::Replaced)
        return ChatWords::tr("%1 left: connected anew").arg(name);
    return event.text.empty() ? ChatWords::tr("%1 left").arg(name)
                              : ChatWords::tr("%1 left: %2").arg(name, leftReason(event.text));
}

QString chatEndWords(const chat_news::Ended& ended, const std::optional<ChatFarewell>& farewell,
                     const ChatClientConfig& config) {
    if (ended.reason == CloseReason::Protocol || ended.reason == CloseReason::Limit)
        return ChatWords::tr("%1 does not answer as a chat server. Check the port, or start a "
                             "server whose service is chat.")
            .arg(safeText(config.client.endpoint.text()));
    if (farewell) {
        if (const QString words = farewellWords(*farewell, config); !words.isEmpty())
            return words;
    }
    if (ended.error.code)
        return networkWords(ended.error);
    if (!ended.word.empty())
        return ChatWords::tr("The server says: %1. Try to join again.").arg(safeText(ended.word));
    return ended.reason == CloseReason::Local
               ? QString()
               : ChatWords::tr("The server has closed the connection. Try to join again.");
}

} // namespace sscope
