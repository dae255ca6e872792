#pragma once

#include <optional>

#include "ui/clients/client_conversation.h"
#include "ui/clients/conversation.h"
#include "ui/common/tab_page.h"

namespace sscope {

class ClientOptionsPanel;
class Composer;
class ConversationHub;
class ConversationPanes;
class ConversationView;
class DatagramStrip;
class EndpointBar;
class EngineBridge;
class InlineMessage;
class RecentInputs;
class StreamPanel;

/// One tab: endpoint bar, conversation, composer, and on demand the stream and the details of a
/// message between them. The same for a client and for an accepted connection.
class ConversationPage : public TabPage {
    Q_OBJECT

public:
    /// A client that is not connected yet.
    ConversationPage(EngineBridge& bridge, ConversationHub& hub, RecentInputs& inputs,
                     QWidget* parent);
    /// An accepted connection; takes the conversation. serverName is what the tab calls it.
    ConversationPage(Conversation* accepted, const QString& serverName, RecentInputs& inputs,
                     QWidget* parent);

    [[nodiscard]] Conversation& conversation() { return *m_conversation; }
    [[nodiscard]] const Conversation& conversation() const { return *m_conversation; }
    [[nodiscard]] bool isClient() const { return m_client != nullptr; }
    [[nodiscard]] const Conversation* client() const override { return m_client; }
    /// "localhost:65432", "echo from :51022".
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QIcon tabIcon() const override;
    [[nodiscard]] QString stateWord() const override;
    void setEndpoint(const Endpoint& endpoint);
    /// Options beyond the endpoint, as a command line gave them.
    void setClientConfig(const ClientConfig& config);
    void connectNow();
    /// Sends once the connection stands, and then, if asked, ends our direction.
    void sendWhenConnected(std::vector<OwnedMessage> messages, bool halfClose);
    void setMessageText(const QString& text);
    void focusEndpoint() override;
    void focusMessage();
    bool find(const QString& text, bool backwards) override;
    /// The endpoint of a client that is not connected, else the message.
    void focusFirst() override;
    /// The state that the kernel gives for this connection; empty where it is not known.
    void setKernelState(const QString& word);
    /// Of a client over TCP it is read more often than the table, and also while that pauses.
    [[nodiscard]] bool isWatched() const;
    void readKernelState();
    void showRecent();
    /// What has become of its datagrams, of a client over UDP.
    void readFigures();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build(bool isEditable);
    void connectBar();
    void connectComposer();
    void connectStream();
    void connectOptions();
    void showOptions(bool isShown);
    void takeOptions();
    void showState();
    void showFraming();
    void showOwnPort(quint16 port);
    void showFault(const Error& error);
    bool readFraming();
    bool readOptions();
    void framingEdited();
    void flushWaiting();
    [[nodiscard]] bool isDatagramLink() const;
    [[nodiscard]] bool isUp() const;

    RecentInputs& m_inputs;
    Conversation* m_conversation;
    ClientConversation* m_client = nullptr; // the same object, of a client
    QString m_serverName;
    ClientConfig m_config;
    std::vector<OwnedMessage> m_waiting;
    bool m_halfCloseWaiting = false;
    bool m_isFramingAnnounced = false; // for the next connection
    QString m_kernelState;
    bool m_reconnects = false;
    EndpointBar* m_bar = nullptr;
    ClientOptionsPanel* m_options = nullptr; // once it was asked for
    DatagramStrip* m_strip = nullptr;        // of a client over UDP
    InlineMessage* m_message = nullptr;
    ConversationPanes* m_panes = nullptr;
    ConversationView* m_view = nullptr; // of the panes, and so is the stream
    StreamPanel* m_stream = nullptr;
    Composer* m_composer = nullptr;
};

} // namespace sscope
