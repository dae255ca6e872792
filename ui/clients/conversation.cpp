#include "ui/clients/conversation.h"

#include <QCoreApplication>
#include <QPointer>

#include "ui/common/error_text.h"
#include "ui/common/formats.h"

namespace sscope {

namespace {

using namespace std::chrono_literals;

// What is done sooner need not be announced.
constexpr auto slowAfter = 400ms;
constexpr auto hearAfter = 100ms;

/// Whether the endpoint was a name, and this is what it stands for.
bool isOfName(const lifecycle::Resolved& resolved) {
    return resolved.family != "AF_UNIX" &&
           (resolved.canonicalName.empty() ||
            resolved.address.find(resolved.canonicalName) == std::string::npos);
}

/// "127.0.0.1:65432" from "tcp://127.0.0.1:65432".
QString shown(const std::string& endpoint) {
    return withoutScheme(toQString(displaySafe(endpoint)));
}

/// "[::1]:65432 is localhost: AF_INET6, SOCK_STREAM, IPPROTO_TCP": a result of getaddrinfo(3).
QString resolvedText(const lifecycle::Resolved& resolved) {
    const QString kind = QStringLiteral("%1, %2, %3")
                             .arg(toQString(resolved.family), toQString(resolved.type),
                                  toQString(resolved.protocol));
    // The first result alone carries the canonical name.
    if (resolved.canonicalName.empty())
        return Conversation::tr("found %1 (%2)").arg(shown(resolved.address), kind);
    return Conversation::tr("found %1 (%2), canonical name %3")
        .arg(shown(resolved.address), kind, toQString(displaySafe(resolved.canonicalName)));
}

} // namespace

Conversation::Conversation(ConversationModel::Side side, bool isDatagram, QObject* parent)
    : QObject(parent), m_model(side, isDatagram, this) {
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &Conversation::dropRecords);
    m_slow.setSingleShot(true);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        // Where the window itself was busy, what has happened meanwhile is not heard yet.
        if (!std::exchange(m_isSlow, true)) {
            m_slow.start(hearAfter);
            return;
        }
        m_model.addNote(m_slowSince, 0, ConversationRow::Kind::Note, m_slowText);
        m_model.commit();
    });
}

void Conversation::note(ConversationRow::Kind kind, const QString& text) {
    m_model.addNote(SteadyClock::now(), 0, kind, text);
    m_model.commit();
}

void Conversation::noteIfSlow(const QString& text) {
    m_slowText = text;
    m_slowSince = SteadyClock::now();
    m_isSlow = false;
    m_slow.start(slowAfter);
}

std::shared_ptr<ConversationRecord> Conversation::record(std::uint32_t stream) const {
    const auto it = m_records.find(stream);
    return it == m_records.end() ? nullptr : it->second;
}

RowContent Conversation::contentOf(const ConversationRow& row) const {
    return contentOfRow(row, record(row.stream));
}

void Conversation::setRecord(std::shared_ptr<ConversationRecord> record) {
    const std::uint32_t stream = m_model.stream();
    record->setStopped([guard = QPointer<Conversation>(this), stream] {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, stream] {
                if (guard)
                    guard->tellRecordStopped(stream);
            },
            Qt::QueuedConnection);
    });
    m_records[stream] = std::move(record);
    dropRecords();
}

void Conversation::tellRecordStopped(std::uint32_t stream) {
    const auto stopped = record(stream);
    const std::optional<Error> why = stopped ? stopped->stopReason() : std::nullopt;
    if (!why)
        return;
    m_model.addNote(
        SteadyClock::now(), 0, ConversationRow::Kind::Bad,
        tr("The record of this connection is kept up to byte %1 received and %2 sent: "
           "%3. The connection goes on; of what follows a row keeps its beginning only.")
            .arg(countText(stopped->kept(RecordSide::Received)),
                 countText(stopped->kept(RecordSide::Sent)), reasonWords(*why)));
    m_model.commit();
}

/// A record lasts as long as a row of its connection.
void Conversation::dropRecords() {
    std::erase_if(m_records, [this](const auto& entry) {
        return entry.first < m_model.oldestStream() && entry.first != m_model.stream();
    });
}

bool Conversation::concerns(ConnectionId connection, PeerId peer) const {
    return connection == m_connection && (m_peer == 0 || peer == m_peer);
}

void Conversation::setConnection(ConnectionId connection, PeerId peer) {
    m_connection = connection;
    m_peer = peer;
    m_counters = {};
    m_endings.clear();
    m_toldFailure.clear();
}

void Conversation::setEnds(const QString& local, const QString& remote) {
    m_local = local;
    m_remote = remote;
}

void Conversation::setState(LinkState state) {
    m_state = state;
    Q_EMIT stateChanged();
}

