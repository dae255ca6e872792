#include <algorithm>

#include <fmt/format.h>

#include "core/client/python_literals.h"
#include "core/client/session_actions.h"

namespace sscope {

namespace {

using Kind = SessionAction::Kind;

std::string pathLiteral(const std::string& path) {
    const bool isAbstract = path.starts_with('@');
    return bytesLiteral(isAbstract ? std::string(1, '\0') + path.substr(1) : path, 0);
}

std::string inetLiteral(const Endpoint& endpoint) {
    return fmt::format("({}, {})", textLiteral(endpoint.host == "*" ? "" : endpoint.host),
                       endpoint.port);
}

std::string seconds(Duration duration) {
    return fmt::format("{:g}", std::chrono::duration<double>(duration).count());
}

bool uses(const std::vector<SessionAction>& actions, Kind kind) {
    return std::ranges::find(actions, kind, &SessionAction::kind) != actions.end();
}

/// setsockopt(2) for what DatagramOptions differ in, before the socket is bound.
std::string groupOptions(const SessionSteps& session) {
    const DatagramOptions& options = session.datagrams;
    const bool isIpv6 = session.endpoint.host.find(':') != std::string::npos;
    std::string text;
    const auto add = [&](std::string_view level, std::string_view name, std::string_view value) {
        text += fmt::format("sock.setsockopt(socket.{}, socket.{}, {})\n", level, name, value);
    };
    const auto addEither = [&](std::string_view name4, std::string_view name6, int value) {
        add(isIpv6 ? "IPPROTO_IPV6" : "IPPROTO_IP", isIpv6 ? name6 : name4, std::to_string(value));
    };
    if (options.broadcast)
        add("SOL_SOCKET", "SO_BROADCAST", "1");
    if (options.multicastTtl)
        addEither("IP_MULTICAST_TTL", "IPV6_MULTICAST_HOPS", *options.multicastTtl);
    if (!options.multicastLoop)
        addEither("IP_MULTICAST_LOOP", "IPV6_MULTICAST_LOOP", 0);
    if (!options.multicastInterface.empty() || !options.join.empty())
        text += options.multicastInterface.empty()
                    ? "interface = 0  # the kernel's choice\n"
                    : fmt::format("interface = socket.if_nametoindex({})\n",
                                  textLiteral(options.multicastInterface));
    if (!options.multicastInterface.empty())
        add(isIpv6 ? "IPPROTO_IPV6" : "IPPROTO_IP",
            isIpv6 ? "IPV6_MULTICAST_IF" : "IP_MULTICAST_IF",
            isIpv6 ? "interface" : "struct.pack(\"8xi\", interface)");
    if (!options.join.empty())
        add("SOL_SOCKET", "SO_REUSEADDR", "1"); // the group's other hearers are on the same port
    for (const std::string& group : options.join) {
        const bool isGroup6 = group.find(':') != std::string::npos;
        const std::string address = fmt::format("socket.inet_pton(socket.AF_INET{}, {})",
                                                isGroup6 ? "6" : "", textLiteral(group));
        add(isGroup6 ? "IPPROTO_IPV6" : "IPPROTO_IP",
            isGroup6 ? "IPV6_JOIN_GROUP" : "IP_ADD_MEMBERSHIP",
            fmt::format("struct.pack(\"{}\", {}, interface)", isGroup6 ? "=16si" : "=4s4xi",
                        address));
    }
    return text;
}

/// How the socket comes about, connected.
std::string opening(const SessionSteps& session) {
    const Endpoint& endpoint = session.endpoint;
    const bool datagrams = isDatagram(endpoint.transport);
    if (isUnix(endpoint.transport)) {
        std::string text = fmt::format("sock = socket.socket(socket.AF_UNIX, socket.SOCK_{})\n"
                                       "sock.settimeout(10)\n",
                                       datagrams ? "DGRAM" : "STREAM");
        if (session.local)
            text += fmt::format("sock.bind({})\n", pathLiteral(session.local->path));
        else if (datagrams)
            text += "sock.bind(\"\")  # a name of the kernel's choice, to be answered at\n";
        return text + fmt::format("sock.connect({})\n", pathLiteral(endpoint.path));
    }
    const std::string local = session.local ? inetLiteral(*session.local) : "None";
    if (!datagrams)
        return fmt::format("sock = socket.create_connection({}, timeout=10{})\n",
                           inetLiteral(endpoint),
                           session.local ? ", source_address=" + local : std::string());
    std::string text = fmt::format("family, kind, protocol, _, address = socket.getaddrinfo(\n"
                                   "    {}, {}, type=socket.SOCK_DGRAM\n"
                                   ")[0]\n"
                                   "sock = socket.socket(family, kind, protocol)\n"
                                   "sock.settimeout(10)\n",
                                   textLiteral(endpoint.host), endpoint.port);
    text += groupOptions(session);
    const bool reachesMany = sscope::reachesMany(endpoint, session.datagrams);
    if (session.local)
        text += fmt::format("sock.bind({})\n", local);
    else if (reachesMany)
        text += fmt::format("sock.bind((\"\", {}))\n",
                            session.datagrams.join.empty() ? 0 : int{endpoint.port});
    // Many may answer, each from an address of its own: a connected socket would hear none.
    return text + (reachesMany ? "" : "sock.connect(address)\n");
}

std::string optionLines(const SessionSteps& session) {
    const SocketOptions& options = session.options;
    std::string text;
    const auto add = [&](std::string_view level, std::string_view name, int value) {
        text += fmt::format("sock.setsockopt(socket.{}, socket.{}, {})\n", level, name, value);
    };
    if (session.endpoint.transport == Transport::Tcp) {
        if (options.noDelay)
            add("IPPROTO_TCP", "TCP_NODELAY", 1);
        if (options.keepaliveSeconds) {
            add("SOL_SOCKET", "SO_KEEPALIVE", 1);
            add("IPPROTO_TCP", "TCP_KEEPIDLE", *options.keepaliveSeconds);
        }
    }
    if (options.receiveBuffer)
        add("SOL_SOCKET", "SO_RCVBUF", *options.receiveBuffer);
    if (options.sendBuffer)
        add("SOL_SOCKET", "SO_SNDBUF", *options.sendBuffer);
    return text;
}

constexpr std::string_view receiveFunction = R"py(

def receive(count):
    data = bytearray()
    while len(data) < count:
        piece = sock.recv(min(count - len(data), 65536))
        if not piece:
            sys.exit(f"the peer has closed after {len(data)} of {count} bytes")
        data += piece
    print("received", bytes(data))
)py";

constexpr std::string_view receiveDatagramFunction = R"py(

def receive_datagram():
    print("received", sock.recv(65536))
)py";

