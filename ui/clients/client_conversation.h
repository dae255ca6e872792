#pragma once

#include "core/client/client_session.h"
#include "core/client/send_plan.h"
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
    /// With what its macros stand for when it is sent.
    void sendStep(const SendStep& message);
    void run(const SendPlan& plan, const std::shared_ptr<SendProgress>& progress);
    void stopPlan();
    void sendFile(const QString& path, const std::vector<HeaderField>& header,
                  const std::shared_ptr<SendProgress>& progress);
    void stopFile();
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