void Conversation::take(const ConnectionState& state) {
    if (state.peer == m_peer)
        m_counters = state.counters;
    else // one of many
        m_model.setPeerName(state.peer, withoutScheme(toQString(displaySafe(state.endpoint))));
}

void Conversation::take(const LifecycleEvent& event) {
    using Kind = ConversationRow::Kind;
    const auto note = [&](Kind kind, const QString& text) {
        m_model.addNote(event.time, event.sequence, kind, text);
    };
    if (takeOpening(event))
        return;
    if (std::holds_alternative<lifecycle::PeerFinished>(event.what)) {
        note(Kind::Note, tr("the other side sends no more"));
        m_endings.push_back({event.time, session_step::PeerFinished{}});
    } else if (std::holds_alternative<lifecycle::HalfClosed>(event.what)) {
        note(Kind::Note, tr("this side sends no more"));
        m_endings.push_back({event.time, session_step::HalfClosed{}});
        setState(LinkState::HalfClosed);
    } else if (const auto* limit = std::get_if<lifecycle::LimitReached>(&event.what)) {
        note(Kind::Bad, reasonWords(limit->error));
    } else if (const auto* broken = std::get_if<lifecycle::ProtocolError>(&event.what)) {
        note(Kind::Bad, toQString(displaySafe(broken->reason)));
    } else if (const auto* problem = std::get_if<lifecycle::Failed>(&event.what)) {
        note(Kind::Bad, errorWords(problem->error));
    } else if (const auto* closed = std::get_if<lifecycle::Closed>(&event.what)) {
        takeClosed(event, *closed);
    }
}

/// False where it is not of the way to a connection.
bool Conversation::takeOpening(const LifecycleEvent& event) {
    using Kind = ConversationRow::Kind;
    const auto note = [&](Kind kind, const QString& text, std::optional<Duration> latency = {}) {
        m_model.addNote(event.time, event.sequence, kind, text, latency);
    };
    if (const auto* resolved = std::get_if<lifecycle::Resolved>(&event.what)) {
        m_slow.stop();
        if (isOfName(*resolved))
            note(Kind::Note, resolvedText(*resolved));
    } else if (const auto* trying = std::get_if<lifecycle::Connecting>(&event.what)) {
        noteIfSlow(tr("trying %1").arg(shown(trying->address)));
    } else if (const auto* failed = std::get_if<lifecycle::AttemptFailed>(&event.what)) {
        m_slow.stop();
        m_toldFailure = failed->error.code;
        const QString hint = hintWords(failed->error);
        // The hint names the next port; there is none after the last.
        if (failed->error.hint.kind == Hint::Kind::PortTaken)
            Q_EMIT ownPortTaken(static_cast<quint16>(failed->error.hint.port - 1));
        note(Kind::Bad, tr("%1 %2").arg(shown(failed->address), reasonWords(failed->error)) +
                            (hint.isEmpty() ? QString() : QStringLiteral(". ") + hint));
    } else if (const auto* connected = std::get_if<lifecycle::Connected>(&event.what)) {
        m_slow.stop();
        const bool hasName = !connected->local.ends_with(':'); // a Unix client needs none
        note(Kind::Good,
             hasName
                 ? tr("%1 connected from %2").arg(shown(connected->peer), shown(connected->local))
                 : tr("%1 connected; our end has no name").arg(shown(connected->peer)),
             connected->took);
        setEnds(toQString(connected->local), toQString(connected->peer));
        setState(LinkState::Open);
    } else {
        return false;
    }
    return true;
}

void Conversation::takeClosed(const LifecycleEvent& event, const lifecycle::Closed& closed) {
    using Kind = ConversationRow::Kind;
    m_slow.stop();
    // A failed attempt has said so itself; what comes before any, or after the last, has not.
    const bool isTold = m_state == LinkState::Connecting && closed.reason == CloseReason::Error &&
                        closed.error.code == m_toldFailure;
    const bool isOurs = closed.reason == CloseReason::Local;
    const bool isBad = closed.reason != CloseReason::Peer && !isOurs;
    const bool isReset = isOurs && m_resetAsked;
    const bool isGivenUp = m_state == LinkState::Connecting && isOurs;
    if (!isTold)
        m_model.addNote(event.time, event.sequence, isBad ? Kind::Bad : Kind::Note,
                        isReset     ? tr("reset by this side")
                        : isGivenUp ? tr("given up by this side")
                                    : closeWords(closed));
    m_counters = closed.counters;
    if (isOurs)
        m_endings.push_back({event.time, session_step::Closed{isReset}});
    setState(afterEnd(closed));
}

void Conversation::closeConnection(bool reset) {
    m_resetAsked = reset;
    endConnection(reset);
}

} // namespace sscope
