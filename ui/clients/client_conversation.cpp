#include "ui/clients/client_conversation.h"

#include <algorithm>

#include <QRandomGenerator>

#include "ui/clients/conversation_hub.h"
#include "ui/common/error_text.h"
#include "ui/common/formats.h"
#include "ui/engine_bridge.h"

namespace sscope {

ClientConversation::ClientConversation(EngineBridge& bridge, ConversationHub& hub, QObject* parent)
    : Conversation(ConversationModel::Side::Client, false, parent),
      m_bridge(bridge),
      m_hub(hub),
      m_owner(bridge.engine().newOwner()),
      m_delay(QRandomGenerator::global()->generate64()) {
    m_hub.add(*this, m_owner);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ClientConversation::open);
    connect(&model(), &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { nameFiles(first, last); });
}

ClientConversation::~ClientConversation() {
    m_hub.remove(*this);
    m_bridge.engine().clients().close(connection(), false);
}

void ClientConversation::connectTo(const ClientConfig& config, bool reconnects) {
    m_retry.stop();
    m_delay.reset();
    if (state() != LinkState::Waiting)
        endConnection(false);
    m_config = config;
    m_reconnects = reconnects;
    open();
}

void ClientConversation::open() {
    setConnection({m_owner, ++m_attempts});
    setEnds({}, {});
    m_sentFiles.clear();
    const Endpoint& endpoint = m_config.endpoint;
    model().beginStream(m_config.framing, isDatagram(endpoint.transport));
    m_config.figures =
        endpoint.transport == Transport::Udp ? std::make_shared<SharedDatagramFigures>() : nullptr;
    const auto record = m_hub.records().make();
    m_config.tee = record;
    setRecord(record);
    m_kernelState.reset();
    setState(LinkState::Connecting);
    ClientManager& clients = m_bridge.engine().clients();
    if (auto opened = clients.open(connection(), m_config); !opened) {
        note(ConversationRow::Kind::Bad, errorWords(opened.error()));
        setState(LinkState::Closed);
        return;
    }
    if (needsLookup(endpoint))
        noteIfSlow(tr("looking up %1").arg(toQString(displaySafe(endpoint.host))));
    if (endpoint.transport == Transport::Tcp) {
        m_kernelState = std::make_shared<WatchedState>();
        clients.watch(connection(), m_kernelState);
    }
}

/// Not after a close, a reset or a half-close of ours: then the person wants it to end.
LinkState ClientConversation::afterEnd(const lifecycle::Closed& closed) {
    // A server that accepts and closes at once is not back yet.
    constexpr Duration longEnough = std::chrono::seconds(5);
    const bool isOurs = closed.reason == CloseReason::Local ||
                        closed.reason == CloseReason::Limit ||
                        closed.reason == CloseReason::Protocol || state() == LinkState::HalfClosed;
    if (!m_reconnects || isOurs)
        return LinkState::Closed;
    if (state() == LinkState::Open && closed.lasted > longEnough)
        m_delay.reset();
    const Duration delay = m_delay.next();
    m_retry.start(std::chrono::duration_cast<std::chrono::milliseconds>(delay));
    // Not committed yet: what came in the same batch stands before it.
    model().addNote(SteadyClock::now(), 0, ConversationRow::Kind::Note,
                    tr("trying again in %1 (attempt %2)", "in 3.2 s")
                        .arg(QStringLiteral("%1 s").arg(
                            std::chrono::duration<double>(delay).count(), 0, 'f', 1))
                        .arg(m_delay.attempts() + 1));
    return LinkState::Waiting;
}

void ClientConversation::setReconnects(bool reconnects) {
    m_reconnects = reconnects;
    if (!reconnects && state() == LinkState::Waiting)
        closeConnection(false);
}

std::optional<SocketState> ClientConversation::kernelState() const {
    // connect(2) on a datagram socket is this state, and nothing but a close ends it.
    const bool isConnectedUdp = m_config.endpoint.transport == Transport::Udp &&
                                state() == LinkState::Open &&
                                !reachesMany(m_config.endpoint, m_config.datagrams);
    if (isConnectedUdp)
        return SocketState::Established;
    return m_kernelState ? m_kernelState->load() : std::nullopt;
}

DatagramFigures ClientConversation::figures() const {
    return m_config.figures ? m_config.figures->load() : DatagramFigures();
}

void ClientConversation::send(OwnedMessage message) {
    m_bridge.engine().clients().send(connection(), std::move(message));
}

void ClientConversation::sendStep(const SendStep& message) {
    m_bridge.engine().clients().send(connection(), message);
}

void ClientConversation::run(const SendPlan& plan, const std::shared_ptr<SendProgress>& progress) {
    m_bridge.engine().clients().run(connection(), plan, progress);
}

void ClientConversation::stopPlan() {
    m_bridge.engine().clients().stopPlan(connection());
}

void ClientConversation::sendFile(const QString& path, const std::vector<HeaderField>& header,
                                  const std::shared_ptr<SendProgress>& progress) {
    const QString name = path.section(QLatin1Char('/'), -1);
    m_sentFiles.push_back({toQString(displaySafe(name.toStdString())), progress});
    m_bridge.engine().clients().sendFile(connection(), path.toStdString(), {}, header, progress);
}

/// The log has no bytes of what is read as the other side takes it, so its row shows where they are
/// from. A file that could not be opened has no row, and one of another size is not it.
void ClientConversation::nameFiles(int first, int last) {
    for (int i = first; i <= last && !m_sentFiles.empty(); ++i) {
        const ConversationRow& row = model().at(i);
        const bool isOfFile = row.kind == ConversationRow::Kind::Sent && row.bytes > 0 &&
                              row.head.empty() && model().isCurrent(row);
        if (!isOfFile)
            continue;
        const auto file = std::ranges::find_if(
            m_sentFiles, [&](const SentFile& each) { return each.progress->total == row.bytes; });
        if (file == m_sentFiles.end())
            continue;
        model().setFileName(i, file->name);
        m_sentFiles.erase(m_sentFiles.begin(), file + 1);
    }
}

void ClientConversation::noteFileCutShort(quint64 done, quint64 total) {
    note(ConversationRow::Kind::Bad,
         tr("of the file %1 of %2 have gone out").arg(bytesText(done), bytesText(total)));
}

void ClientConversation::stopFile() {
    m_bridge.engine().clients().stopFile(connection());
}

void ClientConversation::setReceiveSize(std::size_t bytes) {
    m_bridge.engine().clients().setReceiveSize(connection(), bytes);
}

void ClientConversation::setSendPause(Duration pause) {
    m_bridge.engine().clients().setSendPause(connection(), pause);
}

void ClientConversation::finishSending() {
    m_bridge.engine().clients().finishSending(connection());
}

void ClientConversation::endConnection(bool reset) {
    if (state() == LinkState::Waiting) {
        m_retry.stop();
        note(ConversationRow::Kind::Note, tr("not tried again"));
        setState(LinkState::Closed);
    } else if (state() != LinkState::Idle && state() != LinkState::Closed) {
        m_bridge.engine().clients().close(connection(), reset);
    }
}

} // namespace sscope
