#include "ui/clients/conversation_hub.h"

#include "ui/engine_bridge.h"

namespace sscope {

ConversationHub::ConversationHub(EngineBridge& bridge, QObject* parent)
    : QObject(parent), m_bridge(bridge) {
    connect(&bridge, &EngineBridge::lifecycleArrived, this, &ConversationHub::takeLifecycle);
    connect(&bridge, &EngineBridge::statesArrived, this, &ConversationHub::takeStates);
    connect(&bridge, &EngineBridge::logArrived, this, &ConversationHub::takeLog);
    connect(&bridge, &EngineBridge::drained, this, &ConversationHub::commit);
}

void ConversationHub::add(Conversation& conversation, OwnerId owner) {
    m_conversations[owner].push_back(&conversation);
}

void ConversationHub::remove(Conversation& conversation) {
    for (auto& [owner, list] : m_conversations)
        std::erase(list, &conversation);
    std::erase_if(m_conversations, [](const auto& entry) { return entry.second.empty(); });
}

const std::vector<Conversation*>& ConversationHub::of(OwnerId owner) const {
    static const std::vector<Conversation*> none;
    const auto it = m_conversations.find(owner);
    return it == m_conversations.end() ? none : it->second;
}

void ConversationHub::replay(Conversation& conversation) {
    for (const LogChunk& chunk : m_bridge.history().chunks()) {
        for (const TraceEvent& event : chunk.events) {
            if (conversation.concerns(event.connection, event.peer))
                conversation.model().add(event, chunk.head(event), chunk.headerHead(event));
        }
    }
    conversation.model().commit();
}

void ConversationHub::takeLifecycle(std::span<const LifecycleEvent> events) {
    for (const LifecycleEvent& event : events) {
        for (Conversation* conversation : of(event.connection.owner)) {
            if (event.connection == conversation->connection())
                conversation->take(event);
        }
    }
}

void ConversationHub::takeStates(std::span<const ConnectionState> states) {
    for (const ConnectionState& state : states) {
        for (Conversation* conversation : of(state.connection.owner)) {
            if (conversation->concerns(state.connection, state.peer))
                conversation->take(state);
        }
    }
}

void ConversationHub::takeLog(const LogChunk& chunk, std::span<const TraceEvent> events) {
    OwnerId owner = 0;
    const std::vector<Conversation*>* list = nullptr;
    for (const TraceEvent& event : events) {
        if (!list || event.connection.owner != owner) {
            owner = event.connection.owner;
            list = &of(owner); // neighbours are mostly of the same owner
        }
        for (Conversation* conversation : *list) {
            if (conversation->concerns(event.connection, event.peer))
                conversation->model().add(event, chunk.head(event), chunk.headerHead(event));
        }
    }
}

void ConversationHub::commit() {
    for (const auto& [owner, list] : m_conversations) {
        for (Conversation* conversation : list)
            conversation->model().commit();
    }
}

} // namespace sscope
