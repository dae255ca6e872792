#include "app/cli/load_options.h"

#include <limits>

#include <CLI/CLI.hpp>

#include "app/cli/arguments.h"
#include "app/cli/error_line.h"

namespace sscope::cli {

namespace {

/// Options of which only the text is kept until all are read.
struct Texts {
    std::string framing = "raw";
    bool json = false;
    bool csv = false;
};

void addOptions(CLI::App& app, Texts& texts, LoadConfig& load) {
    addCount(
        app, "--connections", 1,
        [&load](std::uint64_t count) {
            constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
            load.connections = static_cast<std::uint32_t>(std::min(count, most));
        },
        "how many connections (default 50)");
    addBytes(
        app, "--size", [&load](std::uint64_t bytes) { load.size = bytes; },
        "bytes of a request's content (default 64)");
    addTime(
        app, "--duration", "S", 0.001,
        [&load](double value) { load.duration = fromSeconds(value); },
        "seconds in which requests are due (default 10)");
    addTime(
        app, "--rate", "PER_SECOND", 0.001, [&load](double value) { load.rate = value; },
        "open loop: so many requests a second in all, due at fixed times whatever the server does "
        "(default: closed loop, each connection sends the next once its reply is whole)");
    app.add_option("--framing", texts.framing,
                   "one message is answered by one: " + framingUsage() +
                       "; raw: a reply has as many bytes as its request")
        ->capture_default_str();
    app.add_flag("--verify", load.verifyEcho, "a reply must be the very bytes of its request");
    addTime(
        app, "--reply-timeout", "S", 0.001,
        [&load](double value) { load.replyTimeout = fromSeconds(value); },
        "seconds until a request without its reply has failed (default 10, of datagrams 1)");
    addTime(
        app, "--connect-timeout", "S", 0.001,
        [&load](double value) { load.connectTimeout = fromSeconds(value); },
        "seconds for each connection (default 10)");
    auto* json = app.add_flag("--json", texts.json, "print one JSON object");
    app.add_flag("--csv", texts.csv, "print a row for each second")->excludes(json);
}

Result<void> takeTexts(const std::vector<std::string>& positionals, const Texts& texts,
                       LoadOptions& options) {
    auto endpoint = parseEndpoint(positionals.front());
    if (!endpoint)
        return Failure(std::move(endpoint.error()));
    options.load.endpoint = std::move(*endpoint);
    const auto framing = Framing::parse(texts.framing);
    if (!framing)
        return Failure(unknownFraming("load", texts.framing));
    options.load.framing = *framing;
    options.output = texts.json ? LoadOutput::Json : texts.csv ? LoadOutput::Csv : LoadOutput::Text;
    return validate(options.load);
}

} // namespace

std::variant<LoadOptions, int> parseLoad(const std::vector<std::string>& words) {
    LoadOptions options;
    Texts texts;
    CLI::App app("Sends requests and measures how long their replies take, from when each was due: "
                 "socketscope load ENDPOINT [options]",
                 "load");
    addOptions(app, texts, options.load);
    Arguments arguments = separate(app, words);
    if (const auto code = parseOptions(app, arguments.options))
        return *code;
    if (arguments.positionals.size() != 1) {
        printUsageError("load", arguments.positionals.empty()
                                    ? "the endpoint is missing, for example 127.0.0.1:65432"
                                    : "'" + arguments.positionals[1] + "' is one word too many");
        return usage;
    }
    if (auto taken = takeTexts(arguments.positionals, texts, options); !taken) {
        printError(taken.error());
        return usage;
    }
    return options;
}

} // namespace sscope::cli
