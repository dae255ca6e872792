#pragma once

#include <deque>
#include <functional>

#include "core/client/client_session.h"
#include "core/client/message_template.h"

namespace sscope {

/// One message of an exchange: content that is kept, or made each time anew, or a source that is
/// opened each time anew.
struct ExchangeMessage {
    std::vector<std::byte> content{};
    std::vector<HeaderField> header{};
    std::function<Result<std::unique_ptr<ByteSource>>()> open{};
    std::optional<MessageTemplate> made{}; // in place of content, where it has macros

    [[nodiscard]] Message view() const { return {.content = content, .header = header}; }
};

/// What a client sends, and when it is over (INTERFACE.md, "When it ends").
struct ExchangePlan {
    std::vector<ExchangeMessage> messages{};
    std::uint64_t repeat = 1; // of the whole list
    Duration interval{};      // between two messages
    bool halfClose = false;
    std::optional<std::uint64_t> replies{}; // none: as many as messages, where there are messages
                                            // and one peer
    bool untilClose = false;
    bool isOpenEnded = false; // messages are added until endOfMessages()
    bool bytesReturn = false; // raw on a stream: as many bytes as were sent are the reply
    Duration quiet = std::chrono::milliseconds(200); // raw on a stream
    Duration wait = std::chrono::seconds(2);         // 0: sends and closes
};

enum class ExchangeEnd : std::uint8_t {
    Done,
    NetworkSaidNo,
    TimedOut,   // too little came in time
    PeerClosed, // before all had come
    ProtocolBroken,
    Cancelled,
};

/// One client from start to end: connects, sends the messages of a plan in order, and decides from
/// the replies when it is over. Owned by who wants to know, on its reactor's thread.
class ClientExchange final : private ClientObserver {
public:
    /// listener hears what the session tells, before this acts on it; ended is called last, from
    /// within the session: who destroys the exchange then does so by Reactor::deferDelete.
    ClientExchange(Reactor& reactor, ConnectionId id, ClientConfig config,
                   std::shared_ptr<const ExchangePlan> plan, ClientObserver& listener,
                   std::function<void()> ended = {});

    void start();
    /// To be called before start(): sends nothing until release() is called.
    void hold() { m_isHeld = true; }
    void release();
    /// Of a plan that is open-ended: one more message, sent when there is room for it.
    void add(ExchangeMessage message);
    /// Whether few messages wait; false while more should not be added.
    [[nodiscard]] bool hasRoom() const { return m_added.size() < 64; }
    /// No message follows: from now on the rules of every plan say when it is over.
    void endOfMessages(bool halfClose);
    /// A reply has been enough, or nobody wants more: ends as done.
    void leave();
    /// Ends at once, by an RST.
    void cancel();

    [[nodiscard]] bool isConnected() const { return m_connected; }
    [[nodiscard]] ExchangeEnd end() const { return m_end; }
    /// Why it failed; none where it did not.
    [[nodiscard]] const Error& error() const { return m_error; }
    /// Bytes that the kernel has taken, and content that has come.
    [[nodiscard]] std::uint64_t sentBytes() const { return m_sentBytes; }
    [[nodiscard]] std::uint64_t receivedBytes() const { return m_receivedBytes; }
    [[nodiscard]] std::uint64_t received() const { return m_received; }
    [[nodiscard]] DatagramFigures datagramFigures() const { return m_session.datagramFigures(); }
    /// Replies that were asked for, if they are counted.
    [[nodiscard]] std::optional<std::uint64_t> replies() const { return m_replies; }

private:
    void lookupStarted(const std::string& name) override { m_listener.lookupStarted(name); }
    void addressResolved(const AddressInfo& info) override { m_listener.addressResolved(info); }
    void attemptStarted(const std::string& address) override { m_listener.attemptStarted(address); }
    void attemptFailed(const std::string& address, const Error& error) override;
    void notGranted(const Error& error) override { m_listener.notGranted(error); }
    void connected(const std::string& local, const std::string& peer) override;
    void bytesSent(std::size_t count) override;
    void mayHaveRoom() override;
    void datagramReceived(const std::string& from, std::size_t size, std::size_t realSize) override;
    void messageReceived(const Message& message) override;
    void peerFinished() override { m_listener.peerFinished(); }
    void failed(const Error& error) override;
    void ended(CloseReason reason, const Error& error) override;

    [[nodiscard]] ExchangeEnd endOf(CloseReason reason, const Error& error) const;
    void pump();
    void sendNext();
    void send(const ExchangeMessage& message);
    void sendDatagram(ByteSource& source, const ExchangeMessage& message);
    [[nodiscard]] bool isEnough() const;
    [[nodiscard]] bool hasMore() const { return m_left > 0 || !m_added.empty(); }
    void afterLast();
    [[nodiscard]] bool hasAllReplies() const;
    [[nodiscard]] bool isHopeless() const;
    [[nodiscard]] bool isQuietEnd() const;
    void restartWait();
    void waitOver();

    Reactor& m_reactor;
    const std::shared_ptr<const ExchangePlan> m_plan;
    ClientObserver& m_listener;
    const std::function<void()> m_whenEnded;
    const bool m_isDatagram;
    const bool m_isForMany; // one datagram may have many replies
    ClientSession m_session;
    Timer m_intervalTimer;
    Timer m_waitTimer;
    std::optional<std::uint64_t> m_replies;
    MacroValues m_macros;
    bool m_countsMessages; // each gets a reply
    bool m_isOpenEnded;
    bool m_halfCloses;
    std::deque<ExchangeMessage> m_added; // to what the plan has
    std::uint64_t m_given = 0;           // messages, to the session
    std::uint64_t m_left;                // messages still to be sent
    std::uint64_t m_next = 0;
    std::uint64_t m_givenBytes = 0; // content, to the session
    std::uint64_t m_sentBytes = 0;
    std::uint64_t m_receivedBytes = 0;
    std::uint64_t m_received = 0;
    std::uint64_t m_failures = 0; // datagrams that nobody will answer
    Error m_error;
    ExchangeEnd m_end = ExchangeEnd::Done;
    bool m_isHeld = false;
    bool m_connected = false;
    bool m_allSent = false;
    bool m_pumping = false;
    bool m_failed = false;
    bool m_timedOut = false;
    bool m_isLeft = false;
    bool m_cancelled = false;
};

} // namespace sscope
