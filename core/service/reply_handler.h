#pragma once

#include <string>

#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// reply: sends the same to each message. HttpReplyHandler does so to HTTP requests.
class ReplyHandler final : public RequestHandler {
public:
    explicit ReplyHandler(const ServiceSettings& settings) : m_reply(settings.reply) {}

    void handle(RequestContext& context, const Message&) override {
        context.send(bytesOf(m_reply));
    }

private:
    const std::string m_reply;
};

} // namespace sscope
