#include "core/load/load_config.h"

#include <cmath>

#include <fmt/format.h>

#include "core/load/load_request.h"

namespace sscope {

namespace {

using std::chrono::seconds;

constexpr std::uint32_t mostConnections = 60'000;
constexpr std::uint64_t largestSize = 64 << 20;
constexpr Duration longest = std::chrono::hours(24);
constexpr double highestRate = 10e6;

Failure badValue(const char* option, const std::string& value, const char* example) {
    Error error = faultError(Fault::BadValue, "load", option, value);
    error.hint = {.kind = Hint::Kind::Example, .text = example};
    return Failure(std::move(error));
}

std::string secondsText(Duration duration) {
    return fmt::format("{:g}", std::chrono::duration<double>(duration).count());
}

/// A request that the framing cannot carry is no load.
Result<void> validateFraming(const LoadConfig& config) {
    const std::string name = config.framing.text();
    if (!config.framing.kind().suitsDatagrams) // ready: what its client sends is raw
        return badValue("--framing", name, "--framing length:u32be");
    if (auto request = LoadRequest::make(config); !request) {
        Error error = std::move(request.error());
        error.operation = "load";
        error.subject = fmt::format("--framing {} --size {}", name, config.size);
        return Failure(std::move(error));
    }
    return {};
}

} // namespace

Duration LoadConfig::effectiveReplyTimeout() const {
    return replyTimeout.value_or(isDatagram(endpoint.transport) ? seconds(1) : seconds(10));
}

Result<void> validate(const LoadConfig& config) {
    if (config.endpoint.host == "*")
        return Failure(faultError(Fault::BadHost, "endpoint", config.endpoint.text(), "*"));
    if (config.connections < 1 || config.connections > mostConnections)
        return badValue("--connections", std::to_string(config.connections), "1 to 60000");
    const bool isEmpty = config.size == 0 && config.framing.isRaw();
    if (config.size > largestSize || (isEmpty && !isDatagram(config.endpoint.transport)))
        return badValue("--size", std::to_string(config.size), "1 to 64M");
    if (config.duration <= Duration::zero() || config.duration > longest)
        return badValue("--duration", secondsText(config.duration), "0.1 to 86400");
    if (config.rate &&
        !(std::isfinite(*config.rate) && *config.rate > 0 && *config.rate <= highestRate))
        return badValue("--rate", fmt::format("{:g}", *config.rate), "1 to 10000000");
    if (config.effectiveReplyTimeout() <= Duration::zero())
        return badValue("--reply-timeout", secondsText(config.effectiveReplyTimeout()), "1");
    return validateFraming(config);
}

std::vector<std::string> loadArguments(const LoadConfig& config) {
    const LoadConfig defaults;
    std::vector<std::string> words{config.endpoint.text()};
    const auto add = [&](const char* option, const std::string& value, bool differs) {
        if (differs)
            words.insert(words.end(), {option, value});
    };
    add("--connections", std::to_string(config.connections),
        config.connections != defaults.connections);
    add("--size", std::to_string(config.size), config.size != defaults.size);
    add("--duration", secondsText(config.duration), config.duration != defaults.duration);
    if (config.rate)
        add("--rate", fmt::format("{:g}", *config.rate), true);
    add("--framing", config.framing.text(), !config.framing.isRaw());
    if (config.replyTimeout)
        add("--reply-timeout", secondsText(*config.replyTimeout), true);
    add("--connect-timeout", secondsText(config.connectTimeout),
        config.connectTimeout != defaults.connectTimeout);
    if (config.verifyEcho)
        words.emplace_back("--verify");
    return words;
}

} // namespace sscope
