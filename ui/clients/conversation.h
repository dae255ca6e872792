#pragma once

#include <map>
#include <memory>
#include <system_error>
#include <vector>

#include <QObject>
#include <QString>
#include <QTimer>

#include "core/client/session_script.h"
#include "core/framing/owned_message.h"
#include "core/storage/conversation_record.h"
#include "core/trace/trace_outbox.h"
#include "ui/clients/conversation_model.h"
#include "ui/clients/row_content.h"

namespace sscope {

/// Where a connection stands, as far as we brought it there.
enum class LinkState { Idle, Connecting, Open, HalfClosed, Closed, Waiting /* to try again */ };

/// One conversation: its rows, its state, and what can be done to its connection. A client's goes
/// on over several connections, one after another; an accepted one ends with its own. On the GUI
/// thread.
class Conversation : public QObject {
    Q_OBJECT

public:
    Conversation(ConversationModel::Side side, bool isDatagram, QObject* parent);

    [[nodiscard]] ConversationModel& model() { return m_model; }
    [[nodiscard]] ConnectionId connection() const { return m_connection; }
    [[nodiscard]] PeerId peer() const { return m_peer; }
    [[nodiscard]] LinkState state() const { return m_state; }
    [[nodiscard]] bool canSend() const { return m_state == LinkState::Open; }
    /// Printed endpoints of this connection; empty before there is one.
    [[nodiscard]] QString local() const { return m_local; }
    [[nodiscard]] QString remote() const { return m_remote; }
    [[nodiscard]] const Counters& counters() const { return m_counters; }
    /// All that a connection has moved of which rows are left, by its number in the model; null
    /// where none is kept.
    [[nodiscard]] std::shared_ptr<ConversationRecord> record(std::uint32_t stream) const;
    /// Where the bytes of a payload are.
    [[nodiscard]] RowContent contentOf(const ConversationRow& row) const;
    /// How its directions have ended so far, in order.
    struct Ending {
        TimePoint time;
        SessionStep step;
    };
    [[nodiscard]] const std::vector<Ending>& endings() const { return m_endings; }

    virtual void send(OwnedMessage message) = 0;
    virtual void finishSending() = 0;
    void closeConnection(bool reset);

    // From the hub:
    /// False where it is of another connection or peer.
    [[nodiscard]] bool concerns(ConnectionId connection, PeerId peer) const;
    void take(const LifecycleEvent& event);
    void take(const ConnectionState& state);

Q_SIGNALS:
    void stateChanged();
    /// The port that this end was to have is another socket's.
    void ownPortTaken(quint16 port);

protected:
    virtual void endConnection(bool reset) = 0;
    /// What becomes of it after its connection has ended.
    virtual LinkState afterEnd(const lifecycle::Closed& /*closed*/) { return LinkState::Closed; }
    void note(ConversationRow::Kind kind, const QString& text);
    /// Notes text where nothing else has been heard of for some while.
    void noteIfSlow(const QString& text);
    void setConnection(ConnectionId connection, PeerId peer = 0);
    void setEnds(const QString& local, const QString& remote);
    void setState(LinkState state);
    /// Of the connection that the model is at.
    void setRecord(std::shared_ptr<ConversationRecord> record);

private:
    bool takeOpening(const LifecycleEvent& event);
    void takeClosed(const LifecycleEvent& event, const lifecycle::Closed& closed);
    void tellRecordStopped(std::uint32_t stream);
    void dropRecords();

    ConversationModel m_model;
    std::map<std::uint32_t, std::shared_ptr<ConversationRecord>> m_records; // by stream
    ConnectionId m_connection;
    PeerId m_peer = 0;
    LinkState m_state = LinkState::Idle;
    QString m_local;
    QString m_remote;
    Counters m_counters;
    std::vector<Ending> m_endings;
    bool m_resetAsked = false;
    std::error_code m_toldFailure; // of the last attempt that failed
    QTimer m_slow;                 // what goes on has taken so long that it should be said
    bool m_isSlow = false;
    QString m_slowText;
    TimePoint m_slowSince; // the row says when it began, not when it was found slow
};

} // namespace sscope
