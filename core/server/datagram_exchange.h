#pragma once

#include <map>
#include <memory>
#include <string>
#include <system_error>

#include "core/net/datagram_link.h"
#include "core/net/datagram_peers.h"
#include "core/server/session.h"

namespace sscope {

/// What a session does with datagrams: each is a message, an answer goes to its sender. Owned as
/// its sessions are; who derives from it has the link, which does the rest.
class DatagramExchange : public Session,
                         protected DatagramLink::Owner,
                         private CodecSink,
                         private RequestContext {
public:
    Result<void> start() final;
    void close(CloseReason reason) final;
    void abort(CloseReason reason, bool reset) final;
    void send(PeerId peer, const Message& message) final;
    void finishSending() final {}
    void setReceiving(bool receiving) final;
    void jobDone(JobToken token, const std::string& output) final;

protected:
    DatagramExchange(SessionHost& host, ConnectionId id, Transport transport);
    /// Before start().
    void setLink(DatagramLink& link) { m_link = &link; }

private:
    // DatagramLink::Owner
    void datagramReceived(ByteView payload, std::size_t realSize,
                          const SocketAddress& from) override;
    void datagramSent(ByteView payload, const SocketAddress& to) override;
    void datagramFailed(Error error) override;
    // CodecSink
    void deliver(const Message& message) override;
    void sending(const Message& message) override;
    void transmit(ByteView bytes) override;
    void transmitFrom(std::unique_ptr<ByteSource>) override {}
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void fail(std::string reason) override;
    void tooLong(std::size_t limit) override;
    // RequestContext
    void send(const Message& message) override;
    void close() override {}
    void tellProtocolError(std::string reason) override {
        m_trace.tell(lifecycle::ProtocolError{std::move(reason), peerEndpoint()});
    }
    [[nodiscard]] bool hasRoom() const override;
    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] WallTime wallTime() const override { return wallNow(); }
    [[nodiscard]] std::string workerName() const override { return m_host.worker().name; }
    void setTimer(Duration delay) override;
    JobToken submit(Job job) override;
    [[nodiscard]] bool isDatagram() const override { return true; }

    void handOver(const Message& message);
    void takeOutcome(const SocketAddress& to, const DatagramOutcome& outcome);
    void updateReceiving();
    void end();
    void readKernelDrops();
    [[nodiscard]] std::string peerEndpoint() const;
    void tell(lifecycle::Event what, const std::error_code& code);

    SessionHost& m_host;
    const TimePoint m_started;
    ConnectionTrace m_trace;
    DatagramLink* m_link = nullptr;
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
