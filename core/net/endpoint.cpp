#include "core/net/endpoint.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/base/display_text.h"
#include "core/base/utf8.h"

namespace sscope {

namespace {

struct Scheme {
    std::string_view name;
    std::optional<Transport> transport; // none: known, but not offered
    std::optional<std::uint16_t> port;  // where the scheme implies one, and a URL's path may follow
};

constexpr std::array schemes{
    Scheme{"tcp", Transport::Tcp, {}},
    Scheme{"udp", Transport::Udp, {}},
    Scheme{"unix", Transport::Unix, {}},
    Scheme{"unixgram", Transport::Unixgram, {}},
    Scheme{"tls", {}, {}},
    Scheme{"http", Transport::Tcp, std::uint16_t{80}},
    Scheme{"https", {}, {}},
};

std::string_view trimmed(std::string_view text) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return lower;
}

bool isNumber(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isHostName(std::string_view host) {
    if (host == "*")
        return true;
    if (host.empty() || host.size() > 253)
        return false;
    while (!host.empty()) {
        const Utf8Step step = decodeUtf8(host);
        const char32_t c = step.codePoint;
        const bool isPlain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                             (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
        const bool isLetterBeyond = c >= 0xA1 && !isHiddenCharacter(c); // IDNA, for getaddrinfo
        if (!step.valid || !(isPlain || isLetterBeyond))
            return false;
        host.remove_prefix(step.length);
    }
    return true;
}

/// Takes one text apart; keeps it for the errors.
class EndpointParser {
public:
    EndpointParser(std::string_view text, const EndpointDefaults& defaults)
        : m_text(text), m_defaults(defaults) {}

    Result<Endpoint> parse() {
        std::string_view rest = trimmed(m_text);
        if (rest.empty())
            return fail(Fault::EmptyEndpoint);
        Endpoint endpoint{.transport = m_defaults.transport};
        std::optional<std::uint16_t> impliedPort;
        if (const auto colon = rest.find(':'); colon != std::string_view::npos) {
            const std::string name = lowerCase(rest.substr(0, colon)); // RFC 3986 3.1
            const bool isUrl = rest.substr(colon + 1).starts_with("//");
            const auto scheme = std::ranges::find(schemes, name, &Scheme::name);
            const bool isUnixForm = name == "unix" || name == "unixgram";
            if (isUrl && scheme == schemes.end())
                return fail(Fault::UnknownScheme, name);
            if (isUrl || isUnixForm) {
                if (!scheme->transport)
                    return fail(Fault::SchemeNotOffered, name);
                endpoint.transport = *scheme->transport;
                impliedPort = scheme->port;
                rest.remove_prefix(colon + (isUnixForm ? 1 : 3));
            }
        }
        if (isUnix(endpoint.transport))
            return parsePath(std::move(endpoint), rest);
        if (impliedPort) // a URL: what follows the authority is not ours
            rest = rest.substr(0, rest.find_first_of("/?#"));
        else if (rest.ends_with('/'))
            rest.remove_suffix(1);
        return parseAuthority(std::move(endpoint), rest, impliedPort);
    }

private:
    [[nodiscard]] Failure fail(Fault fault, std::string_view detail = {}) const {
        Error error = faultError(fault, "endpoint", std::string(m_text), std::string(detail));
        error.hint = {.kind = Hint::Kind::Example, .text = "tcp://127.0.0.1:65432"};
        return Failure(std::move(error));
    }

    Result<Endpoint> parsePath(Endpoint endpoint, std::string_view path) const {
        if (path.starts_with("//")) // unix:///run/x names the same as unix:/run/x
            path.remove_prefix(2);
        if (path.empty() || path == "@")
            return fail(Fault::EmptyPath);
        if (path.find('\0') != std::string_view::npos)
            return fail(Fault::BadValue, path);
        endpoint.path = path;
        if (auto address = SocketAddress::fromUnixPath(endpoint.path); !address) {
            Error error = std::move(address.error());
            error.hint.kind = Hint::Kind::AnotherPath;
            return Failure(std::move(error));
        }
        return endpoint;
    }

    Result<Endpoint> parseAuthority(Endpoint endpoint, std::string_view rest,
                                    std::optional<std::uint16_t> impliedPort) const {
        std::optional<std::string_view> port;
        if (rest.starts_with('[')) {
            const auto bracket = rest.find(']');
            if (bracket == std::string_view::npos)
                return fail(Fault::UnclosedBracket);
            endpoint.host = rest.substr(1, bracket - 1);
            if (endpoint.host.find(':') == std::string::npos ||
                !SocketAddress::fromNumeric(endpoint.host, 0))
                return fail(Fault::BadIpv6Address, endpoint.host);
            rest.remove_prefix(bracket + 1);
            if (!rest.empty() && rest.front() != ':' && rest.front() != ' ')
                return fail(Fault::BadPort, rest);
            if (!rest.empty())
                port = trimmed(rest.substr(1));
        } else if (isNumber(rest)) {
            port = rest;
        } else {
            const auto colon = rest.rfind(':');
            const auto blank = rest.find_last_of(" \t");
            const auto split = colon != std::string_view::npos ? colon : blank;
            endpoint.host = trimmed(rest.substr(0, split));
            if (split != std::string_view::npos)
                port = trimmed(rest.substr(split + 1));
            if (endpoint.host.find(':') != std::string::npos)
                return fail(Fault::BadHost, endpoint.host); // IPv6 stands in brackets
            if (!endpoint.host.empty() && !isHostName(endpoint.host))
                return fail(Fault::BadHost, endpoint.host);
        }
        return finish(std::move(endpoint), port, impliedPort);
    }

    Result<Endpoint> finish(Endpoint endpoint, std::optional<std::string_view> port,
                            std::optional<std::uint16_t> impliedPort) const {
        if (endpoint.host.empty()) {
            if (!port || port->empty())
                return fail(Fault::MissingHost);
            endpoint.host = m_defaults.host;
        }
        if (!port || port->empty()) {
            if (!impliedPort)
                return fail(Fault::MissingPort);
            endpoint.port = *impliedPort;
            return endpoint;
        }
        const bool isNegative = port->starts_with('-') && isNumber(port->substr(1));
        if (!isNumber(*port) && !isNegative)
            return fail(Fault::BadPort, *port);
        unsigned value = 0;
        const auto [end, problem] =
            std::from_chars(port->data(), port->data() + port->size(), value);
        if (isNegative || problem != std::errc() || value > 65535)
            return fail(Fault::PortOutOfRange, *port);
        endpoint.port = static_cast<std::uint16_t>(value);
        return endpoint;
    }

    std::string_view m_text;
    const EndpointDefaults& m_defaults;
};

} // namespace

std::string_view transportName(Transport transport) {
    switch (transport) {
    case Transport::Tcp:
        return "tcp";
    case Transport::Udp:
        return "udp";
    case Transport::Unix:
        return "unix";
    case Transport::Unixgram:
        return "unixgram";
    }
    return {};
}

std::string Endpoint::text() const {
    const std::string name(transportName(transport));
    if (isUnix(transport)) // a path that begins with // must not be taken for a URL's
        return name + (path.starts_with("//") ? "://" : ":") + path;
    const bool needsBrackets = host.find(':') != std::string::npos;
    return name + "://" + (needsBrackets ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

Result<Endpoint> parseEndpoint(std::string_view text, const EndpointDefaults& defaults) {
    return EndpointParser(text, defaults).parse();
}

std::string endpointText(Transport transport, const SocketAddress& address) {
    return std::string(transportName(transport)) + (isUnix(transport) ? ":" : "://") +
           address.text();
}

} // namespace sscope
