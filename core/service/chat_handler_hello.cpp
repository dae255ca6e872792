// How a connection of a chat says who it is, and what becomes of it until it is let in.

#include "core/service/chat_handler.h"

namespace sscope {

namespace {

using Action = ChatRequest::Action;

} // namespace

void ChatHandler::takeName(RequestContext& context, const std::string& line) {
    m_hello = ChatRequest{.action = Action::Hello, .name = line, .usesLines = true};
    if (context.chatAccess()->needsPassword())
        askForPassword(context);
    else
        postHello(context);
}

void ChatHandler::takePassword(RequestContext& context, std::string_view line) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    m_hello->password = line;
    if (line.empty()) // what comes next must not be taken for a name, and shown
        askForPassword(context);
    else
        postHello(context);
}

void ChatHandler::askForPassword(RequestContext& context) {
    if (m_stage == Stage::AwaitsPassword && ++m_wrongHellos >= mostWrongHellos) {
        sayAndClose(context, ChatCode::BadRequest, "no password came");
        return;
    }
    m_stage = Stage::AwaitsPassword;
    sendText(context, context.chatAccess()->isPrivate()
                          ? "* this server needs a password; type it"
                          : "* this server needs a password; this line is not encrypted, so others "
                            "on the way can read it. Type it");
}

void ChatHandler::postHello(RequestContext& context) {
    m_stage = Stage::Judged;
    post(context, *m_hello);
}

void ChatHandler::dismissed(RequestContext& context, const ChatMail& mail) {
    if (mail->code == ChatCode::WrongPassword)
        context.tellProtocolError("wrong password");
    m_lastWord = mail;
    m_stage = Stage::Dismissed;
    m_hello.reset();
    m_waiting.clear();
    if (mail->delay > Duration::zero())
        context.setTimer(mail->delay);
    else
        sayLastWord(context);
}

void ChatHandler::sayLastWord(RequestContext& context) {
    tell(context, *m_lastWord);
    m_stage = Stage::Over;
    context.close();
}

void ChatHandler::welcomed(RequestContext& context, const ChatEvent&) {
    m_stage = Stage::In;
    m_hasHeartbeat = m_hello->hasHeartbeat;
    m_hello.reset();
    if (m_form == Form::Lines)
        post(context, {.action = Action::Join, .room = std::string(firstChatRoom)});
}

/// The name was refused: another may come, within the time that there is for one.
void ChatHandler::hearAgain(RequestContext& context) {
    m_stage = Stage::AwaitsHello;
    m_hello.reset();
    context.setTimer(helloTime);
    if (++m_wrongHellos >= mostWrongHellos) {
        m_waiting.clear();
        sayAndClose(context, ChatCode::BadRequest, "too many hellos that were refused");
    }
}

} // namespace sscope
