#include "core/server/server_config.h"

#include <fmt/format.h>

#include "core/framing/framings.h"
#include "core/server/chat_config.h"
#include "core/server/command_config.h"
#include "core/server/execution_models.h"
#include "core/service/services.h"

namespace sscope {

namespace {

constexpr int mostLoops = 64;

template <typename Entries>
std::string namesOf(const Entries& entries) {
    std::string names;
    for (const auto& entry : entries) {
        if (!names.empty())
            names += ", ";
        names += entry.name;
    }
    return names;
}

template <typename Entries>
Failure unknownName(const std::string& option, const std::string& name, const Entries& entries) {
    Error error = faultError(Fault::UnknownName, "serve", option, name);
    error.hint = {.kind = Hint::Kind::Offered, .text = namesOf(entries)};
    return Failure(std::move(error));
}

Failure badValue(const char* option, const std::string& value, const char* example) {
    Error error = faultError(Fault::BadValue, "serve", option, value);
    error.hint = {.kind = Hint::Kind::Example, .text = example};
    return Failure(std::move(error));
}

/// What cannot be, and an example of what can.
Failure refused(Fault fault, const std::string& subject, const std::string& detail,
                const char* example) {
    Error error = faultError(fault, "serve", subject, detail);
    error.hint = {.kind = Hint::Kind::Example, .text = example};
    return Failure(std::move(error));
}

std::string secondsText(Duration duration) {
    return fmt::format("{:g}", std::chrono::duration<double>(duration).count());
}

Result<void> validateFraming(const ServerConfig& config) {
    const Service& service = *findService(config.service);
    const std::string name = config.framing.empty() ? std::string(service.framing) : config.framing;
    const auto framing = Framing::parse(name);
    if (!framing)
        return Failure(unknownFraming("serve", name));
    if (!framing->make(CodecRole::Server, {config.settings.maxMessage, config.settings.maxHeader}))
        return refused(Fault::MessageTooLong, "--framing " + name,
                       std::to_string(config.settings.maxMessage), "--max-message");
    for (const Endpoint& endpoint : config.listen) {
        if (!framing->kind().suitsDatagrams && isDatagram(endpoint.transport))
            return refused(Fault::NeedsStream, endpoint.text(), "--framing " + name,
                           "tcp://127.0.0.1:65432");
    }
    return {};
}

} // namespace

Result<void> validate(const ServerConfig& config) {
    if (!findService(config.service))
        return unknownName("service", config.service, services());
    const ExecutionModel* model = findExecutionModel(config.model);
    if (!model)
        return unknownName("--model", config.model, executionModels());
    if (auto valid = validateChat(config); !valid)
        return valid;
    if (auto suits = validateFraming(config); !suits)
        return suits;
    if (config.loops < 1 || config.loops > mostLoops)
        return badValue("--loops", std::to_string(config.loops), "1 to 64");
    if (config.loops > 1 && !model->hasLoops)
        return refused(Fault::HasNoLoops, "--loops", config.model, "--model epoll");
    if (config.backlog < 0)
        return badValue("--backlog", std::to_string(config.backlog), "128");
    if (config.receiveSize < 1 || config.receiveSize > (1u << 26))
        return badValue("--receive-size", std::to_string(config.receiveSize), "1 to 67108864");
    if (config.maxQueue < 1)
        return badValue("--max-queue", std::to_string(config.maxQueue), "1048576");
    if (config.maxConnections < 1)
        return badValue("--max-connections", "0", "10000");
    if (config.maxPerSource == 0u)
        return badValue("--max-per-source", "0", "100");
    if (config.settings.maxMessage < 1)
        return badValue("--max-message", "0", "16777216");
    if (config.settings.maxHeader < 1)
        return badValue("--max-header", "0", "16384");
    if (config.settings.http && config.service != "reply")
        return refused(Fault::NeedsReply, "--http", config.service, "serve reply --http");
    if (config.settings.http && !config.framing.empty() && config.framing != "raw")
        return badValue("--framing", config.framing, "raw"); // HTTP frames itself
    if (config.listen.empty())
        return badValue("--listen", "", "tcp://127.0.0.1:65432");
    for (const Endpoint& endpoint : config.listen) {
        if (config.settings.http && isDatagram(endpoint.transport))
            return refused(Fault::NeedsStream, endpoint.text(), "--http", "tcp://127.0.0.1:8000");
    }
    return validateCommand(config);
}

std::vector<std::string> serveArguments(const ServerConfig& config) {
    const ServerConfig defaults;
    std::vector<std::string> words{config.service};
    const auto add = [&](const char* option, const std::string& value, bool differs) {
        if (differs)
            words.insert(words.end(), {option, value});
    };
    const auto addSwitch = [&](const char* option, bool value, bool byDefault) {
        add(option, value ? "on" : "off", value != byDefault);
    };
    const auto addNumber = [&](const char* option, const auto& value) {
        if (value)
            add(option, std::to_string(*value), true);
    };
    if (config.service == "reply") {
        add("--reply", config.settings.reply, config.settings.reply != defaults.settings.reply);
        if (config.settings.http)
            words.emplace_back("--http");
    }
    if (config.service == "welcome")
        add("--welcome", config.settings.welcome,
            config.settings.welcome != defaults.settings.welcome);
    if (config.service == "message") {
        add("--dictionary", config.settings.dictionaryFile,
            !config.settings.dictionaryFile.empty());
        if (config.settings.keepOpen)
            words.emplace_back("--keep-open");
    }
    addCommandOptions(config, words);
    addChatOptions(config, words);
    for (const Endpoint& endpoint : config.listen)
        add("--listen", endpoint.text(), config.listen != defaults.listen);
    add("--model", config.model, config.model != defaults.model);
    add("--loops", std::to_string(config.loops), config.loops != defaults.loops);
    if (config.pollInterval)
        add("--poll-interval", secondsText(*config.pollInterval), true);
    add("--framing", config.framing, !config.framing.empty());
    add("--backlog", std::to_string(config.backlog), config.backlog != defaults.backlog);
    add("--receive-size", std::to_string(config.receiveSize),
        config.receiveSize != defaults.receiveSize);
    addSwitch("--reuse-address", config.options.reuseAddress, true);
    if (config.options.reusePort)
        words.emplace_back("--reuse-port");
    addSwitch("--nodelay", config.options.noDelay, true);
    addNumber("--keepalive", config.options.keepaliveSeconds);
    addNumber("--receive-buffer", config.options.receiveBuffer);
    addNumber("--send-buffer", config.options.sendBuffer);
    addNumber("--linger", config.options.lingerSeconds);
    add("--max-connections", std::to_string(config.maxConnections),
        config.maxConnections != defaults.maxConnections);
    addNumber("--max-per-source", config.maxPerSource);
    if (config.idleTimeout)
        add("--idle-timeout", secondsText(*config.idleTimeout), true);
    add("--max-message", std::to_string(config.settings.maxMessage),
        config.settings.maxMessage != defaults.settings.maxMessage);
    add("--max-header", std::to_string(config.settings.maxHeader),
        config.settings.maxHeader != defaults.settings.maxHeader);
    add("--max-queue", std::to_string(config.maxQueue), config.maxQueue != defaults.maxQueue);
    if (config.closeAfterReply)
        words.emplace_back("--close-after-reply");
    if (config.once)
        words.emplace_back("--once");
    if (config.allowPublic)
        words.emplace_back("--allow-public");
    addProgram(config, words);
    return words;
}

} // namespace sscope
