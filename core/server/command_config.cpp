#include "core/server/command_config.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "core/base/encoding.h"

namespace sscope {

namespace {

constexpr auto shortestTimeout = std::chrono::milliseconds(1);

bool isExec(const ServerConfig& config) {
    return config.service == "exec";
}

Error errorWith(Fault fault, const std::string& subject, const std::string& detail,
                std::string example) {
    Error error = faultError(fault, "serve", subject, detail);
    error.hint = {.kind = Hint::Kind::Example, .text = std::move(example)};
    return error;
}

Failure refused(Fault fault, const std::string& subject, const std::string& detail,
                std::string example) {
    return Failure(errorWith(fault, subject, detail, std::move(example)));
}

/// Other machines can reach it. Names are judged when they are resolved (mustBeLocal()).
bool isPublic(const Endpoint& endpoint) {
    if (isUnix(endpoint.transport))
        return false;
    if (endpoint.host == "*")
        return true;
    const auto address = SocketAddress::fromNumeric(endpoint.host, endpoint.port);
    return address && !address->isLoopback();
}

Result<void> validateEndpoints(const ServerConfig& config) {
    for (const Endpoint& endpoint : config.listen) {
        if (isDatagram(endpoint.transport))
            return refused(Fault::NeedsStream, endpoint.text(), config.service,
                           "tcp://127.0.0.1:65432");
        if (isPublic(endpoint) && mustBeLocal(config))
            return Failure(notLocalError(config, endpoint.text()));
    }
    return {};
}

Result<void> validateRun(const CommandSettings& settings) {
    for (const std::string& name : settings.allow) {
        const bool isPath = name.find('/') != std::string::npos;
        if (name.empty() || (isPath && !name.starts_with('/')))
            return refused(Fault::BadValue, "--command-allow", name, "date,ls,/usr/bin/uptime");
    }
    if (settings.timeout < shortestTimeout)
        return refused(Fault::BadValue, "--command-timeout", "0", "10");
    if (settings.outputCap < 1)
        return refused(Fault::BadValue, "--command-output-cap", "0", "1048576");
    if (!settings.outputEncoding.empty() && !isKnownEncoding(settings.outputEncoding))
        return refused(Fault::UnknownEncoding, "--output-encoding", settings.outputEncoding, "GBK");
    return {};
}

/// Under `ready` an answer is one message, and has its limit.
Result<void> validateAnswers(const ServerConfig& config) {
    constexpr std::size_t problemRoom = 2000; // for what went wrong
    constexpr std::size_t mostGrowth = 3;     // a byte that is U+FFFD, or another of that page
    const CommandSettings& settings = config.settings.command;
    const std::size_t growth = settings.outputEncoding.empty() ? 1 : mostGrowth;
    const std::size_t room =
        (config.settings.maxMessage - std::min(config.settings.maxMessage, problemRoom)) / growth;
    if (config.framing != "ready" || settings.outputCap <= room)
        return {};
    return refused(
        Fault::BadValue, "--command-output-cap",
        fmt::format("{} beside --max-message {}", settings.outputCap, config.settings.maxMessage),
        room > 0 ? std::to_string(room) : "--max-message 16777216");
}

Result<void> validateProgram(const ServerConfig& config) {
    const auto& program = config.settings.command.program;
    if (program.empty() || program.front().empty())
        return refused(Fault::NeedsProgram, "exec", {}, "serve exec --allow-command -- cat");
    const auto unsuited = [](const char* option) {
        return refused(Fault::NotForExec, option, {}, "serve exec --allow-command -- cat");
    };
    if (!config.framing.empty())
        return unsuited("--framing");
    if (config.idleTimeout)
        return unsuited("--idle-timeout");
    if (config.closeAfterReply)
        return unsuited("--close-after-reply");
    return {};
}

} // namespace

bool runsPrograms(const ServerConfig& config) {
    return config.service == "command" || isExec(config);
}

bool mustBeLocal(const ServerConfig& config) {
    const CommandSettings& settings = config.settings.command;
    const bool hasShell = config.service == "command" && settings.shell;
    return runsPrograms(config) && (hasShell || settings.tokenFile.empty());
}

Error notLocalError(const ServerConfig& config, const std::string& endpoint) {
    if (config.service == "command" && config.settings.command.shell)
        return errorWith(Fault::ShellInPublic, "--shell", endpoint,
                         "--listen tcp://127.0.0.1:65432");
    return errorWith(Fault::NeedsToken, "--token-file", endpoint,
                     "--token-file FILE, or --listen tcp://127.0.0.1:65432");
}

Result<void> validateCommand(const ServerConfig& config) {
    const CommandSettings& settings = config.settings.command;
    if (!runsPrograms(config))
        return {};
    if (!settings.isAllowed)
        return refused(Fault::NeedsLeave, "--allow-command", config.service,
                       "serve " + config.service + " --allow-command");
    if (isExec(config)) {
        if (auto valid = validateProgram(config); !valid)
            return valid;
    } else {
        if (!config.framing.empty() && config.framing != "raw" && config.framing != "ready")
            return refused(Fault::BadValue, "--framing", config.framing, "raw, or ready");
        if (auto valid = validateRun(settings); !valid)
            return valid;
        if (auto valid = validateAnswers(config); !valid)
            return valid;
    }
    if (auto valid = validateEndpoints(config); !valid)
        return valid;
    if (!settings.tokenFile.empty() && config.closeAfterReply) // the first reply is about the token
        return refused(Fault::BadValue, "--close-after-reply", "beside --token-file",
                       "the message exit, which closes too");
    return {};
}

void addCommandOptions(const ServerConfig& config, std::vector<std::string>& words) {
    if (!runsPrograms(config))
        return;
    const CommandSettings& settings = config.settings.command;
    const CommandSettings defaults;
    const auto add = [&](const char* option, const std::string& value, bool differs) {
        if (differs)
            words.insert(words.end(), {option, value});
    };
    if (settings.isAllowed)
        words.emplace_back("--allow-command");
    if (!isExec(config)) {
        std::string names;
        for (const std::string& name : settings.allow)
            names += (names.empty() ? "" : ",") + name;
        add("--command-allow", names, !settings.allow.empty());
        add("--command-timeout",
            fmt::format("{:g}", std::chrono::duration<double>(settings.timeout).count()),
            settings.timeout != defaults.timeout);
        add("--command-output-cap", std::to_string(settings.outputCap),
            settings.outputCap != defaults.outputCap);
        if (settings.shell)
            words.emplace_back("--shell");
        add("--output-encoding", settings.outputEncoding, !settings.outputEncoding.empty());
    }
    add("--token-file", settings.tokenFile, !settings.tokenFile.empty());
}

void addProgram(const ServerConfig& config, std::vector<std::string>& words) {
    const auto& program = config.settings.command.program;
    if (!isExec(config) || program.empty())
        return;
    words.emplace_back("--");
    words.insert(words.end(), program.begin(), program.end());
}

} // namespace sscope
