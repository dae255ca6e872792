#include "app/cli/error_line.h"

#include <cerrno>
#include <cstdio>

#include <fmt/format.h>

#include "core/base/display_text.h"

namespace sscope::cli {

namespace {

std::string portHint(const Hint& hint) {
    return hint.port > 0 ? fmt::format("try {}.", hint.port) : "choose another.";
}

/// Of a kind that has no arguments.
const char* fixedRemedy(Hint::Kind kind) {
    switch (kind) {
    case Hint::Kind::None:
        return "";
    case Hint::Kind::NothingListens:
        return "Nothing listens there; start the server, or check the port.";
    case Hint::Kind::CheckName:
        return "Check the name, or give a numeric address.";
    case Hint::Kind::CheckAddress:
        return "The address is not one of this machine; try 127.0.0.1.";
    case Hint::Kind::CheckRoute:
        return "There is no way to that address; check the network and the address.";
    case Hint::Kind::CheckFirewall:
        return "Nothing answered; check the address, or a firewall on the way.";
    case Hint::Kind::AllowPublic:
        return "Add --allow-public if that is meant, or listen on 127.0.0.1.";
    case Hint::Kind::MoreDescriptors:
        return "Raise the limit of open files (ulimit -n), or close connections.";
    case Hint::Kind::FewerWatched:
        return "Use --model poll or epoll.";
    case Hint::Kind::AnotherPath:
        return "Check the path, or choose another.";
    case Hint::Kind::PeerClosed:
        return "The other side has closed the connection; connect again.";
    case Hint::Kind::NoFreePort:
        return "Every port that the system gives out is taken (net.ipv4.ip_local_port_range); "
               "close connections, or name a port.";
    case Hint::Kind::Resources:
        return "The system is short of memory, threads or ports; close something and try again.";
    case Hint::Kind::CheckResolver:
        return "Check the network and the name servers (/etc/resolv.conf), or give a numeric "
               "address.";
    case Hint::Kind::TryBroadcast:
        return "If that is a broadcast address, allow it: try --broadcast.";
    case Hint::Kind::OtherFamily:
        return "Our own end and the peer must both be IPv4, or both IPv6.";
    case Hint::Kind::LocalFirewall:
        return "A firewall of this machine forbids it; check its rules.";
    case Hint::Kind::Prohibited:
        return "A firewall on the way forbids it; try another port, or ask who runs it.";
    case Hint::Kind::StaleSocket:
        return "The file is there, but nobody serves it; start the server.";
    case Hint::Kind::NotASocket:
        return "The file is not a socket; check the path.";
    case Hint::Kind::PrivilegedPort:
    case Hint::Kind::PortHeld:
    case Hint::Kind::PortTaken:
    case Hint::Kind::DatagramSize:
    case Hint::Kind::Offered:
    case Hint::Kind::Example:
    case Hint::Kind::Permission:
    case Hint::Kind::OtherType:
    case Hint::Kind::PathMtu:
    case Hint::Kind::NameInterface:
    case Hint::Kind::SysctlLimit:
        break; // remedyText() words it
    }
    return "";
}

std::string remedyText(const Hint& hint) {
    switch (hint.kind) {
    case Hint::Kind::PrivilegedPort:
        return fmt::format("Ports below 1024 need CAP_NET_BIND_SERVICE; try {}.", hint.number);
    case Hint::Kind::PortHeld:
        return fmt::format("The port is held by {}, pid {}; {}", displaySafe(hint.text),
                           hint.number, portHint(hint));
    case Hint::Kind::PortTaken:
        return fmt::format("The port is held by another socket; {}", portHint(hint));
    case Hint::Kind::DatagramSize:
        return fmt::format("A UDP datagram carries at most {} bytes; send it in parts, or by TCP.",
                           hint.number);
    case Hint::Kind::Offered:
        return fmt::format("There are: {}.", hint.text);
    case Hint::Kind::Example:
        return fmt::format("For example: {}.", hint.text);
    case Hint::Kind::Permission:
        return hint.text.empty()
                   ? std::string("Run it as a user who may.")
                   : fmt::format("It needs {}: run it as root, or give it that capability.",
                                 hint.text);
    case Hint::Kind::OtherType:
        return fmt::format("The socket there is of another type; try {}.", displaySafe(hint.text));
    case Hint::Kind::PathMtu:
        return fmt::format("Datagrams over {} bytes must be cut on the way there; send it again, "
                           "or in smaller parts.",
                           hint.number);
    case Hint::Kind::NameInterface:
        return fmt::format("Name an interface, one of: {}.", displaySafe(hint.text));
    case Hint::Kind::SysctlLimit:
        return fmt::format("The sysctl {} sets the limit.", hint.text);
    default:
        return fixedRemedy(hint.kind);
    }
}

} // namespace

std::string hintText(const Error& error) {
    std::string text = remedyText(error.hint);
    if (error.report.message.empty())
        return text;
    const std::string report = fmt::format("{} from {}.", displaySafe(error.report.message),
                                           displaySafe(error.report.host));
    return text.empty() ? report : report + ' ' + text;
}

std::string errorSentence(const Error& error) {
    std::string sentence = errorText(error);
    if (const std::string hint = hintText(error); !hint.empty())
        sentence += ". " + hint;
    return sentence;
}

std::string errorLine(const Error& error) {
    return "socketscope: " + errorSentence(error);
}

std::string errorMessage(const Error& error) {
    std::string message = reasonText(error);
    if (const std::string hint = hintText(error); !hint.empty())
        message += ". " + hint;
    return message;
}

void printToStandardError(const std::string& line) {
    // Not by fmt, which throws where nobody can be told any more.
    (void)std::fputs((line + '\n').c_str(), stderr);
}

void printError(const Error& error) {
    printToStandardError(errorLine(error));
}

void printUsageError(const std::string& command, const std::string& what) {
    printToStandardError(fmt::format("socketscope: {}{}. Try 'socketscope {}--help'.",
                                     command.empty() ? "" : command + ": ", displaySafe(what),
                                     command.empty() ? "" : command + ' '));
}

} // namespace sscope::cli
