#include "core/qt/qt_model.h"

#include "core/qt/qt_server.h"
#include "core/server/execution_models.h"

namespace sscope {

void registerQtModel() {
    provideModel("qt", [](ServerSetup setup) -> std::unique_ptr<Server> {
        return std::make_unique<QtServer>(std::move(setup));
    });
}

} // namespace sscope
