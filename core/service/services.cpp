#include "core/service/services.h"

#include <algorithm>
#include <array>

#include "core/service/echo_handler.h"

namespace sscope {

namespace {

template <typename T>
std::unique_ptr<RequestHandler> make() {
    return std::make_unique<T>();
}

constexpr std::array known{
    Service{"echo", "raw", &make<EchoHandler>},
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
