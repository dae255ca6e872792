#pragma once

#include "core/service/request_handler.h"

namespace sscope {

/// discard (RFC 863): throws away what comes.
class DiscardHandler final : public RequestHandler {
public:
    void handle(RequestContext&, const Message&) override {}
};

} // namespace sscope
