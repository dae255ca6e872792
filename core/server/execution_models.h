#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/server/server.h"

namespace sscope {

/// The registry of execution models. All names are known from the start, so that they can be chosen
/// and explained; one that needs a library of its own is provided where the executable has it.
struct ExecutionModel {
    std::string_view name;
    bool hasLoops = false; // runs 1..N loops
    using Make = std::unique_ptr<Server> (*)(ServerSetup setup);
    Make make = nullptr; // none where this executable lacks it
};

std::span<const ExecutionModel> executionModels();
const ExecutionModel* findExecutionModel(std::string_view name);
/// Before the first server is made.
void provideModel(std::string_view name, ExecutionModel::Make make);

} // namespace sscope
