#include "core/service/services.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "core/service/chargen_handler.h"
#include "core/service/chat_handler.h"
#include "core/service/command_handler.h"
#include "core/service/daytime_handler.h"
#include "core/service/discard_handler.h"
#include "core/service/echo_handler.h"
#include "core/service/http_reply_handler.h"
#include "core/service/manual_handler.h"
#include "core/service/message_handler.h"
#include "core/service/reply_handler.h"
#include "core/service/time_handler.h"
#include "core/service/upper_handler.h"
#include "core/service/welcome_handler.h"
#include "core/service/worker_handler.h"

namespace sscope {

namespace {

/// For handlers that read settings, and for those that have none.
template <typename T>
std::unique_ptr<RequestHandler> make(const ServiceSettings& settings) {
    if constexpr (std::is_constructible_v<T, const ServiceSettings&>)
        return std::make_unique<T>(settings);
    else
        return std::make_unique<T>();
}

std::unique_ptr<RequestHandler> makeReply(const ServiceSettings& settings) {
    return settings.http ? make<HttpReplyHandler>(settings) : make<ReplyHandler>(settings);
}

constexpr std::array known{
    Service{"echo", "raw", &make<EchoHandler>},
    Service{"upper", "raw", &make<UpperHandler>},
    Service{"worker", "raw", &make<WorkerHandler>},
    Service{"reply", "raw", &makeReply},
    Service{"welcome", "raw", &make<WelcomeHandler>},
    Service{"manual", "raw", &make<ManualHandler>},
    Service{"discard", "raw", &make<DiscardHandler>},
    Service{"chargen", "raw", &make<ChargenHandler>},
    Service{"daytime", "raw", &make<DaytimeHandler>},
    Service{"time", "raw", &make<TimeHandler>},
    Service{"message", "message", &make<MessageHandler>},
    Service{"command", "raw", &make<CommandHandler>},
    Service{"exec", "raw", &make<ManualHandler>, true},
    Service{"chat", "by-first-byte", &make<ChatHandler>},
};

} // namespace

std::span<const Service> services() {
    return known;
}

const Service* findService(std::string_view name) {
    const auto it = std::ranges::find(known, name, &Service::name);
    return it == known.end() ? nullptr : &*it;
}

} // namespace sscope
