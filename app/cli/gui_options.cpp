#include "app/cli/gui_options.h"

#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"
#include "core/base/shell_words.h"

namespace sscope::cli {

namespace {

/// The words of an option's value, which is a command line of its own.
std::variant<std::vector<std::string>, int> wordsOf(const std::string& text) {
    auto words = splitShellWords(text);
    if (words)
        return std::move(*words);
    printUsageError("gui", "a quote is not closed in: " + text);
    return usage;
}

template <typename Options, typename Parse>
std::optional<int> parseEach(const std::vector<std::string>& texts, Parse parse,
                             std::vector<Options>& options) {
    for (const std::string& text : texts) {
        const auto words = wordsOf(text);
        if (const int* code = std::get_if<int>(&words))
            return *code;
        auto parsed = parse(std::get<0>(words));
        if (const int* code = std::get_if<int>(&parsed))
            return *code;
        options.push_back(std::move(std::get<0>(parsed)));
    }
    return std::nullopt;
}

} // namespace

std::variant<GuiOptions, int> parseGui(const std::vector<std::string>& words) {
    GuiOptions options;
    std::vector<std::string> serve;
    std::vector<std::string> connect;
    std::vector<std::string> chat;
    CLI::App app("Opens the window: socketscope gui [options]", "gui");
    app.add_option("--serve", serve, "start a server: \"SERVICE [serve options]\"")
        ->allow_extra_args(false)
        ->type_name("TEXT");
    app.add_option("--connect", connect,
                   "open a client tab: \"ENDPOINT [MESSAGE...] [send options]\"")
        ->allow_extra_args(false)
        ->type_name("TEXT");
    app.add_option("--chat", chat,
                   "join a chat in a tab: \"ENDPOINT [LINE...] --name NICK [--room R]\"")
        ->allow_extra_args(false)
        ->type_name("TEXT");
    app.add_option("--picture", options.picture,
                   "save the window as PNG once it is settled, and exit")
        ->type_name("FILE");
    const Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    if (!arguments.positionals.empty()) {
        printUsageError("gui", "'" + arguments.positionals.front() + "' is one word too many");
        return usage;
    }
    std::vector<ServeOptions> servers;
    if (const auto code = parseEach(serve, &parseServe, servers))
        return *code;
    if (const auto code = parseEach(connect, &parseSend, options.clients))
        return *code;
    const auto parseChatTab = [](const std::vector<std::string>& text) {
        return parseChat(text, ChatLines::FromWords);
    };
    if (const auto code = parseEach(chat, parseChatTab, options.chats))
        return *code;
    for (ServeOptions& server : servers)
        options.servers.push_back(std::move(server.config));
    return options;
}

} // namespace sscope::cli
