#include "core/trace/lifecycle.h"

namespace sscope {

const char* closeReasonName(CloseReason reason) {
    switch (reason) {
    case CloseReason::Peer:
        return "peer";
    case CloseReason::Local:
        return "local";
    case CloseReason::Reset:
        return "reset";
    case CloseReason::Idle:
        return "idle";
    case CloseReason::Limit:
        return "limit";
    case CloseReason::Protocol:
        return "protocol";
    case CloseReason::Error:
        return "error";
    }
    return "error";
}

} // namespace sscope
