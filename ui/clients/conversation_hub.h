#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include <QObject>

#include "ui/clients/conversation.h"

namespace sscope {

class EngineBridge;

/// Brings what the engine tells to the conversations that are open. On the GUI thread; outlives
/// them.
class ConversationHub : public QObject {
    Q_OBJECT

public:
    explicit ConversationHub(EngineBridge& bridge, QObject* parent = nullptr);

    void add(Conversation& conversation, OwnerId owner);
    void remove(Conversation& conversation);
    /// Gives a conversation the rows that its connection has had before it was opened, as far as
    /// they are still known.
    void replay(Conversation& conversation);
    /// Makes the records of what clients move.
    [[nodiscard]] RecordWriter& records() { return m_records; }
    /// Open conversations of this owner.
    [[nodiscard]] const std::vector<Conversation*>& of(OwnerId owner) const;

private:
    void takeLifecycle(std::span<const LifecycleEvent> events);
    void takeStates(std::span<const ConnectionState> states);
    void takeLog(const LogChunk& chunk, std::span<const TraceEvent> events);
    void commit();

    EngineBridge& m_bridge;
    RecordWriter m_records;
    std::unordered_map<OwnerId, std::vector<Conversation*>> m_conversations;
};

} // namespace sscope
