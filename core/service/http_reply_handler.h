#pragma once

#include <string>
#include <string_view>

#include "core/service/http_request_reader.h"
#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// reply with --http: answers one HTTP/1.1 request (RFC 9110, 9112) and closes.
class HttpReplyHandler final : public RequestHandler {
public:
    explicit HttpReplyHandler(const ServiceSettings& settings);

    void handle(RequestContext& context, const Message& message) override;
    void timer(RequestContext& context) override;

private:
    void refuse(RequestContext& context, int status, std::string_view reason);
    void answer(RequestContext& context, int status, std::string_view body);
    void end(RequestContext& context);

    const std::string m_reply;
    HttpRequestReader m_reader;
    bool m_hasContinued = false;
    bool m_hasAnswered = false;
};

} // namespace sscope
