#include "ui/clients/client_conversation.h"

#include "ui/clients/conversation_hub.h"
#include "ui/common/error_text.h"
#include "ui/engine_bridge.h"

namespace sscope {

ClientConversation::ClientConversation(EngineBridge& bridge, ConversationHub& hub, QObject* parent)
    : Conversation(ConversationModel::Side::Client, false, parent),
      m_bridge(bridge),
      m_hub(hub),
      m_owner(bridge.engine().newOwner()) {
    m_hub.add(*this, m_owner);
}

ClientConversation::~ClientConversation() {
    m_hub.remove(*this);
    m_bridge.engine().clients().close(connection(), false);
}

void ClientConversation::connectTo(const ClientConfig& config) {
    endConnection(false);
    setConnection({m_owner, ++m_attempts});
    setEnds({}, {});
    model().beginStream(config.framing, isDatagram(config.endpoint.transport));
    setState(LinkState::Connecting);
    if (auto opened = m_bridge.engine().clients().open(connection(), config); !opened) {
        model().addNote(SteadyClock::now(), 0, ConversationRow::Kind::Bad,
                        errorWords(opened.error()));
        model().commit();
        setState(LinkState::Closed);
    }
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
    m_bridge.engine().clients().sendFile(connection(), path.toStdString(), {}, header, progress);
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
    if (state() != LinkState::Idle && state() != LinkState::Closed)
        m_bridge.engine().clients().close(connection(), reset);
}

} // namespace sscope
