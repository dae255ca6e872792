#pragma once

#include <map>
#include <memory>
#include <string>
#include <system_error>

#include "core/net/datagram_socket.h"
#include "core/server/datagram_peers.h"
#include "core/server/session.h"

namespace sscope {

/// Serves one bound datagram socket: each datagram is a message, an answer goes to its sender.
class DatagramSession final : public Session,
                              private DatagramSocket::Owner,
                              private CodecSink,
                              private RequestContext {
public:
    DatagramSession(SessionHost& host, ConnectionId id, UniqueFd fd, Transport transport);

    Result<void> start() override;
    void close(CloseReason reason) override;
    void abort(CloseReason reason, bool reset) override;
    void send(PeerId peer, ByteView content) override;
    void finishSending() override {}
    void setReceiving(bool receiving) override;
    void jobDone(JobToken token, const std::string& output) override;

private:
    // DatagramSocket::Owner
    void datagramReceived(ByteView payload, std::size_t realSize,
                          const SocketAddress& from) override;
    void datagramSent(std::size_t bytes, const SocketAddress& to) override;
    void datagramFailed(Error error) override;
    // CodecSink
    void deliver(const Message& message) override;
    void transmit(ByteView bytes) override;
    void transmitFrom(std::unique_ptr<ByteSource>) override {}
    void needTimer(Duration) override {}
    void fail(std::string reason) override;
    // RequestContext
    void send(ByteView content) override;
    void close() override {}
    [[nodiscard]] bool hasRoom() const override;
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] WallTime wallTime() const override { return wallNow(); }
    [[nodiscard]] std::string workerName() const override { return m_host.worker().name; }
    void setTimer(Duration delay) override;
    JobToken submit(Job job) override;
    [[nodiscard]] bool isDatagram() const override { return true; }

    void handOver(ByteView content);
    void takeReplies(const SocketAddress& to, const DatagramReplies& replies);
    void updateReceiving();
    void end();
    void readKernelDrops();
    void tell(lifecycle::Event what, const std::error_code& code);

    SessionHost& m_host;
    const TimePoint m_started;
    ConnectionTrace m_trace;
    DatagramSocket m_socket;
    DatagramPeers m_peers;
    DatagramPeers::Peer* m_peer = nullptr; // of the message that is being handled
    std::unique_ptr<Codec> m_codec;
    std::unique_ptr<RequestHandler> m_handler; // of all datagrams; none where there is a runner
    Timer m_dropsTimer;
    Timer m_handlerTimer;
    Timer m_drainTimer;
    CloseReason m_closeReason = CloseReason::Local;
    std::uint64_t m_drops = 0;
    std::map<std::error_code, TimePoint> m_toldAt; // of each kind of trouble
    JobToken m_lastToken = 0;
    bool m_mayReceive = true;
    bool m_closing = false;
    bool m_ended = false;
    std::size_t m_underWay = 0;               // datagrams that the runner has
    std::unique_ptr<DatagramRunner> m_runner; // goes first: it calls back
};

} // namespace sscope
