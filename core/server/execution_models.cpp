#include "core/server/execution_models.h"

#include <algorithm>
#include <vector>

#include "core/server/iterative_server.h"
#include "core/server/process_server.h"
#include "core/server/reactor_server.h"
#include "core/server/thread_server.h"

namespace sscope {

namespace {

template <PollerKind kind>
std::unique_ptr<Server> make(ServerSetup setup) {
    return std::make_unique<ReactorServer>(kind, std::move(setup));
}

template <typename T>
std::unique_ptr<Server> make(ServerSetup setup) {
    return std::make_unique<T>(std::move(setup));
}

std::vector<ExecutionModel>& known() {
    static std::vector<ExecutionModel> models{
        {"iterative", false, &make<IterativeServer>}, {"select", true, &make<PollerKind::Select>},
        {"poll", true, &make<PollerKind::Poll>},      {"epoll", true, &make<PollerKind::Epoll>},
        {"threads", false, &make<ThreadServer>},      {"processes", false, &make<ProcessServer>},
    };
    return models;
}

} // namespace

std::span<const ExecutionModel> executionModels() {
    return known();
}

const ExecutionModel* findExecutionModel(std::string_view name) {
    const auto it = std::ranges::find(known(), name, &ExecutionModel::name);
    return it == known().end() ? nullptr : &*it;
}

void addExecutionModel(const ExecutionModel& model) {
    known().push_back(model);
}

} // namespace sscope
