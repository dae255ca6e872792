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
    if (error.code == std::errc::connection_refused) {
        Error bare = error; // its hint says the same of any server
        bare.hint = {};
        return ChatWords::tr("%1. Nobody listens there: start a chat server, or check the port.")
            .arg(withoutEnd(errorWords(bare)));
    }
    const QString words = errorWords(error);
    return hintWords(error).isEmpty()
               ? ChatWords::tr("%1. Check the address, and try again.").arg(withoutEnd(words))
               : words;
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

QString chatEndWords(const chat_news::Ended& ended, std::optional<ChatCode> code,
                     const ChatClientConfig& config) {
    if (ended.reason == CloseReason::Protocol || ended.reason == CloseReason::Limit)
        return ChatWords::tr("%1 does not answer as a chat server. Check the port, or start a "
                             "server whose service is chat.")
            .arg(safeText(config.client.endpoint.text()));
    const QString name = safeText(config.name);
    switch (code.value_or(ChatCode::Stopping)) {
    case ChatCode::NameTaken:
        return ChatWords::tr("Somebody there is called %1 already. Choose another name.").arg(name);
    case ChatCode::WrongPassword:
        return config.password.empty()
                   ? ChatWords::tr("This server needs a password.")
                   : ChatWords::tr("The password is wrong. Type it again; each wrong one makes the "
                                   "server slower to answer.");
    case ChatCode::Banned:
        return ChatWords::tr("The server's owner has shut you out. Only the owner can let you in "
                             "again.");
    case ChatCode::Kicked:
        return ended.word.empty()
                   ? ChatWords::tr("The server's owner has put you out. You can join again.")
                   : ChatWords::tr("The server's owner has put you out: %1. You can join again.")
                         .arg(safeText(ended.word));
    case ChatCode::Replaced:
        return ChatWords::tr("You have joined from elsewhere under this name. Join here again, or "
                             "under another name.");
    case ChatCode::NameInvalid:
        return chatRefusalWords(*code, ended.word);
    default:
        break;
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
