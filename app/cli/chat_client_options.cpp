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

std::variant<ChatClientOptions, int> parseChat(const std::vector<std::string>& words,
                                               ChatLines lines) {
    ChatClientOptions options;
    std::string passwordFile;
    bool hashesPassword = false;
    CLI::App app("Talks to the people of a chat server, line by line: socketscope chat ENDPOINT "
                 "--name NICK [options]\n\n" +
                     chatLineHelp(),
                 "chat");
    app.add_option("--name", options.chat.name, "what you are called")->type_name("NICK");
    app.add_option("--room", options.chat.room, "the room to join (default lobby)")->type_name("R");
    app.add_option("--password-file", passwordFile, "holds the server's password, one line")
        ->type_name("FILE");
    app.add_flag("--json", options.json, "print what is said as JSON lines");
    if (lines == ChatLines::FromInput)
        app.add_flag("--hash-password", hashesPassword,
                     "read a password from standard input and print its hash, for the "
                     "--password-file of a server; nothing else is done");
    Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    if (hashesPassword)
        return hashPasswordCommand();
    std::string problem;
    if (arguments.positionals.empty())
        problem = "the endpoint is missing, for example 127.0.0.1:65432";
    else if (arguments.positionals.size() > 1 && lines == ChatLines::FromInput)
        problem = "'" + arguments.positionals[1] + "' is one word too many";
    else if (const auto name = chatName(options.chat.name); !name)
        problem = options.chat.name.empty() ? "--name is missing" : "--name: " + name.error();
    else if (const auto room = chatName(options.chat.room); !room)
        problem = "--room: " + room.error();
    if (!problem.empty()) {
        printUsageError("chat", problem);
        return usage;
    }
    auto endpoint = parseEndpoint(arguments.positionals.front());
    if (endpoint && isDatagram(endpoint->transport))
        endpoint = Failure(faultError(Fault::NeedsStream, "chat", endpoint->text(), "chat"));
    if (!endpoint) {
        printError(endpoint.error());
        return usage;
    }
    options.chat.client.endpoint = std::move(*endpoint);
    options.lines.assign(arguments.positionals.begin() + 1, arguments.positionals.end());
    if (!passwordFile.empty()) {
        auto password = readTokenFile(passwordFile);
        if (!password) {
            password.error().operation = "chat";
            printError(password.error());
            return usage;
        }
        options.chat.password = std::move(*password);
    }
    return options;
}

} // namespace sscope::cli
