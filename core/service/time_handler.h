#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/service/request_handler.h"

namespace sscope {

/// time (RFC 868): sends the seconds since 1900 as 32 bits, big-endian, then closes; on datagrams,
/// answers each. The number begins anew in February 2036.
class TimeHandler final : public RequestHandler {
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
        constexpr std::int64_t from1900To1970 = 2'208'988'800;
        const auto since1970 =
            std::chrono::floor<std::chrono::seconds>(Duration(context.wallTime()));
        const auto seconds = static_cast<std::uint32_t>(since1970.count() + from1900To1970);
        context.send(std::array{std::byte(seconds >> 24), std::byte(seconds >> 16 & 0xff),
                                std::byte(seconds >> 8 & 0xff), std::byte(seconds & 0xff)});
    }
};

} // namespace sscope
