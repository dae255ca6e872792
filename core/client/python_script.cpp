#include <algorithm>

#include <fmt/format.h>

#include "core/base/utf8.h"
#include "core/client/session_actions.h"

namespace sscope {

namespace {

using Kind = SessionAction::Kind;

constexpr std::size_t lineWidth = 88;

/// One byte as it stands in a literal between double quotes.
std::string escapedByte(unsigned char byte) {
    switch (byte) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    default:
        return byte >= 0x20 && byte < 0x7F ? std::string(1, static_cast<char>(byte))
                                           : fmt::format("\\x{:02x}", byte);
    }
}

/// A bytes literal; a long one in parts that stand below each other, indented.
std::string bytesLiteral(std::string_view bytes, std::size_t indent) {
    std::string literal;
    std::string part;
    std::string lineStart(indent + 5, ' ');
    lineStart.front() = '\n';
    for (const char c : bytes) {
        const std::string next = escapedByte(static_cast<unsigned char>(c));
        if (part.size() + next.size() + indent + 7 > lineWidth) {
            literal += fmt::format("{}b\"{}\"", lineStart, part);
            part.clear();
        }
        part += next;
    }
    if (literal.empty())
        return fmt::format("b\"{}\"", part);
    return fmt::format("{}{}b\"{}\"\n{:{}}", literal, lineStart, part, "", indent);
}

/// A str literal; what is not UTF-8 as Python's surrogateescape has it.
std::string textLiteral(std::string_view text) {
    std::string literal = "\"";
    while (!text.empty()) {
        const Utf8Step step = decodeUtf8(text);
        if (step.valid && step.codePoint < 0x80)
            literal += escapedByte(static_cast<unsigned char>(step.codePoint));
        else if (step.valid)
            literal += fmt::format("\\U{:08x}", static_cast<std::uint32_t>(step.codePoint));
        else
            literal += fmt::format("\\udc{:02x}", static_cast<unsigned char>(text.front()));
        text.remove_prefix(step.valid ? step.length : 1);
    }
    return literal + '"';
}

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
    if (session.local)
        text += fmt::format("sock.bind({})\n", local);
    return text + "sock.connect(address)\n";
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

std::string line(const SessionAction& action, bool datagrams) {
    constexpr std::size_t indent = 8;
    switch (action.kind) {
    case Kind::Send:
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
    if (session.datagrams != DatagramOptions())
        text += commentLine(datagramOptionsLeftOut);
    text += "import socket\n";
    if (uses(actions, Kind::Reset))
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
        text += "        " + line(action, isDatagram(session.endpoint.transport)) + '\n';
    if (actions.empty())
        text += "        pass\n";
    return text + "    except OSError as problem:\n        sys.exit(str(problem))\n";
}

} // namespace sscope
