#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/service/request_handler.h"
#include "core/service/service_settings.h"

namespace sscope {

/// The registry of services: a new one is a handler and a line here.
struct Service {
    std::string_view name;
    std::string_view framing; // its own, where a person names none
    std::unique_ptr<RequestHandler> (*make)(const ServiceSettings& settings);
    /// A program of a person's is given the connection; a handler does nothing.
    bool runsProgram = false;
};

std::span<const Service> services();
const Service* findService(std::string_view name);

} // namespace sscope
