#include "core/client/session_actions.h"

#include "core/base/display_text.h"

namespace sscope {

namespace {

using Kind = SessionAction::Kind;

/// Keeps what a codec transmits.
struct WireSink final : CodecSink {
    void deliver(const Message&) override {}
    void sending(const Message&) override {}
    void transmit(ByteView bytes) override { wire += textOf(bytes); }
    void transmitFrom(std::unique_ptr<ByteSource>) override {}
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void fail(std::string) override {}
    void tooLong(std::size_t) override {}

    std::string wire;
};

class ActionList {
public:
    explicit ActionList(const SessionSteps& session)
        : m_isDatagram(isDatagram(session.endpoint.transport)),
          m_isReady(session.framing.kind().name == "ready"),
          m_codec(session.framing.make(CodecRole::Client, {.content = SIZE_MAX})) {}

    void operator()(const session_step::Sent& sent) {
        WireSink sink;
        if (!m_codec->send({.content = sent.content, .header = sent.header}, sink))
            return; // the framing could not carry it, so it was not sent
        if (m_isDatagram || !sink.wire.empty())
            actions.push_back({.kind = Kind::Send, .bytes = std::move(sink.wire)});
    }
    void operator()(const session_step::Received& received) {
        if (m_isReady && received.messages > 0) {
            actions.push_back({.kind = Kind::ReceiveOffered, .count = received.bytes});
            return;
        }
        const bool follows = !actions.empty() && actions.back().kind == Kind::Receive;
        if (follows && !m_isDatagram)
            actions.back().count += received.bytes;
        else if (m_isDatagram || received.bytes > 0)
            actions.push_back({.kind = Kind::Receive, .count = received.bytes});
    }
    void operator()(const session_step::Paused& paused) {
        actions.push_back({.kind = Kind::Pause, .length = paused.length});
    }
    void operator()(const session_step::HalfClosed&) {
        if (!m_isDatagram)
            actions.push_back({.kind = Kind::HalfClose});
    }
    void operator()(const session_step::PeerFinished&) {
        if (!m_isDatagram)
            actions.push_back({.kind = Kind::ReceiveToEnd});
    }
    void operator()(const session_step::Closed& closed) {
        if (closed.reset && !m_isDatagram)
            actions.push_back({.kind = Kind::Reset});
    }

    std::vector<SessionAction> actions;

private:
    const bool m_isDatagram;
    const bool m_isReady;
    const std::unique_ptr<Codec> m_codec;
};

} // namespace

std::vector<SessionAction> sessionActions(const SessionSteps& session) {
    ActionList list(session);
    for (const SessionStep& step : session.steps)
        std::visit(list, step);
    return std::move(list.actions);
}

std::string commentLine(std::string_view text) {
    return "# " + displaySafe(text) + '\n';
}

std::string sessionTitle(const SessionSteps& session) {
    std::string title = "A conversation with " + session.endpoint.text();
    if (!session.framing.isRaw())
        title += ", framing " + session.framing.text();
    return title + ", recorded by Socketscope.";
}

} // namespace sscope
