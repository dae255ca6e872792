#include "app/cli/qt_program.h"

#include <cerrno>
#include <filesystem>

#include <unistd.h>

#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "core/base/argument_vector.h"

namespace sscope::cli {

int becomeQtProgram(const std::vector<std::string>& words) {
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    const std::string program = (self.parent_path() / "socketscope-qt").string();
    std::vector<char*> arguments = argumentVector(words);
    arguments.insert(arguments.begin(), const_cast<char*>(program.c_str()));
    ::execv(program.c_str(), arguments.data());
    printError(systemError(errno, "start", program));
    return usage;
}

} // namespace sscope::cli
