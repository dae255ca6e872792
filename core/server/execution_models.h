#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/server/server.h"

namespace sscope {

/// The registry of execution models. Those of core are known from the start; others join before
/// the first server is made.
struct ExecutionModel {
    std::string_view name;
    bool hasLoops = false; // runs 1..N loops
    std::unique_ptr<Server> (*make)(ServerSetup setup) = nullptr;
};

std::span<const ExecutionModel> executionModels();
const ExecutionModel* findExecutionModel(std::string_view name);
void addExecutionModel(const ExecutionModel& model);

} // namespace sscope
