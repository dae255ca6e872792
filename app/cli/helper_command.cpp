#include "app/cli/helper_command.h"

#include <cstdlib>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/serve_options.h"
#include "core/server/process_helper.h"

namespace sscope::cli {

int processHelperCommand(const std::vector<std::string>& words) {
    if (words.size() < 3) {
        printUsageError("", "process-helper is started by servers, not by people");
        return usage;
    }
    const auto detail = words[0] == "log" ? TraceBatch::Detail::Log : TraceBatch::Detail::Lifecycle;
    const int sockets = std::atoi(words[1].c_str());
    const auto parsed = parseServe({words.begin() + 2, words.end()});
    if (const int* code = std::get_if<int>(&parsed))
        return *code;
    return runProcessHelper(std::get<ServeOptions>(parsed).config, detail, sockets);
}

} // namespace sscope::cli
