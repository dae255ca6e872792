#pragma once

#include <string>

#include "core/service/request_handler.h"

namespace sscope {

/// worker: says who does the work, and what came.
class WorkerHandler final : public RequestHandler {
public:
    void handle(RequestContext& context, const Message& message) override {
        std::string text = context.workerName();
        text += ": ";
        text += textOf(message.content);
        context.send(bytesOf(text));
    }
};

} // namespace sscope
