#include "core/server/execution_models.h"

#include <algorithm>
#include <vector>

#include "core/server/reactor_server.h"

namespace sscope {

namespace {

template <PollerKind kind>
std::unique_ptr<Server> make(ServerSetup setup) {
    return std::make_unique<ReactorServer>(kind, std::move(setup));
}

std::vector<ExecutionModel>& known() {
    static std::vector<ExecutionModel> models{
        {"select", true, &make<PollerKind::Select>},
        {"poll", true, &make<PollerKind::Poll>},
        {"epoll", true, &make<PollerKind::Epoll>},
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
