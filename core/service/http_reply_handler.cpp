#include "core/service/http_reply_handler.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/service/utc_text.h"

namespace sscope {

namespace {

// From the first byte of a request to the end of its head.
constexpr Duration headPatience = std::chrono::seconds(10);
// After an answer, for a peer that was still sending.
constexpr Duration unfinishedPatience = std::chrono::seconds(2);

/// RFC 9110 15, RFC 6585 5.
std::string_view phraseOf(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Bad Request";
    }
}

} // namespace

HttpReplyHandler::HttpReplyHandler(const ServiceSettings& settings)
    : m_reply(settings.reply), m_reader({settings.maxHeader, settings.maxMessage}) {}

void HttpReplyHandler::handle(RequestContext& context, const Message& message) {
    using Stage = HttpRequestReader::Stage;
    if (m_hasAnswered)
        return;
    const bool isFirst = m_reader.stage() == Stage::Empty;
    m_reader.receive(message.content);
    switch (m_reader.stage()) {
    case Stage::Empty:
        break;
    case Stage::Head:
        if (isFirst)
            context.setTimer(headPatience);
        break;
    case Stage::Body:
        if (m_reader.expectsContinue() && !std::exchange(m_hasContinued, true))
            context.send(bytesOf("HTTP/1.1 100 Continue\r\n\r\n"));
        break;
    case Stage::Complete:
        answer(context, 200, m_reply);
        break;
    case Stage::Refused:
        refuse(context, m_reader.refusal().status, m_reader.refusal().reason);
        break;
    }
}

void HttpReplyHandler::timer(RequestContext& context) {
    if (m_hasAnswered)
        context.close();
    else if (m_reader.stage() == HttpRequestReader::Stage::Head)
        refuse(context, 408, "the head of the request did not come in time");
}

void HttpReplyHandler::refuse(RequestContext& context, int status, std::string_view reason) {
    context.tellProtocolError(std::string(reason));
    answer(context, status, fmt::format("{} {}: {}\n", status, phraseOf(status), reason));
}

void HttpReplyHandler::answer(RequestContext& context, int status, std::string_view body) {
    m_hasAnswered = true;
    std::string text =
        fmt::format("HTTP/1.1 {} {}\r\n"
                    "Date: {}\r\n"
                    "Content-Type: text/plain; charset=utf-8\r\n"
                    "Content-Length: {}\r\n"
                    "Connection: close\r\n"
                    "\r\n",
                    status, phraseOf(status), httpDate(context.wallTime()), body.size());
    if (!m_reader.isHeadMethod())
        text += body;
    context.send(bytesOf(text));
    end(context);
}

void HttpReplyHandler::end(RequestContext& context) {
    if (!m_reader.mayBeUnfinished()) {
        context.close();
        return;
    }
    context.finishSending();
    context.setTimer(unfinishedPatience);
}

} // namespace sscope
