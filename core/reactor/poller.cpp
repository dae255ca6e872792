#include "core/reactor/poller.h"

#include "core/reactor/epoll_poller.h"
#include "core/reactor/poll_poller.h"
#include "core/reactor/select_poller.h"

namespace sscope {

std::string_view pollerName(PollerKind kind) {
    switch (kind) {
    case PollerKind::Select:
        return "select";
    case PollerKind::Poll:
        return "poll";
    case PollerKind::Epoll:
        return "epoll";
    }
    return {};
}

std::unique_ptr<Poller> makePoller(PollerKind kind) {
    switch (kind) {
    case PollerKind::Select:
        return std::make_unique<SelectPoller>();
    case PollerKind::Poll:
        return std::make_unique<PollPoller>();
    case PollerKind::Epoll:
        break;
    }
    return std::make_unique<EpollPoller>();
}

} // namespace sscope
