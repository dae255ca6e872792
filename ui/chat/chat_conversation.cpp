#include "ui/chat/chat_conversation.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "ui/clients/conversation_hub.h"
#include "ui/engine_bridge.h"

namespace sscope {

namespace {

bool isOpening(const LifecycleEvent& event) {
    return std::holds_alternative<lifecycle::Resolved>(event.what) ||
           std::holds_alternative<lifecycle::Connecting>(event.what) ||
           std::holds_alternative<lifecycle::AttemptFailed>(event.what) ||
           std::holds_alternative<lifecycle::Connected>(event.what);
}

} // namespace

/// Records of connections that have begun, put here on the chats' loop before the first byte is
/// moved, and fetched once what is traced of the connection arrives.
class ChatConversation::RecordShelf {
public:
    explicit RecordShelf(RecordMaker makeRecord) : m_makeRecord(std::move(makeRecord)) {}

    std::shared_ptr<ByteTee> make(ConnectionId connection) {
        auto record = m_makeRecord();
        const std::lock_guard lock(m_mutex);
        m_records[connection] = record;
        return record;
    }
    /// Of those before nobody will ask. Null where there is none.
    std::shared_ptr<ConversationRecord> take(ConnectionId connection) {
        const std::lock_guard lock(m_mutex);
        auto node = m_records.extract(connection);
        m_records.erase(m_records.begin(), m_records.upper_bound(connection));
        return node ? std::move(node.mapped()) : nullptr;
    }

private:
    const RecordMaker m_makeRecord;
    std::mutex m_mutex;
    std::map<ConnectionId, std::shared_ptr<ConversationRecord>> m_records;
};

ChatConversation::ChatConversation(EngineBridge& bridge, ConversationHub& hub, OwnerId owner,
                                   QObject* parent)
    : Conversation(ConversationModel::Side::Client, false, parent),
      m_bridge(bridge),
      m_hub(hub),
      m_owner(owner),
      m_shelf(std::make_shared<RecordShelf>(hub.records().maker())) {
    m_hub.add(*this, m_owner);
    m_bridge.engine().chats().tee(m_owner,
                                  [shelf = m_shelf](ConnectionId id) { return shelf->make(id); });
    connect(&bridge, &EngineBridge::lifecycleArrived, this, &ChatConversation::takeNewer);
    connect(&bridge, &EngineBridge::drained, this, &ChatConversation::goOn);
    adoptLatest();
}

ChatConversation::~ChatConversation() {
    m_bridge.engine().chats().tee(m_owner, {});
    m_hub.remove(*this);
}

/// Where it is opened late: what is still known of the connection that there is.
void ChatConversation::adoptLatest() {
    ConnectionId latest;
    for (const LogChunk& chunk : m_bridge.history().chunks()) {
        for (const TraceEvent& event : chunk.events) {
            if (event.connection.owner == m_owner)
                latest = std::max(latest, event.connection);
        }
    }
    if (latest.owner == 0)
        return;
    begin(latest);
    setState(LinkState::Open);
    m_hub.replay(*this);
}

/// The log of the connection before comes after the life-cycle of both.
void ChatConversation::takeNewer(std::span<const LifecycleEvent> events) {
    for (const LifecycleEvent& event : events) {
        if (event.connection.owner == m_owner && event.connection > connection())
            m_newer.push_back(event);
    }
}

/// To the connections that have begun meanwhile, now that all of this one has been told.
void ChatConversation::goOn() {
    bool isLogDue = false; // what went over it comes after it was opened
    for (const LifecycleEvent& event : std::exchange(m_newer, {})) {
        if (event.connection != connection()) {
            if (std::exchange(isLogDue, true))
                m_hub.replay(*this);
            if (connection().owner != 0)
                model().commit();
            begin(event.connection);
        }
        if (!isOpening(event) && std::exchange(isLogDue, false))
            m_hub.replay(*this);
        take(event);
    }
    if (isLogDue)
        m_hub.replay(*this);
    model().commit();
}

void ChatConversation::begin(ConnectionId connection) {
    setConnection(connection);
    setEnds({}, {});
    model().beginStream(*Framing::parse("message"), false);
    if (auto record = m_shelf->take(connection))
        setRecord(std::move(record));
    setState(LinkState::Connecting);
}

} // namespace sscope
