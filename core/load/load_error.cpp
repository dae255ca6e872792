#include "core/load/load_error.h"

#include <cerrno>

namespace sscope {

LoadErrorReason loadErrorReason(int number) {
    switch (number) {
    case ECONNREFUSED:
        return LoadErrorReason::Refused;
    case ETIMEDOUT:
        return LoadErrorReason::ConnectTimedOut;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENOENT:
    case EACCES:
    case EPERM:
        return LoadErrorReason::Unreachable;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOBUFS:
    case EADDRNOTAVAIL:
        return LoadErrorReason::Resources;
    case ECONNRESET:
    case EPIPE:
        return LoadErrorReason::Reset;
    default:
        return LoadErrorReason::Other;
    }
}

Error loadError(int number, const char* operation, const std::string& address) {
    Error error = systemError(number, operation, address);
    switch (loadErrorReason(number)) {
    case LoadErrorReason::Refused:
        error.hint.kind = Hint::Kind::NothingListens;
        break;
    case LoadErrorReason::ConnectTimedOut:
        error.hint.kind = Hint::Kind::CheckFirewall;
        break;
    case LoadErrorReason::Unreachable:
        error.hint.kind = Hint::Kind::CheckRoute;
        break;
    case LoadErrorReason::Reset:
        error.hint.kind = Hint::Kind::PeerClosed;
        break;
    case LoadErrorReason::Resources:
        if (number == EADDRNOTAVAIL)
            error.hint.kind = Hint::Kind::NoFreePort;
        break;
    default:
        break;
    }
    return error;
}

} // namespace sscope
