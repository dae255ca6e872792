#include "app/cli/chat_options.h"

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"
#include "core/base/chat_error.h"
#include "core/base/display_text.h"
#include "core/server/chat_config.h"
#include "core/server/token_file.h"

namespace sscope::cli {

void addChatOptions(CLI::App& app, ChatSettings& settings) {
    app.add_option("--history-file", settings.historyFile,
                   "where `chat` keeps what was said (default: in memory, as long as it runs)")
        ->type_name("FILE");
    app.add_option("--password-file", settings.passwordFile,
                   "people of `chat` must know what this file holds: a password, or its hash")
        ->type_name("FILE");
    addTime(
        app, "--retain-age", "S", 0.001,
        [&settings](double value) { settings.retention.age = fromSeconds(value); },
        "`chat` forgets what is older than so many seconds (default: nothing)");
    addCount(
        app, "--retain-count", 1,
        [&settings](std::uint64_t count) { settings.retention.count = count; },
        "`chat` keeps the last so many messages of each room (default: all)");
}

void warnOfOpenChat(const ServerConfig& config) {
    if (config.service != "chat")
        return;
    if (config.allowPublic && isChatInPublic(config)) // else it does not start
        printError(chatError(ChatFault::NotEncrypted, "serve", "chat"));
    const std::string& path = config.settings.chat.passwordFile;
    if (!path.empty() && isReadableByOthers(path))
        printToStandardError("socketscope: serve --password-file: other users can read " +
                             displaySafe(path) + ". Try chmod 600.");
}

} // namespace sscope::cli
