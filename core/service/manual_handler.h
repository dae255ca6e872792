#pragma once

#include "core/service/request_handler.h"

namespace sscope {

/// manual: a person answers. What came is seen in the trace, and the answer is sent to the
/// connection by its id, so that nothing is left to do here.
class ManualHandler final : public RequestHandler {
public:
    void handle(RequestContext&, const Message&) override {}
};

} // namespace sscope
