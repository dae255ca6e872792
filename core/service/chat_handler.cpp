#include "core/service/chat_handler.h"

#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/service/chat_line.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;
using Action = ChatRequest::Action;
using Kind = ChatEvent::Kind;

// Requests of one connection on their way at once; with the rate it bounds what a peer makes us
// keep.
constexpr std::size_t mostUnanswered = 64;
// The heartbeat's timer, before it proves nothing.
constexpr Duration mostLate = 2s;

bool isAnswer(Kind kind) {
    return kind <= Kind::Refused || kind == Kind::HoldBack;
}

} // namespace

void ChatHandler::setup(RequestContext& context) {
    if (!context.chatAccess()) { // datagrams, which are refused before
        m_stage = Stage::Over;
        return;
    }
    if (!context.chatAccess()->needsPassword())
        m_received->allowLines();
    context.setTimer(helloTime);
}

void ChatHandler::handle(RequestContext& context, const Message& message) {
    if (m_stage == Stage::Over || m_stage == Stage::Dismissed)
        return;
    m_heartbeat.heard();
    if (m_form == Form::Unknown)
        m_form = message.header.empty() ? Form::Lines : Form::Json;
    if (m_form == Form::Json && fieldValue(message.header, "content-type") != "text/json") {
        context.tellProtocolError("content that is not text/json");
        sayAndClose(context, ChatCode::BadRequest, "the content is not text/json");
        return;
    }
    m_waiting.emplace_back(textOf(message.content));
    proceed(context);
}

/// A line means what the one before it has led to: where it is said, and by whom.
std::size_t ChatHandler::mostOnTheWay() const {
    return m_form == Form::Lines ? 1 : mostUnanswered;
}

/// Handles what waits as far as the rate and the rooms allow; while something waits no more is
/// read.
void ChatHandler::proceed(RequestContext& context) {
    Duration wait{};
    while (!m_waiting.empty() && m_unanswered < mostOnTheWay() && m_stage != Stage::Judged &&
           m_stage != Stage::HeldBack) {
        if (m_stage == Stage::Over || m_stage == Stage::Dismissed) {
            m_waiting.clear();
            return;
        }
        wait = m_rate.take(context.now());
        if (wait > Duration::zero())
            break;
        const std::string text = std::move(m_waiting.front());
        m_waiting.pop_front();
        take(context, text);
    }
    if (m_stage == Stage::Over)
        return;
    if (wait > Duration::zero() && m_stage == Stage::In) {
        m_nextTake = context.now() + wait;
        setAlarm(context);
    }
    const bool receives = m_waiting.empty();
    if (std::exchange(m_isReceiving, receives) != receives) {
        context.setReceiving(receives);
        m_heartbeat.heard(); // what it said meanwhile is still to be read
    }
    closeIfDone(context);
}

void ChatHandler::take(RequestContext& context, const std::string& text) {
    if (m_form == Form::Json)
        takeJson(context, text);
    else if (m_stage == Stage::AwaitsHello)
        takeName(context, text);
    else if (m_stage == Stage::AwaitsPassword)
        takePassword(context, text);
    else
        takeLine(context, text);
}

void ChatHandler::takeJson(RequestContext& context, const std::string& text) {
    auto request = readChatRequest(text);
    if (!request) {
        refuse(context, request.error());
    } else if (m_stage == Stage::AwaitsHello && request->action == Action::Hello) {
        m_hello = std::move(*request);
        postHello(context);
    } else if (m_stage == Stage::AwaitsHello && request->action != Action::Ping) {
        refuse(context, {ChatCode::NotHello, "say hello first", request->ref,
                         std::string(chatActionName(request->action))});
    } else {
        post(context, std::move(*request));
    }
}

void ChatHandler::takeLine(RequestContext& context, const std::string& line) {
    auto asked = readChatLine(line, m_room);
    if (auto* request = std::get_if<ChatRequest>(&asked))
        post(context, std::move(*request));
    else
        takeCommand(context, std::get<ChatLineCommand>(asked));
}

void ChatHandler::takeCommand(RequestContext& context, const ChatLineCommand& command) {
    switch (command.kind) {
    case ChatLineCommand::Kind::Help:
        sendText(context, chatLineHelp());
        break;
    case ChatLineCommand::Kind::Quit:
        sendText(context, "* goodbye");
        m_stage = Stage::Over;
        context.close();
        break;
    case ChatLineCommand::Kind::Nick:
        post(context, {.action = Action::Hello, .name = command.text});
        break;
    case ChatLineCommand::Kind::Wrong:
        sendText(context, "* " + command.text);
        break;
    case ChatLineCommand::Kind::Nothing:
        break;
    }
}

void ChatHandler::post(RequestContext& context, ChatRequest request) {
    ++m_unanswered;
    context.chatAccess()->post(std::move(request));
}

void ChatHandler::finish(RequestContext& context) {
    if (ChatAccess* const access = context.chatAccess())
        access->leave(m_isSending                ? "too slow: its send queue was full"
                      : context.peerWasStalled() ? "it took nothing any more"
                                                 : "");
    m_stage = Stage::Over;
    m_waiting.clear();
}

