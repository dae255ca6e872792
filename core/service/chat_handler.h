#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "core/service/chat_access.h"
#include "core/service/chat_heartbeat.h"
#include "core/service/chat_mask.h"
#include "core/service/chat_rate.h"
#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// chat: one connection of it, in messages of JSON or in lines, as the first that comes shows. It
/// reads what the peer asks for, no faster than its rate, and passes it to the rooms (ChatAccess);
/// what they tell it sends.
class ChatHandler final : public RequestHandler {
public:
    ByteMasks masks() override { return {m_received, m_sent}; }
    void setup(RequestContext& context) override;
    void handle(RequestContext& context, const Message& message) override;
    void finish(RequestContext& context) override;
    void timer(RequestContext& context) override;
    void writable(RequestContext& context) override;
    void mail(RequestContext& context, const ChatMail& mail) override;
    bool tooLong(RequestContext& context, std::size_t limit) override;
    void peerClosed(RequestContext& context) override;

private:
    enum class Stage {
        AwaitsHello,
        AwaitsPassword, // of the line mode: the second line
        Judged,         // the rooms look at the hello
        HeldBack,       // they will look at it later
        In,
        Dismissed, // to be told why after a delay
        Over
    };
    enum class Form { Unknown, Json, Lines };

    static constexpr Duration helloTime = std::chrono::seconds(10);
    static constexpr int mostWrongHellos = 5;

    void proceed(RequestContext& context);
    [[nodiscard]] std::size_t mostOnTheWay() const;
    void take(RequestContext& context, const std::string& text);
    void takeJson(RequestContext& context, const std::string& text);
    void takeLine(RequestContext& context, const std::string& line);
    void takeName(RequestContext& context, const std::string& line);
    void askForPassword(RequestContext& context);
    void takePassword(RequestContext& context, std::string_view line);
    void takeCommand(RequestContext& context, const struct ChatLineCommand& command);
    void post(RequestContext& context, ChatRequest request);
    void postHello(RequestContext& context);
    void dismissed(RequestContext& context, const ChatMail& mail);
    void sayLastWord(RequestContext& context);
    void welcomed(RequestContext& context, const ChatEvent& event);
    void refuse(RequestContext& context, const ChatRefusal& refusal);
    void tell(RequestContext& context, const ChatEvent& event);
    void sendText(RequestContext& context, std::string_view text);
    void sayAndClose(RequestContext& context, ChatCode code, std::string_view reason);
    void hearAgain(RequestContext& context);
    void expectHeartbeat(RequestContext& context);
    void checkHeartbeat(RequestContext& context);
    void setAlarm(RequestContext& context);
    void closeIfDone(RequestContext& context);

    const std::shared_ptr<ChatMask> m_received =
        std::make_shared<ChatMask>(ChatMask::Form::Received);
    const std::shared_ptr<ChatMask> m_sent = std::make_shared<ChatMask>(ChatMask::Form::Json);
    Stage m_stage = Stage::AwaitsHello;
    Form m_form = Form::Unknown;
    ChatRate m_rate;
    std::optional<TimePoint> m_nextTake; // where the rate holds it up
    ChatHeartbeat m_heartbeat;
    bool m_hasHeartbeat = false;        // it has promised one
    std::deque<std::string> m_waiting;  // messages that came faster than they may be handled
    std::size_t m_unanswered = 0;       // requests that the rooms have not answered yet
    std::optional<ChatRequest> m_hello; // until it is accepted
    int m_wrongHellos = 0;
    std::string m_room;  // of the line mode: where its lines are said
    ChatMail m_lastWord; // for the end of the delay
    bool m_isReceiving = true;
    bool m_isSending = false;
    bool m_peerIsDone = false;
};

} // namespace sscope
