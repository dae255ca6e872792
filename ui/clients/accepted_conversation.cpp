#include "ui/clients/accepted_conversation.h"

#include "ui/clients/conversation_hub.h"
#include "ui/servers/server_list_model.h"

namespace sscope {

AcceptedConversation::AcceptedConversation(ServerListModel& servers, ConversationHub& hub,
                                           ConnectionId connection, PeerId peer,
                                           const QString& local, const QString& remote,
                                           const Framing& framing)
    : Conversation(ConversationModel::Side::Server, peer != 0, nullptr),
      m_servers(servers),
      m_hub(hub) {
    setConnection(connection, peer);
    model().beginStream(framing, peer != 0);
    setEnds(local, remote);
    setState(LinkState::Open);
    m_hub.add(*this, connection.owner);
    m_hub.replay(*this);
    if (peer == 0)
        beginRecord();
}

/// Of what passes from now on; nobody wanted what was before. A closed connection begins none.
void AcceptedConversation::beginRecord() {
    const auto record = m_hub.records().make();
    setRecord(record);
    m_servers.record(connection(), record);
}

AcceptedConversation::~AcceptedConversation() {
    if (peer() == 0)
        m_servers.record(connection(), nullptr);
    m_hub.remove(*this);
}

void AcceptedConversation::send(OwnedMessage message) {
    m_servers.send(connection(), peer(), std::move(message));
}

void AcceptedConversation::finishSending() {
    m_servers.finishSending(connection());
}

void AcceptedConversation::endConnection(bool reset) {
    if (peer() == 0)
        m_servers.closeConnection(connection(), reset);
}

} // namespace sscope
