#include "app/cli/command_options.h"

#include <fmt/format.h>

#include "app/cli/error_line.h"
#include "core/base/display_text.h"
#include "core/server/command_config.h"
#include "core/server/token_file.h"
#include "core/service/command_line.h"

namespace sscope::cli {

namespace {

std::string usualNames() {
    std::string names;
    for (const std::string_view name : usualCommands())
        names += (names.empty() ? "" : ",") + std::string(name);
    return names;
}

} // namespace

void addCommandOptions(CLI::App& app, CommandSettings& settings) {
    app.add_flag("--allow-command", settings.isAllowed,
                 "let `command` and `exec` run programs for whoever connects");
    app.add_option_function<std::string>(
           "--command-allow",
           [&settings](const std::string& text) { settings.allow = commandNames(text); },
           "programs that `command` runs, with any arguments (default " + usualNames() +
               ", with harmless ones)")
        ->type_name("A,B,C");
    addTime(
        app, "--command-timeout", "S", 0.001,
        [&settings](double value) { settings.timeout = fromSeconds(value); },
        "seconds until a command is ended (default 10)");
    addBytes(
        app, "--command-output-cap",
        [&settings](std::uint64_t bytes) { settings.outputCap = bytes; },
        "bytes of one answer (default 1 MiB)");
    app.add_flag("--shell", settings.shell,
                 "`command` gives each message to /bin/sh, whatever is allowed; loopback and Unix "
                 "sockets only");
    app.add_option("--token-file", settings.tokenFile,
                   "the first message, or line for `exec`, must be what this file holds")
        ->type_name("FILE");
    app.add_option("--output-encoding", settings.outputEncoding,
                   "what commands write, sent as UTF-8, for example GBK (default: sent as it is)")
        ->type_name("NAME");
}

std::optional<std::string> takeProgram(Arguments& arguments, CommandSettings& settings) {
    if (arguments.positionals.empty() || arguments.positionals.front() != "exec" ||
        arguments.beforeDashes == 0)
        return std::nullopt;
    const auto from =
        arguments.positionals.begin() +
        static_cast<std::ptrdiff_t>(std::min(arguments.beforeDashes, arguments.positionals.size()));
    settings.program.assign(from, arguments.positionals.end());
    arguments.positionals.erase(from, arguments.positionals.end());
    if (arguments.positionals.size() > 1)
        return "'" + arguments.positionals[1] +
               "' is one word too many: the program stands after --, for example serve exec "
               "--allow-command -- cat";
    return std::nullopt;
}

void warnOfTokenFile(const ServerConfig& config) {
    const std::string& path = config.settings.command.tokenFile;
    if (runsPrograms(config) && !path.empty() && isReadableByOthers(path))
        printToStandardError(
            fmt::format("socketscope: serve --token-file: other users can read {}. Try chmod 600.",
                        displaySafe(path)));
}

} // namespace sscope::cli