void ChatHandler::timer(RequestContext& context) {
    switch (m_stage) {
    case Stage::AwaitsHello:
    case Stage::AwaitsPassword:
        context.tellProtocolError("no hello within 10 s");
        sayAndClose(context, ChatCode::HelloLate, "no name came within 10 s");
        break;
    case Stage::HeldBack:
        postHello(context);
        break;
    case Stage::Dismissed:
        sayLastWord(context);
        break;
    case Stage::In:
        m_nextTake.reset();
        proceed(context);
        checkHeartbeat(context);
        break;
    case Stage::Judged:
    case Stage::Over:
        break;
    }
}

/// Reading was paused too.
void ChatHandler::writable(RequestContext&) {
    m_heartbeat.heard();
}

void ChatHandler::expectHeartbeat(RequestContext& context) {
    if (m_hasHeartbeat && m_stage == Stage::In && m_heartbeat.told(context.now()))
        setAlarm(context);
}

void ChatHandler::checkHeartbeat(RequestContext& context) {
    if (m_stage != Stage::In)
        return;
    const auto deadline = m_heartbeat.deadline();
    if (!deadline || context.now() < *deadline) {
        setAlarm(context);
    } else if (!m_isReceiving || !context.hasRoom() || context.now() - *deadline > mostLate) {
        // What it has said is still to be read; a late timer means that we were stopped ourselves.
        m_heartbeat.heard();
        expectHeartbeat(context);
    } else {
        context.giveUp();
    }
}

/// There is one timer, and two who wait for it.
void ChatHandler::setAlarm(RequestContext& context) {
    const auto deadline = m_heartbeat.deadline();
    const auto next = m_nextTake && deadline ? std::min(*m_nextTake, *deadline)
                      : m_nextTake           ? *m_nextTake
                                             : deadline.value_or(TimePoint::max());
    if (next != TimePoint::max())
        context.setTimer(next - context.now());
}

void ChatHandler::mail(RequestContext& context, const ChatMail& mail) {
    if (m_stage == Stage::Over)
        return;
    if (isAnswer(mail->kind) && m_unanswered > 0)
        --m_unanswered;
    if (mail->kind == Kind::HoldBack) {
        m_stage = Stage::HeldBack;
        context.setTimer(mail->delay);
        return;
    }
    if (mail->closes) {
        dismissed(context, mail);
        return;
    }
    if (m_stage == Stage::Judged && mail->kind == Kind::Welcome)
        welcomed(context, *mail);
    else if (m_stage == Stage::Judged && mail->kind == Kind::Refused)
        hearAgain(context);
    if (mail->kind == Kind::Joined && m_form == Form::Lines) {
        const std::string before = std::exchange(m_room, mail->room);
        if (!before.empty() && before != m_room) // one room at a time is all that lines can show
            post(context, {.action = Action::Leave, .room = before});
    }
    tell(context, *mail);
    if (m_stage == Stage::In) { // no secret follows
        m_received->finish();
        m_sent->finish();
    }
    if (m_stage != Stage::Over)
        proceed(context);
}

void ChatHandler::refuse(RequestContext& context, const ChatRefusal& refusal) {
    tell(context, *sealed(refusalEvent(refusal)));
    if (m_stage == Stage::AwaitsHello && ++m_wrongHellos >= mostWrongHellos)
        sayAndClose(context, ChatCode::BadRequest, "too many requests without a hello");
}

void ChatHandler::tell(RequestContext& context, const ChatEvent& event) {
    sendText(context, m_form == Form::Json ? std::string_view(event.json)
                                           : std::string_view(chatLines(event)));
    if (event.kind != Kind::Pong) // else a word would cost a word for ever
        expectHeartbeat(context);
}

/// JSON, or lines without the last line feed, each a message of its own.
void ChatHandler::sendText(RequestContext& context, std::string_view text) {
    if (text.empty() || m_stage == Stage::Over)
        return;
    m_isSending = true; // a send queue that is full ends the connection within the call
    if (m_form == Form::Json) {
        static const std::array header{HeaderField{"content-type", "text/json"},
                                       HeaderField{"content-encoding", "utf-8"}};
        context.send(Message{.content = bytesOf(text), .header = header});
    } else {
        while (!text.empty() && m_stage != Stage::Over) {
            const auto end = std::min(text.find('\n'), text.size());
            context.send(bytesOf(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }
    m_isSending = false;
}

void ChatHandler::sayAndClose(RequestContext& context, ChatCode code, std::string_view reason) {
    tell(context, *sealed({.kind = Kind::Closing, .text = std::string(reason), .code = code}));
    m_stage = Stage::Over;
    context.close();
}

/// In JSON the framing's header would have to be right, and it is the peer's program that is wrong.
bool ChatHandler::tooLong(RequestContext& context, std::size_t limit) {
    if (m_form != Form::Lines || m_stage == Stage::Over || m_stage == Stage::Dismissed)
        return false;
    m_waiting.clear();
    tell(context, *sealed({.kind = Kind::Closing,
                           .text = fmt::format("a line has at most {} bytes", limit),
                           .code = ChatCode::TooLong}));
    m_stage = Stage::Over;
    return true;
}

void ChatHandler::peerClosed(RequestContext& context) {
    m_peerIsDone = true;
    closeIfDone(context);
}

/// Who has said all stays until it is stored, and answered.
void ChatHandler::closeIfDone(RequestContext& context) {
    if (!m_peerIsDone || !m_waiting.empty() || m_unanswered > 0 || m_stage == Stage::HeldBack ||
        m_stage == Stage::Dismissed)
        return;
    m_stage = Stage::Over;
    context.close();
}

} // namespace sscope
