#pragma once

#include "core/service/request_handler.h"
#include "core/service/utc_text.h"

namespace sscope {

/// daytime (RFC 867): says the time in words, then closes; on datagrams, answers each.
class DaytimeHandler final : public RequestHandler {
public:
    void setup(RequestContext& context) override {
        if (context.isDatagram())
            return;
        tell(context);
        context.close();
    }

    void handle(RequestContext& context, const Message&) override {
        if (context.isDatagram())
            tell(context);
    }

private:
    static void tell(RequestContext& context) {
        context.send(bytesOf(daytimeText(context.wallTime()) + "\r\n"));
    }
};

} // namespace sscope
