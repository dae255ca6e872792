#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/arguments.h"
#include "app/cli/chat_command.h"
#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/helper_command.h"
#include "app/cli/load_command.h"
#include "app/cli/process_setup.h"
#include "app/cli/qt_program.h"
#include "app/cli/send_command.h"
#include "app/cli/serve_command.h"
#include "app/cli/table_command.h"
#include "core/process/command_helper.h"
#include "core/process/program_helper.h"

namespace {

using namespace sscope::cli;

struct Command {
    std::string_view name;
    int (*run)(const std::vector<std::string>& words);
};

constexpr std::array commands{
    Command{"gui", &becomeQtProgram}, Command{"serve", &serveCommand},
    Command{"send", &sendCommand},    Command{"table", &tableCommand},
    Command{"load", &loadCommand},    Command{"chat", &chatCommand},
};

constexpr const char* helpText =
    "Socketscope: start socket servers, talk to them or to anything else, and watch every socket\n"
    "of this machine.\n"
    "\n"
    "  socketscope                      opens the window\n"
    "  socketscope gui [options]        opens it with servers and client tabs\n"
    "  socketscope serve SERVICE        starts a server, for example: serve echo\n"
    "  socketscope send ENDPOINT TEXT   sends messages and prints the replies\n"
    "  socketscope table [FILTER]       prints the sockets of this machine\n"
    "  socketscope load ENDPOINT        sends requests and measures the replies\n"
    "  socketscope chat ENDPOINT        talks to the people of a chat server\n"
    "\n"
    "Each command explains itself with --help. serve, send, table, load and\n"
    "chat need no display.\n";

} // namespace

int main(int argc, char** argv) {
    setUpProcess();
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
        return printHelp(helpText);
    }
    if (!words.empty() && words[0] == "--version") {
        return printHelp("socketscope " SSCOPE_VERSION "\n");
    }
    if (!words.empty() && words[0] == "process-helper")
        return processHelperCommand({words.begin() + 1, words.end()});
    if (!words.empty() && words[0] == "command-helper")
        return sscope::runCommandHelper({words.begin() + 1, words.end()});
    if (!words.empty() && words[0] == "program-helper")
        return sscope::runProgramHelper({words.begin() + 1, words.end()});
    for (const Command& command : commands) {
        if (!words.empty() && words[0] == command.name)
            return command.run({words.begin() + 1, words.end()});
    }
    if (words.empty() || words[0].starts_with('-'))
        return becomeQtProgram(words);
    printUsageError("", "'" + words[0] +
                            "' is not a command; there are gui, serve, send, table, load and chat");
    return usage;
}
