#include "app/cli/chat_client_options.h"

#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"
#include "app/cli/exit_code.h"
#include "app/cli/hash_password.h"
#include "core/server/token_file.h"
#include "core/service/chat_line.h"
#include "core/service/chat_name.h"

namespace sscope::cli {

namespace {

/// Options that are no part of what they lead to.
struct Asked {
    std::string passwordFile{};
    bool hashesPassword = false;
};

void addOptions(CLI::App& app, ChatClientOptions& options, Asked& asked, ChatLines lines) {
    ChatClientConfig& chat = options.chat;
    app.add_option("--name", chat.name, "what you are called")->type_name("NICK");
    app.add_option("--room", chat.room, "the room to join (default lobby)")->type_name("R");
    app.add_option("--password-file", asked.passwordFile, "holds the server's password, one line")
        ->type_name("FILE");
    app.add_flag("--json", options.json, "print what is said as JSON lines");
    if (lines == ChatLines::FromInput)
        app.add_flag("--hash-password", asked.hashesPassword,
                     "read a password from standard input and print its hash, for the "
                     "--password-file of a server; nothing else is done");
}

/// What is wrong with the words and the names; empty for nothing.
std::string problemOf(const Arguments& arguments, const ChatClientConfig& chat, ChatLines lines) {
    if (arguments.positionals.empty())
        return "the endpoint is missing, for example 127.0.0.1:65432";
    if (arguments.positionals.size() > 1 && lines == ChatLines::FromInput)
        return "'" + arguments.positionals[1] + "' is one word too many";
    if (const auto name = chatName(chat.name); !name)
        return chat.name.empty() ? "--name is missing" : "--name: " + name.error();
    if (const auto room = chatName(chat.room); !room)
        return "--room: " + room.error();
    return {};
}

Result<void> takeTexts(const std::string& endpoint, const std::string& passwordFile,
                       ChatClientConfig& chat) {
    auto parsed = parseEndpoint(endpoint);
    if (!parsed)
        return Failure(std::move(parsed.error()));
    if (isDatagram(parsed->transport))
        return Failure(faultError(Fault::NeedsStream, "chat", parsed->text(), "chat"));
    chat.client.endpoint = std::move(*parsed);
    if (passwordFile.empty())
        return {};
    auto password = readTokenFile(passwordFile);
    if (!password) {
        password.error().operation = "chat";
        return Failure(std::move(password.error()));
    }
    chat.password = std::move(*password);
    return {};
}

} // namespace

std::variant<ChatClientOptions, int> parseChat(const std::vector<std::string>& words,
                                               ChatLines lines) {
    ChatClientOptions options;
    Asked asked;
    CLI::App app("Talks to the people of a chat server, line by line: socketscope chat ENDPOINT "
                 "--name NICK [options]\n\n" +
                     chatLineHelp(),
                 "chat");
    addOptions(app, options, asked, lines);
    Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    if (asked.hashesPassword)
        return hashPasswordCommand();
    if (const std::string problem = problemOf(arguments, options.chat, lines); !problem.empty()) {
        printUsageError("chat", problem);
        return usage;
    }
    if (const auto taken =
            takeTexts(arguments.positionals.front(), asked.passwordFile, options.chat);
        !taken) {
        printError(taken.error());
        return usage;
    }
    options.lines.assign(arguments.positionals.begin() + 1, arguments.positionals.end());
    return options;
}

} // namespace sscope::cli
