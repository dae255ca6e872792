#pragma once

#include "core/client/client_session.h"
#include "ui/clients/conversation.h"

namespace sscope {

class ConversationHub;
class EngineBridge;

/// A conversation that a person began: connects, as often as asked.
class ClientConversation : public Conversation {
    Q_OBJECT

public:
    ClientConversation(EngineBridge& bridge, ConversationHub& hub, QObject* parent);
    ~ClientConversation() override;

    /// Ends the connection that there is, and makes a new one.
    void connectTo(const ClientConfig& config);
    void send(OwnedMessage message) override;
    void finishSending() override;
    // From the next receive, or message, on.
    void setReceiveSize(std::size_t bytes);
    void setSendPause(Duration pause);

protected:
    void endConnection(bool reset) override;

private:
    EngineBridge& m_bridge;
    ConversationHub& m_hub;
    const OwnerId m_owner;
    std::uint32_t m_attempts = 0;
};

} // namespace sscope
