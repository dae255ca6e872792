#include "core/client/send_arguments.h"

#include <fmt/format.h>

namespace sscope {

namespace {

class Words {
public:
    explicit Words(std::string endpoint) { all.push_back(std::move(endpoint)); }

    void add(const char* option, std::string value, bool differs = true) {
        if (differs)
            all.insert(all.end(), {option, std::move(value)});
    }
    void addSwitch(const char* option, bool value, bool byDefault) {
        add(option, value ? "on" : "off", value != byDefault);
    }
    void addNumber(const char* option, const std::optional<int>& value) {
        if (value)
            add(option, std::to_string(*value));
    }
    void addSeconds(const char* option, Duration value, Duration byDefault) {
        add(option, fmt::format("{:g}", std::chrono::duration<double>(value).count()),
            value != byDefault);
    }

    std::vector<std::string> all;
};

void addSocketOptions(const SocketOptions& options, bool isStream, Words& words) {
    words.addSwitch("--reuse-address", options.reuseAddress, true);
    if (options.reusePort)
        words.all.emplace_back("--reuse-port");
    if (isStream)
        words.addSwitch("--nodelay", options.noDelay, true);
    words.addNumber("--keepalive", options.keepaliveSeconds);
    words.addNumber("--receive-buffer", options.receiveBuffer);
    words.addNumber("--send-buffer", options.sendBuffer);
    words.addNumber("--linger", options.lingerSeconds);
}

void addDatagramOptions(const DatagramOptions& options, Words& words) {
    if (options.broadcast)
        words.all.emplace_back("--broadcast");
    words.addNumber("--multicast-ttl", options.multicastTtl);
    words.add("--multicast-interface", options.multicastInterface,
              !options.multicastInterface.empty());
    words.addSwitch("--multicast-loop", options.multicastLoop, true);
    for (const std::string& group : options.join)
        words.add("--join", group);
}

} // namespace

std::vector<std::string> sendArguments(const ClientConfig& config) {
    const ClientConfig defaults;
    Words words(config.endpoint.text());
    if (config.local)
        words.add("--local", config.local->text());
    words.add("--framing", config.framing.text(), !config.framing.isRaw());
    words.addSeconds("--lookup-timeout", config.lookupTimeout, defaults.lookupTimeout);
    words.addSeconds("--connect-timeout", config.connectTimeout, defaults.connectTimeout);
    words.add("--receive-size", std::to_string(config.receiveSize),
              config.receiveSize != defaults.receiveSize);
    addSocketOptions(config.options, !isDatagram(config.endpoint.transport), words);
    if (config.endpoint.transport == Transport::Udp)
        addDatagramOptions(config.datagrams, words);
    return std::move(words.all);
}

} // namespace sscope
