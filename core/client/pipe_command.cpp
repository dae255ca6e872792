#include <algorithm>

#include <fmt/format.h>

#include "core/base/display_text.h"
#include "core/base/shell_words.h"
#include "core/base/utf8.h"
#include "core/client/session_actions.h"

namespace sscope {

namespace {

using Kind = SessionAction::Kind;

// In place of a reply that was waited for, and between datagrams: seconds.
constexpr std::string_view betweenSends = "sleep 0.2";
// What a shell's printf gives to the pipe at once, so that one read gets it.
constexpr std::size_t surelyWhole = 512;

/// The operand of printf(1) for these bytes, in single quotes. No byte ends the quotes, begins a
/// conversion or looks like an option.
std::string printfOperand(std::string_view bytes) {
    std::string operand = "'";
    const bool looksLikeOption = bytes.starts_with('-');
    while (!bytes.empty()) {
        const Utf8Step step = decodeUtf8(bytes);
        const char c = bytes.front();
        if (c == '\n')
            operand += "\\n";
        else if (c == '\r')
            operand += "\\r";
        else if (c == '\t')
            operand += "\\t";
        else if (c == '%')
            operand += "%%";
        else if (c == '\\')
            operand += "\\\\";
        else if (!step.valid || c == '\'' || isHiddenCharacter(step.codePoint) ||
                 (looksLikeOption && operand.size() == 1))
            for (const char byte : bytes.substr(0, step.length))
                operand += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
        else
            operand += bytes.substr(0, step.length);
        bytes.remove_prefix(step.length);
    }
    return operand + "'";
}

/// Part of an address of socat, whose own special characters lose their meaning.
std::string socatQuoted(std::string_view text) {
    std::string quoted;
    for (const char c : text) {
        if (std::string_view(",:!\"'\\([{").find(c) != std::string_view::npos)
            quoted += '\\';
        quoted += c;
    }
    return quoted;
}

std::string socatHost(const std::string& host) {
    return host.find(':') != std::string::npos ? '[' + host + ']' : socatQuoted(host);
}

std::string seconds(Duration duration) {
    return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

class PipeWriter {
public:
    explicit PipeWriter(const SessionSteps& session)
        : m_session(session),
          m_actions(sessionActions(session)),
          m_isDatagram(isDatagram(session.endpoint.transport)) {}

    std::string write() {
        const std::string input = producer();
        const std::string tool = m_isDatagram || isAbstract(m_session.endpoint) ? socat() : ncat();
        std::string text = commentLine(sessionTitle(m_session));
        for (const std::string& note : m_notes)
            text += commentLine(note);
        return text + (input.empty() ? tool + emptyInput() : input + " | " + tool) + '\n';
    }

private:
    [[nodiscard]] static bool isAbstract(const Endpoint& endpoint) {
        return isUnix(endpoint.transport) && endpoint.path.starts_with('@');
    }
    [[nodiscard]] bool has(Kind kind) const {
        return std::ranges::find(m_actions, kind, &SessionAction::kind) != m_actions.end();
    }
    [[nodiscard]] bool receives() const {
        return has(Kind::Receive) || has(Kind::ReceiveOffered) || has(Kind::ReceiveToEnd);
    }
    [[nodiscard]] bool sends() const { return has(Kind::Send) || has(Kind::ReceiveOffered); }

    /// The commands that write what is sent, in order; empty where nothing is.
    std::string producer() {
        std::vector<std::string> commands;
        bool mustWait = false; // before the next that is sent
        const auto add = [&](std::string command) {
            if (std::exchange(mustWait, false) && !commands.empty())
                commands.emplace_back(betweenSends);
            commands.push_back(std::move(command));
        };
        for (const SessionAction& action : m_actions) {
            if (action.kind == Kind::Send) {
                add(printfOf(action.bytes));
                mustWait = m_isDatagram;
            } else if (action.kind == Kind::ReceiveOffered) {
                mustWait = true;
                add("printf Start");
                mustWait = true;
            } else if (action.kind == Kind::Pause) {
                commands.push_back("sleep " + seconds(action.length));
                mustWait = false;
            } else if (action.kind == Kind::Receive) {
                mustWait = true;
            } else if (action.kind == Kind::Reset) {
                note("The session ended with a reset; this ends with a close.");
            }
        }
        if (!sends())
            return {};
        noteWaits(commands);
        return joined(commands);
    }

    std::string printfOf(std::string_view bytes) {
        if (m_isDatagram && bytes.empty())
            note(
                "A datagram without content was sent; a pipe cannot carry it, and it is left out.");
        std::string command = "printf " + printfOperand(bytes);
        // One write for each datagram, so that socat reads it in one piece.
        if (m_isDatagram && bytes.size() > surelyWhole)
            command += " | dd bs=65536 iflag=fullblock status=none";
        return command;
    }

    void noteWaits(const std::vector<std::string>& commands) {
        if (std::ranges::find(commands, betweenSends) == commands.end())
            return;
        note(m_isDatagram ? "Each read of socat is a datagram: sleep keeps them apart."
                          : "Where the session waited for a reply, this waits for 0.2 s.");
    }

    static std::string joined(const std::vector<std::string>& commands) {
        if (commands.size() == 1)
            return commands.front();
        std::string text = "{";
        for (const std::string& command : commands)
            text += ' ' + command + ';';
        return text + " }";
    }

    [[nodiscard]] std::string emptyInput() const {
        return m_usesRecvOnly ? std::string() : " </dev/null";
    }

    std::string ncat() {
        std::string command = "ncat";
        noteOptions();
        if (!sends() && receives()) {
            m_usesRecvOnly = true;
            command += " --recv-only";
        } else if (!receives()) {
            command += " --send-only";
        } else if (has(Kind::ReceiveToEnd) && !has(Kind::HalfClose)) {
            command += " --no-shutdown"; // the peer is the first to end
        } else if (!has(Kind::HalfClose)) {
            note("ncat ends its direction after the last byte, and reads until the peer closes.");
        }
        const Endpoint& endpoint = m_session.endpoint;
        if (isUnix(endpoint.transport))
            return command + " -U -- " + shellQuoted(endpoint.path);
        if (m_session.local && !m_session.local->host.empty() && m_session.local->host != "*")
            command += " -s " + shellQuoted(m_session.local->host);
        if (m_session.local && m_session.local->port != 0)
            command += fmt::format(" -p {}", m_session.local->port);
        if (endpoint.host.starts_with('-'))
            command += " --";
        return command + fmt::format(" {} {}", shellQuoted(endpoint.host), endpoint.port);
    }

    std::string socat() {
        noteOptions();
        // -t: what comes after the last byte is waited for; only as long as that takes.
        std::string command = "socat -b 65536";
        if (m_isDatagram || receives())
            command += receives() ? " -t 1" : " -t 0.2";
        if (m_isDatagram && receives())
            note("socat waits for replies until 1 s after the last datagram.");
        return command + " - " + shellWord(socatAddress());
    }

    /// The name that we are answered at has the shell's number, which quotes would hide.
    [[nodiscard]] std::string shellWord(const std::string& address) const {
        return shellQuoted(address) + (m_needsName ? ",bind=/tmp/socketscope.$$" : "");
    }

    std::string socatAddress() {
        const Endpoint& endpoint = m_session.endpoint;
        if (isUnix(endpoint.transport)) {
            const bool abstract = isAbstract(endpoint);
            const std::string name =
                socatQuoted(abstract ? endpoint.path.substr(1) : endpoint.path);
            if (!m_isDatagram)
                return "ABSTRACT-CONNECT:" + name;
            m_needsName = !abstract && receives();
            return (abstract ? "ABSTRACT-SENDTO:" : "UNIX-SENDTO:") + name +
                   (abstract && receives() ? ",bind=socketscope-reply" : "");
        }
        std::string address = fmt::format("UDP:{}:{}", socatHost(endpoint.host), endpoint.port);
        if (m_session.local) {
            const Endpoint& local = *m_session.local;
            const bool isNamed = !local.host.empty() && local.host != "*";
            address += fmt::format(",bind={}:{}", isNamed ? socatHost(local.host) : std::string(),
                                   local.port);
        }
        return address;
    }

    void noteOptions() {
        if (m_session.options != SocketOptions())
            note("The session's socket options are left out.");
        if (m_session.datagrams != DatagramOptions())
            note("The session's broadcast and multicast options are left out.");
    }

    void note(std::string text) {
        if (std::ranges::find(m_notes, text) == m_notes.end())
            m_notes.push_back(std::move(text));
    }

    const SessionSteps& m_session;
    const std::vector<SessionAction> m_actions;
    const bool m_isDatagram;
    bool m_usesRecvOnly = false;
    bool m_needsName = false;
    std::vector<std::string> m_notes;
};

} // namespace

std::string pipeCommand(const SessionSteps& session) {
    return PipeWriter(session).write();
}

} // namespace sscope