constexpr std::string_view receiveOfferedFunction = R"py(

def receive_offered(count):
    offer = sock.recv(4096)
    print("received", offer)
    sock.sendall(b"Start")
    receive(count - len(offer))
)py";

constexpr std::string_view receiveToEndFunction = R"py(

def receive_to_end():
    while data := sock.recv(65536):
        print("received", data)
)py";

std::string functions(const SessionSteps& session, const std::vector<SessionAction>& actions) {
    std::string text;
    if (isDatagram(session.endpoint.transport)) {
        if (uses(actions, Kind::Receive))
            text += receiveDatagramFunction;
        return text;
    }
    if (uses(actions, Kind::Receive) || uses(actions, Kind::ReceiveOffered))
        text += receiveFunction;
    if (uses(actions, Kind::ReceiveOffered))
        text += receiveOfferedFunction;
    if (uses(actions, Kind::ReceiveToEnd))
        text += receiveToEndFunction;
    return text;
}

std::string line(const SessionAction& action, const SessionSteps& session) {
    constexpr std::size_t indent = 8;
    const bool datagrams = isDatagram(session.endpoint.transport);
    switch (action.kind) {
    case Kind::Send:
        if (reachesMany(session.endpoint, session.datagrams))
            return fmt::format("sock.sendto({}, address)", bytesLiteral(action.bytes, indent));
        return fmt::format("sock.{}({})", datagrams ? "send" : "sendall",
                           bytesLiteral(action.bytes, indent));
    case Kind::Receive:
        return datagrams ? "receive_datagram()" : fmt::format("receive({})", action.count);
    case Kind::ReceiveOffered:
        return fmt::format("receive_offered({})", action.count);
    case Kind::Pause:
        return fmt::format("time.sleep({})", seconds(action.length));
    case Kind::HalfClose:
        return "sock.shutdown(socket.SHUT_WR)";
    case Kind::ReceiveToEnd:
        return "receive_to_end()";
    case Kind::Reset: // on, and no time to send what waits
        return "sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(\"ii\", 1, 0))";
    }
    return "pass";
}

} // namespace

std::string pythonScript(const SessionSteps& session) {
    const std::vector<SessionAction> actions = sessionActions(session);
    std::string text = "#!/usr/bin/env python3\n" + commentLine(sessionTitle(session));
    text += "import socket\n";
    if (uses(actions, Kind::Reset) || session.datagrams != DatagramOptions())
        text += "import struct\n";
    text += "import sys\n";
    if (uses(actions, Kind::Pause))
        text += "import time\n";
    text += functions(session, actions);
    // What is at the top of a module stands after its functions: they find sock when they run.
    text += "\n\n";
    text += opening(session) + optionLines(session);
    text += "with sock:\n    try:\n";
    for (const SessionAction& action : actions)
        text += "        " + line(action, session) + '\n';
    if (actions.empty())
        text += "        pass\n";
    return text + "    except OSError as problem:\n        sys.exit(str(problem))\n";
}

} // namespace sscope
