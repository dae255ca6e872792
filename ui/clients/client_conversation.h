#pragma once

#include <deque>

#include <QTimer>

#include "core/client/client_session.h"
#include "core/client/reconnect_delay.h"
#include "core/client/send_plan.h"
#include "core/client/send_progress.h"
#include "core/engine/state_watch.h"
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

    /// Ends the connection that there is, and makes a new one; where it reconnects, again and
    /// again until the person ends it.
    void connectTo(const ClientConfig& config, bool reconnects = false);
    void send(OwnedMessage message) override;
    void finishSending() override;
    /// With what its macros stand for when it is sent.
    void sendStep(const SendStep& message);
    void run(const SendPlan& plan, const std::shared_ptr<SendProgress>& progress);
    void stopPlan();
    void sendFile(const QString& path, const std::vector<HeaderField>& header,
                  const std::shared_ptr<SendProgress>& progress);
    void stopFile();
    /// The row of a file tells its whole size.
    void noteFileCutShort(quint64 done, quint64 total);
    // From the next receive, or message, on.
    void setReceiveSize(std::size_t bytes);
    void setSendPause(Duration pause);
    void setReconnects(bool reconnects);
    /// Of the latest connection.
    [[nodiscard]] const ClientConfig& config() const { return m_config; }
    /// Of the socket of the last attempt, also after its end; empty where there is none.
    [[nodiscard]] std::optional<SocketState> kernelState() const;
    /// Datagrams so far, of this connection.
    [[nodiscard]] DatagramFigures figures() const;

protected:
    void endConnection(bool reset) override;
    LinkState afterEnd(const lifecycle::Closed& closed) override;

private:
    /// A file on its way, until its row has come.
    struct SentFile {
        QString name;
        std::shared_ptr<const SendProgress> progress;
    };

    void open();
    void nameFiles(int first, int last);

    EngineBridge& m_bridge;
    ConversationHub& m_hub;
    const OwnerId m_owner;
    std::uint32_t m_attempts = 0;
    ClientConfig m_config;
    bool m_reconnects = false;
    ReconnectDelay m_delay;
    QTimer m_retry;
    std::shared_ptr<WatchedState> m_kernelState;
    std::deque<SentFile> m_sentFiles; // in their order
};

} // namespace sscope
