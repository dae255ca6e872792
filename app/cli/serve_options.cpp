#include "app/cli/serve_options.h"

#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"
#include "app/cli/chat_options.h"
#include "app/cli/command_options.h"
#include "app/cli/error_line.h"
#include "app/cli/socket_arguments.h"
#include "core/framing/framings.h"
#include "core/server/execution_models.h"
#include "core/service/services.h"

namespace sscope::cli {

namespace {

/// Options of which only the text is kept until all are read.
struct Texts {
    std::vector<std::string> listen;
    std::optional<double> pollInterval;
    std::optional<double> idleTimeout;
};

template <typename Entries>
std::string namesOf(const Entries& entries) {
    std::string names;
    for (const auto& entry : entries)
        names += (names.empty() ? "" : ", ") + std::string(entry.name);
    return names;
}

void addServiceSettings(CLI::App& app, ServiceSettings& settings) {
    app.add_option("--reply", settings.reply, "what `reply` sends (default Yes)")
        ->type_name("TEXT");
    app.add_flag("--http", settings.http, "`reply` answers HTTP requests");
    app.add_option("--welcome", settings.welcome,
                   "what `welcome` sends on accept (default: welcome to here)")
        ->type_name("TEXT");
    app.add_option("--dictionary", settings.dictionaryFile,
                   "what `message` searches in: a JSON object (default: built-in entries)")
        ->type_name("FILE");
    app.add_flag("--keep-open", settings.keepOpen,
                 "`message` serves more than one message on a connection");
    addCommandOptions(app, settings.command);
    addChatOptions(app, settings.chat);
}

void addLimits(CLI::App& app, ServerConfig& config, Texts& texts) {
    addCount(
        app, "--max-connections", 1,
        [&config](std::uint64_t count) {
            config.maxConnections = static_cast<std::uint32_t>(clampToInt(count));
        },
        "connections at a time (default 10000)");
    addCount(
        app, "--max-per-source", 1,
        [&config](std::uint64_t count) {
            config.maxPerSource = static_cast<std::uint32_t>(clampToInt(count));
        },
        "connections from one address, IPv6 /64 or Unix user (default off; of `chat` 100 from "
        "another machine)");
    addTime(
        app, "--idle-timeout", "S", 0.001, [&texts](double value) { texts.idleTimeout = value; },
        "close after so many seconds without a byte (default off)");
    addBytes(
        app, "--max-message",
        [&config](std::uint64_t bytes) { config.settings.maxMessage = bytes; },
        "bytes of one message (default 16 MiB)");
    addBytes(
        app, "--max-header", [&config](std::uint64_t bytes) { config.settings.maxHeader = bytes; },
        "bytes of one message's header (default 16 KiB)");
    addBytes(
        app, "--max-queue", [&config](std::uint64_t bytes) { config.maxQueue = bytes; },
        "bytes that may wait for a slow peer (default 1 MiB)");
}

std::optional<Error> takeTexts(const Texts& texts, ServerConfig& config) {
    if (!texts.listen.empty())
        config.listen.clear();
    for (const std::string& text : texts.listen) {
        auto endpoint = parseEndpoint(text, {.host = "127.0.0.1"});
        if (!endpoint)
            return endpoint.error();
        config.listen.push_back(std::move(*endpoint));
    }
    if (texts.pollInterval)
        config.pollInterval = fromSeconds(*texts.pollInterval);
    if (texts.idleTimeout)
        config.idleTimeout = fromSeconds(*texts.idleTimeout);
    if (auto valid = validate(config); !valid)
        return valid.error();
    return std::nullopt;
}

void addOptions(CLI::App& app, ServeOptions& options, Texts& texts) {
    ServerConfig& config = options.config;
    app.add_option("--listen", texts.listen,
                   "where to listen; may be given several times (default tcp://127.0.0.1:65432)")
        ->allow_extra_args(false)
        ->type_name("ENDPOINT");
    app.add_option("--model", config.model, "execution model")->capture_default_str();
    app.add_option("--loops", config.loops, "reactor threads")->capture_default_str();
    addTime(
        app, "--poll-interval", "S", 0.001, [&texts](double value) { texts.pollInterval = value; },
        "wake up at least every S seconds");
    app.add_option("--framing", config.framing, "how messages are told apart");
    app.add_option("--backlog", config.backlog, "listen(2)")->capture_default_str();
    addBytes(
        app, "--receive-size", [&config](std::uint64_t bytes) { config.receiveSize = bytes; },
        "bytes asked of one recv (default 65536)");
    addSocketOptions(app, config.options);
    addLimits(app, config, texts);
    addServiceSettings(app, config.settings);
    app.add_flag("--close-after-reply", config.closeAfterReply,
                 "close once the answer to the first message is sent");
    app.add_flag("--once", config.once, "serve one connection or datagram, then exit");
    app.add_flag("--allow-public", config.allowPublic,
                 "listen on addresses that other machines can reach");
    app.add_flag("--json", options.json, "events as JSON lines");
    app.add_flag("--trace", options.trace,
                 "with --json: messages, receives, sends and wake-ups too");
}

/// What is wrong with the words beside the options, and with the options beside each other.
std::optional<std::string> problemOf(const Arguments& arguments, const ServeOptions& options) {
    if (arguments.positionals.empty())
        return "the service is missing, for example echo";
    if (arguments.positionals.size() > 1)
        return "'" + arguments.positionals[1] + "' is one word too many";
    if (options.trace && !options.json)
        return "--trace needs --json";
    return std::nullopt;
}

} // namespace

std::variant<ServeOptions, int> parseServe(const std::vector<std::string>& words) {
    ServeOptions options;
    Texts texts;
    CLI::App app(
        "Starts a server: socketscope serve SERVICE [options]\n\nServices: " + namesOf(services()) +
            "\nModels: " + namesOf(executionModels()) + "\nFramings: " + framingUsage(),
        "serve");
    addOptions(app, options, texts);
    Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    auto problem = takeProgram(arguments, options.config.settings.command);
    if (!problem)
        problem = problemOf(arguments, options);
    if (problem) {
        printUsageError("serve", *problem);
        return usage;
    }
    options.config.service = arguments.positionals.front();
    if (const auto error = takeTexts(texts, options.config)) {
        printError(*error);
        return usage;
    }
    return options;
}

} // namespace sscope::cli
