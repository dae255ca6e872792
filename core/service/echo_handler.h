#pragma once

#include "core/service/request_handler.h"

namespace sscope {

/// echo (RFC 862): sends back what came.
class EchoHandler final : public RequestHandler {
public:
    void handle(RequestContext& context, const Message& message) override {
        context.send({.content = message.content, .header = message.header});
    }
};

} // namespace sscope
