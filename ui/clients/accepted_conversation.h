#pragma once

#include "ui/clients/conversation.h"

namespace sscope {

class ConversationHub;
class ServerListModel;

/// A conversation seen from the server's side: an accepted connection, or a peer of a datagram
/// socket.
class AcceptedConversation : public Conversation {
    Q_OBJECT

public:
    /// local and remote are printed endpoints; local may be empty for a datagram peer. Its page
    /// becomes its parent.
    AcceptedConversation(ServerListModel& servers, ConversationHub& hub, ConnectionId connection,
                         PeerId peer, const QString& local, const QString& remote,
                         const Framing& framing);
    ~AcceptedConversation() override;

    void send(OwnedMessage message) override;
    void finishSending() override;

protected:
    void endConnection(bool reset) override;

private:
    void beginRecord();

    ServerListModel& m_servers;
    ConversationHub& m_hub;
};

} // namespace sscope
