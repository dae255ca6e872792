#include <algorithm>

#include <fmt/format.h>

#include "core/base/shell_words.h"
#include "core/client/message_words.h"
#include "core/client/send_arguments.h"
#include "core/client/session_actions.h"

namespace sscope {

namespace {

// The kernel takes no longer argument (MAX_ARG_STRLEN, execve(2): 128 KiB).
constexpr std::size_t longestWord = 120'000;

/// The shortest list that, repeated, gives this one.
std::size_t periodOf(const std::vector<std::string>& words) {
    for (std::size_t period = 1; period <= words.size() / 2; ++period) {
        if (words.size() % period == 0 &&
            std::equal(words.begin() + static_cast<std::ptrdiff_t>(period), words.end(),
                       words.begin()))
            return period;
    }
    return words.size();
}

class SendLineWriter {
public:
    explicit SendLineWriter(const SessionSteps& session)
        : m_session(session),
          m_isDatagram(isDatagram(session.endpoint.transport)),
          m_isStream(session.framing.isRaw() && !m_isDatagram) {
        for (const SessionStep& step : session.steps)
            std::visit(*this, step);
    }

    // What the session did.
    void operator()(const session_step::Sent& sent) {
        if (m_isStream && sent.content.empty())
            return;
        if (!m_session.framing.accepts(sent.content, sent.header))
            return; // so it was not sent
        if (m_hasReplied && m_isStream)
            note("send does not wait for a reply before it sends the next message.");
        m_messages.emplace_back(textOf(sent.content));
        if (m_messages.size() == 1)
            m_header = sent.header;
        else if (m_header != sent.header)
            note("The messages had different headers; each gets that of the first.");
    }
    void operator()(const session_step::Received& received) {
        m_hasReplied = true;
        m_replies += m_isDatagram ? 1 : received.messages;
    }
    void operator()(const session_step::Paused& paused) {
        if (m_interval != Duration::zero() && m_interval != paused.length)
            note("The pauses were of different lengths; all are as long as the first.");
        else
            m_interval = paused.length;
    }
    void operator()(const session_step::HalfClosed&) { m_halfClosed = true; }
    void operator()(const session_step::PeerFinished&) { m_untilClose = !m_isDatagram; }
    void operator()(const session_step::Closed& closed) {
        if (closed.reset && !m_isDatagram)
            note("The session ended with a reset; this ends with a close.");
    }

    std::string write() {
        std::string command = "socketscope send";
        addOptions(command);
        const std::string input = addMessages(command);
        std::string text = commentLine(sessionTitle(m_session));
        for (const std::string& each : m_notes)
            text += commentLine(each);
        return text + input + command + '\n';
    }

private:
    void addOptions(std::string& command) {
        const auto add = [&](const std::string& word) { command += ' ' + shellQuoted(word); };
        for (const std::string& word : sendArguments({.endpoint = m_session.endpoint,
                                       .local = m_session.local,
                                       .framing = m_session.framing,
                                       .options = m_session.options,
                                       .datagrams = m_session.datagrams}))
            add(word);
        for (const char* field : {"content-type", "content-encoding"}) {
            const std::string_view value = fieldValue(m_header, field);
            if (m_session.framing.kind().name == "message" && !value.empty()) {
                add("--" + std::string(field));
                add(std::string(value));
            }
        }
        if (m_interval > Duration::zero()) {
            add("--interval");
            add(fmt::format("{:g}", std::chrono::duration<double, std::milli>(m_interval).count()));
        }
        if (m_halfClosed)
            add("--half-close");
        addEnd(add);
    }

    template <typename Add>
    void addEnd(const Add& add) const {
        if (m_untilClose) {
            add("--until-close");
        } else if (!m_hasReplied) {
            add("--wait");
            add("0");
        } else if (!m_isStream && m_replies != m_messages.size()) {
            add("--replies");
            add(std::to_string(m_replies));
        }
    }

    /// The messages as words, or the command that gives them to standard input.
    std::string addMessages(std::string& command) {
        auto [option, words] = messageWords(m_messages);
        const std::size_t period = periodOf(words);
        const auto isLong = [](const std::string& word) { return word.size() > longestWord; };
        if (std::ranges::any_of(words, isLong)) {
            if (m_isStream || words.size() == 1)
                return addInput(command);
            note("A message is too long for a command line; Python can send it.");
        }
        if (words.empty())
            return {};
        if (!option.empty())
            command += ' ' + option;
        if (period < words.size())
            command += fmt::format(" --repeat {}", words.size() / period);
        words.resize(period);
        command += " --";
        for (const std::string& word : words)
            command += ' ' + shellQuoted(word);
        return {};
    }

    /// One message, or a stream in which messages are not told apart, through a pipe.
    std::string addInput(std::string& command) const {
        std::string all;
        for (const std::string& message : m_messages)
            all += message;
        command += " --stdin";
        std::string octal;
        for (const char byte : all)
            octal += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
        return "printf '" + octal + "' | ";
    }

    void note(std::string text) {
        if (std::ranges::find(m_notes, text) == m_notes.end())
            m_notes.push_back(std::move(text));
    }

    const SessionSteps& m_session;
    const bool m_isDatagram;
    const bool m_isStream; // of bytes, without messages
    std::vector<std::string> m_messages;
    std::vector<HeaderField> m_header;
    std::uint64_t m_replies = 0;
    Duration m_interval{};
    bool m_hasReplied = false;
    bool m_halfClosed = false;
    bool m_untilClose = false;
    std::vector<std::string> m_notes;
};

} // namespace

std::string sendLine(const SessionSteps& session) {
    return SendLineWriter(session).write();
}

} // namespace sscope
