#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/client/datagram_tally.h"
#include "core/framing/framings.h"
#include "core/framing/owned_message.h"
#include "core/net/connector.h"
#include "core/net/datagram_peers.h"
#include "core/net/datagram_socket.h"
#include "core/net/stream_connection.h"
#include "core/trace/byte_tee.h"

namespace sscope {

struct ClientConfig {
    Endpoint endpoint{};
    /// What our own end is bound to, of the same transport: an address (its host, "*" for any), a
    /// port (0 for a free one), or a Unix path, which is removed at the end.
    std::optional<Endpoint> local{};
    Framing framing{};
    MessageLimits limits{};
    SocketOptions options{};
    DatagramOptions datagrams{};
    Duration lookupTimeout = std::chrono::seconds(10);
    Duration connectTimeout = std::chrono::seconds(10); // for each address
    std::size_t receiveSize = 65536;
    std::size_t maxQueue = 16 << 20;
    Duration sendPause{};           // between two messages
    std::shared_ptr<ByteTee> tee{}; // of what the connection moves; null for none
    ByteMasks masks{};              // of what is kept of it
    /// Where the datagrams are counted for a thread that looks now and then; none: for nobody.
    std::shared_ptr<SharedDatagramFigures> figures{};
};

/// Hears of a client session, on its thread. Calls come from within the session: an observer that
/// destroys it does so by Reactor::deferDelete.
class ClientObserver {
public:
    /// A name has gone to the name service; told from within start().
    virtual void lookupStarted(const std::string& /*name*/) {}
    virtual void addressResolved(const AddressInfo&) {}
    virtual void attemptStarted(const std::string& /*address*/) {}
    virtual void attemptFailed(const std::string& /*address*/, const Error&) {}
    /// What the kernel has not set as it was asked; before `connected`.
    virtual void notGranted(const Error&) {}
    virtual void connected(const std::string& /*local*/, const std::string& /*peer*/) {}
    virtual void bytesSent(std::size_t) {}
    /// Of a stream, before the messages that they complete.
    virtual void bytesReceived(std::size_t) {}
    /// canSend() may have become true without a byte sent: a source has ended, a datagram failed.
    virtual void mayHaveRoom() {}
    /// A datagram has come, before the messages in it; from is empty where the socket is connected
    /// and can hear of nobody else, realSize more than size where it has been cut.
    virtual void datagramReceived(const std::string& /*from*/, std::size_t /*size*/,
                                  std::size_t /*realSize*/) {}
    virtual void messageReceived(const Message&) {}
    virtual void peerFinished() {}
    /// A datagram that could not be sent or received, or that did not arrive; the session goes on.
    virtual void failed(const Error&) {}
    /// The last call; also where no connection came about.
    virtual void ended(CloseReason, const Error&) {}

protected:
    ~ClientObserver() = default;
};

/// One client: looks up, connects, sends messages and receives them, over streams or datagrams.
/// Used on its reactor's thread; what happens goes to the trace and to an observer, if any.
class ClientSession final : private Connector::Owner,
                            private StreamConnection::Owner,
                            private DatagramSocket::Owner,
                            private CodecSink {
public:
    /// The config's framing suits its transport.
    ClientSession(Reactor& reactor, ConnectionId id, ClientConfig config,
                  ClientObserver* observer = nullptr);

    void start();
    [[nodiscard]] bool isConnected() const { return m_stream || m_datagrams; }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    /// Of the connection, or of the attempt under way; -1 where there is none.
    [[nodiscard]] int fd() const;
    /// False while much is queued already, so that a sender of many messages can wait for
    /// ClientObserver::bytesSent and mayHaveRoom.
    [[nodiscard]] bool canSend() const;
    /// canSend(), and nothing of what was given waits: the next message goes out now.
    [[nodiscard]] bool isIdle() const;
    /// One message; dropped where there is no connection. What the framing cannot carry is told as
    /// a failure, and not sent.
    void send(const Message& message);
    void send(ByteView content) { send(Message{.content = content}); }
    void send(std::unique_ptr<ByteSource> content, std::span<const HeaderField> header = {});
    /// From the next message, or receive, on.
    void setSendPause(Duration pause);
    void setReceiveSize(std::size_t bytes);
    /// While it is false nothing is read from the peer; of a stream.
    void setReceiving(bool receiving);
    void finishSending();
    /// What has become of the datagrams until now; none over a stream.
    [[nodiscard]] DatagramFigures datagramFigures() const;
    /// Closes once everything is sent, or nothing has moved for 2 s; reset closes now, with an RST.
    /// Either gives up where a look-up or an attempt is under way.
    void close();
    void reset();

private:
    // Connector::Owner
    void addressResolved(const AddressInfo& info) override;
    void attemptStarted(const SocketAddress& address) override;
    void attemptFailed(const SocketAddress& address, const Error& error) override;
    void connected(UniqueFd fd, const SocketAddress& peer, Duration took) override;
    void connectFailed(Error error) override;
    // StreamConnection::Owner
    void bytesReceived(ByteView plain) override;
    void bytesSent(std::size_t wire) override;
    void peerFinished() override;
    void sendingFinished() override;
    void sourceEnded() override;
    void outputDrained() override {}
    void connectionEnded(CloseReason reason, Error error) override;
    // DatagramSocket::Owner
    void datagramReceived(ByteView payload, std::size_t realSize,
                          const SocketAddress& from) override;
    void datagramSent(ByteView payload, const SocketAddress& to) override;
    void datagramFailed(Error error) override;
    // CodecSink
    void deliver(const Message& message) override;
    void sending(const Message& message) override;
    void transmit(ByteView bytes) override;
    void transmitFrom(std::unique_ptr<ByteSource> source) override;
    void needTimer(Duration delay) override;
    void dropTimer() override { m_codecTimer.stop(); }
    void fail(std::string reason) override;
    void tooLong(std::size_t limit) override;

    /// The same trouble with each datagram of a flood is told so often and no more.
    struct Told {
        TimePoint since;
        int count = 0;
    };

    Result<void> startDatagrams(UniqueFd fd, const SocketAddress& peer);
    Result<void> startStream(UniqueFd fd);
    void sendNow(const Message& message);
    void sendWaiting();
    void flushWaiting();
    void sendFailed(Error error);
    void breakOff(lifecycle::Event told, CloseReason reason, Error error);
    void dropConnector();
    /// Whether a message given now will go out.
    [[nodiscard]] bool takesMore();
    void drainDatagrams();
    void countDatagrams();
    void publishFigures();
    [[nodiscard]] std::string peerEndpoint() const;
    [[nodiscard]] bool mayTell(const std::error_code& code);
    void sendDatagram(ByteView payload);
    void end(CloseReason reason, const Error& error);

    Reactor& m_reactor;
    ClientConfig m_config;
    ClientObserver& m_observer;
    ConnectionTrace m_trace;
    std::unique_ptr<Codec> m_codec;
    std::unique_ptr<Connector> m_connector;
    std::unique_ptr<StreamConnection> m_stream;
    std::unique_ptr<DatagramSocket> m_datagrams;
    std::optional<DatagramTally> m_tally;
    SocketAddress m_destination;            // of datagrams; empty where the socket is connected
    std::unique_ptr<DatagramPeers> m_peers; // where many can answer
    DatagramPeers::Peer* m_peer = nullptr;  // of the datagram that is being read
    UnixPathGuard m_localPath;
    std::map<std::error_code, Told> m_told; // of datagrams
    Timer m_codecTimer;
    Timer m_drainTimer; // a datagram socket that closes still has datagrams to send
    Timer m_tallyTimer; // counts what has not come back, and what the kernel has dropped
    std::deque<OwnedMessage> m_waiting; // for the pause to end
    Timer m_pauseTimer;
    TimePoint m_started;
    TimePoint m_lastSent;
    std::uint64_t m_datagramsSent = 0;
    bool m_closing = false;
    bool m_ended = false;
};

} // namespace sscope
