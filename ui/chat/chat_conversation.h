#pragma once

#include <span>
#include <vector>

#include "ui/clients/conversation.h"

namespace sscope {

class ConversationHub;
class EngineBridge;

/// What passes over the wire between a chat's client and its server, over all its connections one
/// after another; to be looked at, for what goes out is the chat's. Without a record: of a long
/// message its beginning is kept. Passwords are hidden where it is traced (ChatMask).
class ChatConversation : public Conversation {
    Q_OBJECT

public:
    /// owner is the ChatSession's.
    ChatConversation(EngineBridge& bridge, ConversationHub& hub, OwnerId owner, QObject* parent);
    ~ChatConversation() override;

    void send(OwnedMessage) override {}
    void finishSending() override {}

protected:
    void endConnection(bool) override {}

private:
    void takeNewer(std::span<const LifecycleEvent> events);
    void goOn();
    void begin(ConnectionId connection);
    void adoptLatest();

    EngineBridge& m_bridge;
    ConversationHub& m_hub;
    const OwnerId m_owner;
    std::vector<LifecycleEvent> m_newer; // of connections after this one
};

} // namespace sscope
