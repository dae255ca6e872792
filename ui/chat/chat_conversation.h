#pragma once

#include <memory>
#include <span>
#include <vector>

#include "ui/clients/conversation.h"

namespace sscope {

class ConversationHub;
class EngineBridge;

/// What passes over the wire between a chat's client and its server, over all its connections one
/// after another, each with a record of its own; to be looked at, for what goes out is the chat's.
/// Of a connection that was there before it is opened nothing is recorded. Secrets are hidden in
/// rows and records alike (ChatMask).
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
    class RecordShelf;

    void takeNewer(std::span<const LifecycleEvent> events);
    void goOn();
    void begin(ConnectionId connection);
    void adoptLatest();

    EngineBridge& m_bridge;
    ConversationHub& m_hub;
    const OwnerId m_owner;
    const std::shared_ptr<RecordShelf> m_shelf;
    std::vector<LifecycleEvent> m_newer; // of connections after this one
};

} // namespace sscope
