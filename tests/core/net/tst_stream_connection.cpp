#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <QtTest>

#include "core/net/stream_connection.h"
#include "tests/support/event_log.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// One end under test, the other a plain blocking socket.
struct Fixture : StreamConnection::Owner {
    explicit Fixture(StreamConnection::Limits limits = {}, bool echoes = false)
        : loop(TraceBatch(&log.outbox(), TraceBatch::Detail::Log)),
          trace(loop.reactor().trace(), {1, 1}),
          isEcho(echoes) {
        auto [mine, other] = connectedPair();
        peer = std::move(other);
        const int fd = ::fcntl(mine.fd(), F_DUPFD_CLOEXEC, 0);
        ::fcntl(fd, F_SETFL, O_NONBLOCK);
        connection = std::make_unique<StreamConnection>(
            loop, UniqueFd(fd), std::make_unique<IdentityFilter>(), limits, trace, *this);
        if (!connection->start())
            qFatal("start");
    }

    void bytesReceived(ByteView plain) override {
        received += textOf(plain);
        ++receives;
        if (isEcho)
            connection->send(plain);
    }
    void bytesSent(std::size_t wire) override { sent += wire; }
    void peerFinished() override { finished = true; }
    void outputDrained() override { ++drained; }
    void sourceEnded() override { ++sourcesEnded; }
    void sendingFinished() override { sendingIsFinished = true; }
    void connectionEnded(CloseReason reason, Error error) override {
        ended = reason;
        endError = std::move(error);
    }

    EventLog log;
    Loop loop;
    ConnectionTrace trace;
    TestSocket peer;
    bool isEcho;
    std::string received;
    int receives = 0;
    std::size_t sent = 0;
    bool finished = false;
    int drained = 0;
    int sourcesEnded = 0;
    bool sendingIsFinished = false;
    std::optional<CloseReason> ended;
    Error endError;
    std::unique_ptr<StreamConnection> connection;
};

class PatternSource final : public ByteSource {
public:
    explicit PatternSource(std::string text) : m_text(std::move(text)) {}
    Result<std::size_t> read(std::span<std::byte> room) override {
        const std::size_t count = std::min(room.size(), m_text.size() - m_done);
        std::copy_n(bytesOf(m_text).begin() + static_cast<std::ptrdiff_t>(m_done), count,
                    room.begin());
        m_done += count;
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return m_text.size(); }

private:
    std::string m_text;
    std::size_t m_done = 0;
};

class FailingSource final : public ByteSource {
public:
    Result<std::size_t> read(std::span<std::byte>) override {
        return Failure(systemError(EIO, "read", "disk"));
    }
    [[nodiscard]] std::uint64_t size() const override { return 1; }
};

/// A filter that shows where it is in the path: it adds one to each byte.
class ShiftFilter final : public ByteFilter {
public:
    void receive(ByteView wire, FilterSink& sink) override { sink.plainReceived(shift(wire, -1)); }
    void send(ByteView plain, FilterSink& sink) override { sink.wireReady(shift(plain, 1)); }
    void finish(FilterSink& sink) override { sink.wireReady(bytesOf("!")); }

private:
    static std::vector<std::byte> shift(ByteView bytes, int by) {
        std::vector<std::byte> out;
        for (const std::byte byte : bytes)
            out.push_back(static_cast<std::byte>(std::to_integer<int>(byte) + by));
        return out;
    }
};

} // namespace

class TestStreamConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void deliversWhatThePeerSends() {
        Fixture f;
        f.peer.send("Hello, ");
        QVERIFY(f.loop.runUntil([&] { return f.received == "Hello, "; }));
        f.peer.send("world");
        QVERIFY(f.loop.runUntil([&] { return f.received == "Hello, world"; }));
        QCOMPARE(f.log.countersOf({1, 1}).receivedBytes, std::uint64_t{12});
    }

    void oneReceiveTakesNoMoreThanTheReceiveSize() {
        Fixture f({.receiveSize = 4});
        f.peer.send("0123456789");
        QVERIFY(f.loop.runUntil([&] { return f.received.size() == 10; }));
        QCOMPARE(f.receives, 3);
        const auto events = f.log.logged(TraceKind::Received);
        QCOMPARE(events.size(), std::size_t{3});
        QCOMPARE(events[0].event.bytes, std::uint64_t{4});
        QCOMPARE(events[1].event.plainOffset, std::uint64_t{4});
        QCOMPARE(events[2].event.bytes, std::uint64_t{2});
        QCOMPARE(events[2].head, std::string("89"));
    }

    void sendsInOneCallWhatTheKernelTakes() {
        Fixture f;
        f.connection->send(bytesOf("Hello"));
        QCOMPARE(f.peer.receive(5), std::string("Hello"));
        f.loop.runOnce();
        QCOMPARE(f.log.logged(TraceKind::Sent).size(), std::size_t{1});
    }

    void keepsOrderThroughPartialWrites() {
        Fixture f({.maxQueue = 64 << 20});
        const std::string text = patternOf(20 << 20);
        std::string got;
        std::thread reader([&] { got = f.peer.receive(text.size() + 4); });
        f.connection->send(bytesOf(text));
        QVERIFY(f.connection->queued() > 0); // more than any socket buffer
        f.connection->send(bytesOf("last"));
        QVERIFY(f.loop.runUntil([&] { return f.connection->queued() == 0; }));
        reader.join();
        QVERIFY(got == text + "last");
        QCOMPARE(f.sent, text.size() + 4);
    }

    void stopsReadingWhileThePeerDoesNotRead() {
        Fixture f({.maxQueue = 256 << 10}, true);
        const std::string chunk(64 << 10, 'x');
        std::size_t pushed = 0;
        ::fcntl(f.peer.fd(), F_SETFL, O_NONBLOCK);
        // Until the sender is stuck, which needs all buffers to be full.
        for (int stuck = 0; stuck < 50;) {
            const ssize_t count = ::send(f.peer.fd(), chunk.data(), chunk.size(), MSG_NOSIGNAL);
            stuck = count > 0 ? 0 : stuck + 1;
            pushed += count > 0 ? static_cast<std::size_t>(count) : 0;
            f.loop.runOnce();
        }
        QVERIFY(!f.ended);
        QVERIFY(f.connection->queued() <= (256u << 10) / 2 + (64u << 10)); // bounded
        QVERIFY(f.received.size() < pushed);
        // Once the peer reads, all comes back and nothing is lost.
        ::fcntl(f.peer.fd(), F_SETFL, 0);
        std::string back;
        std::thread reader([&] { back = f.peer.receive(pushed); });
        QVERIFY(f.loop.runUntil([&] { return f.sent == pushed; }));
        reader.join();
        QCOMPARE(back.size(), pushed);
        QVERIFY(f.drained >= 1);
    }

    void endsWhereTheQueueIsExceeded() {
        Fixture f({.maxQueue = 1 << 20});
        const std::string chunk(512 << 10, 'x');
        for (int i = 0; i < 100 && !f.ended; ++i)
            f.connection->send(bytesOf(chunk));
        QVERIFY(f.ended == CloseReason::Limit);
        QVERIFY(f.endError.is(Fault::SendQueueExceeded));
    }

    void tellsThatThePeerHasFinishedAndStillSends() {
        Fixture f;
        f.peer.send("question");
        f.peer.shutdownWrite();
        QVERIFY(f.loop.runUntil([&] { return f.finished; }));
        QCOMPARE(f.received, std::string("question"));
        QVERIFY(!f.ended);
        f.connection->send(bytesOf("answer"));
        f.connection->close(CloseReason::Peer);
        QVERIFY(f.ended == CloseReason::Peer);
        QCOMPARE(f.peer.receiveToEnd(), std::string("answer"));
    }

    void halfCloseEndsOneDirection() {
        Fixture f;
        f.connection->send(bytesOf("last words"));
        f.connection->finishSending();
        QCOMPARE(f.peer.receiveToEnd(), std::string("last words"));
        f.peer.send("still here");
        QVERIFY(f.loop.runUntil([&] { return f.received == "still here"; }));
        QVERIFY(!f.ended);
        f.peer.close();
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        QVERIFY(f.ended == CloseReason::Peer);
    }

    void closeWaitsForTheQueue() {
        Fixture f({.maxQueue = 64 << 20});
        const std::string text = patternOf(8 << 20);
        f.connection->send(bytesOf(text));
        f.connection->close(CloseReason::Local);
        QVERIFY(!f.ended);
        std::string got;
        std::thread reader([&] { got = f.peer.receiveToEnd(); });
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        reader.join();
        QVERIFY(got == text);
    }

    void closeWithUnreadBytesDoesNotReset() {
        Fixture f;
        f.peer.send("unread");
        f.connection->send(bytesOf("answer"));
        f.connection->close(CloseReason::Local);
        QCOMPARE(f.peer.receiveToEnd(), std::string("answer")); // throws at a reset
    }

    void abortWithResetSendsAnRst() {
        Fixture f;
        f.connection->abort(CloseReason::Local, true);
        QVERIFY(f.peer.isReset());
        QVERIFY(f.ended == CloseReason::Local);
    }

    void aResetByThePeerIsTold() {
        Fixture f;
        f.peer.reset();
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        QVERIFY(f.ended == CloseReason::Reset);
        QVERIFY(f.endError.isErrno(ECONNRESET));
    }

    void aResetWhileReadingIsPausedIsTold() {
        Fixture f({.maxQueue = 64 << 10}, true);
        ::fcntl(f.peer.fd(), F_SETFL, O_NONBLOCK);
        const std::string chunk(64 << 10, 'x');
        for (int stuck = 0; stuck < 20;) {
            stuck =
                ::send(f.peer.fd(), chunk.data(), chunk.size(), MSG_NOSIGNAL) > 0 ? 0 : stuck + 1;
            f.loop.runOnce();
        }
        f.peer.reset();
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        QVERIFY(f.ended == CloseReason::Reset);
    }

    void sendsFromASourceAndThenWhatCameAfter() {
        Fixture f;
        const std::string text = patternOf(9 << 20);
        std::string got;
        std::thread reader([&] { got = f.peer.receiveToEnd(); });
        f.connection->send(std::make_unique<PatternSource>(text));
        f.connection->send(bytesOf("after"));
        f.connection->close(CloseReason::Local);
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        reader.join();
        QVERIFY(got == text + "after");
    }

    void aSourceThatFailsEndsTheConnection() {
        Fixture f;
        f.connection->send(std::make_unique<FailingSource>());
        QVERIFY(f.ended == CloseReason::Error);
        QVERIFY(f.endError.isErrno(EIO));
    }

    void everythingPassesTheFilter() {
        Fixture f;
        auto [mine, other] = connectedPair();
        const int fd = ::fcntl(mine.fd(), F_DUPFD_CLOEXEC, 0);
        ::fcntl(fd, F_SETFL, O_NONBLOCK);
        mine.close();
        ConnectionTrace trace(f.loop.reactor().trace(), {1, 2});
        StreamConnection connection(f.loop, UniqueFd(fd), std::make_unique<ShiftFilter>(), {},
                                    trace, f);
        QVERIFY(connection.start().has_value());
        connection.send(bytesOf("abc"));
        QCOMPARE(other.receive(3), std::string("bcd"));
        other.send("xyz");
        QVERIFY(f.loop.runUntil([&] { return f.received == "wxy"; }));
        connection.finishSending();
        QCOMPARE(other.receiveToEnd(), std::string("!")); // what the filter says last
    }

    void tellsWhenASourceHasEnded() {
        Fixture f;
        f.connection->send(std::make_unique<PatternSource>("first"));
        QCOMPARE(f.sourcesEnded, 1);
        f.connection->send(std::make_unique<PatternSource>("second"));
        QCOMPARE(f.sourcesEnded, 2);
        QCOMPARE(f.peer.receive(11), std::string("firstsecond"));
    }

    void readsThePeersLastWordsAfterItHasClosed() {
        Fixture f;
        f.peer.send("413 too large");
        f.peer.close();
        // What is sent now is answered by RST, and sending fails while the words are still unread.
        for (int i = 0; i < 100 && !f.ended; ++i)
            f.connection->send(bytesOf("more"));
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        QCOMPARE(f.received, std::string("413 too large"));
        QVERIFY(f.ended == CloseReason::Reset);
    }

    void thereIsNoRoomWhereThePeerTakesNoMore() {
        Fixture f;
        QVERIFY(f.connection->hasRoom());
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends), 0);
        const UniqueFd peer(ends[1]);
        f.connection = std::make_unique<StreamConnection>(f.loop, UniqueFd(ends[0]),
                                                          std::make_unique<IdentityFilter>(),
                                                          StreamConnection::Limits(), f.trace, f);
        QVERIFY(f.connection->start());
        ::shutdown(peer.get(), SHUT_RD); // its other direction stays open
        f.connection->send(bytesOf("x"));
        QVERIFY(!f.connection->hasRoom());
        QVERIFY(!f.connection->hasEnded());
    }

    void aCloseTakesNothingFromAPeerThatStillSends() {
        std::size_t got = 0; // by a thread that plays the peer
        Fixture f({}, true);
        std::size_t sent = 0;
        const std::string piece(65536, 'x');
        std::thread sender([&] { // blocks once nobody reads
            while (::send(f.peer.fd(), piece.data(), piece.size(), MSG_NOSIGNAL) > 0 &&
                   sent < 1 << 24)
                sent += piece.size();
        });
        QVERIFY(f.loop.runUntil([&] { return f.sent > 1 << 16; }));
        const auto unread = [&] {
            int bytes = 0;
            ::ioctl(f.connection->fd(), FIONREAD, &bytes);
            return bytes;
        };
        QTRY_VERIFY(unread() > 0); // the sender goes on; without, the close would be at once
        f.connection->close(CloseReason::Local);
        std::thread receiver([&] {
            got = f.peer.receiveToEnd().size();
            ::shutdown(f.peer.fd(), SHUT_WR);
        });
        QVERIFY(f.loop.runUntil([&] { return f.ended.has_value(); }));
        f.connection.reset();
        receiver.join();
        ::shutdown(f.peer.fd(), SHUT_RDWR);
        sender.join();
        QCOMPARE(got, f.sent); // each byte that was sent has come
    }

    void aPausedReaderResumesHoweverSmallTheQueue() {
        std::size_t got = 0; // by a thread that plays the peer
        Fixture f({.maxQueue = 1}, true);
        const std::string text(4 << 20, 'x');
        std::thread sender([&] { f.peer.send(text); });
        std::thread receiver([&] { got = f.peer.receive(text.size()).size(); });
        QVERIFY(f.loop.runUntil([&] { return f.sent == text.size() || f.ended; }));
        sender.join();
        receiver.join();
        QCOMPARE(got, text.size());
    }

    void tellsOfItsFinWhenItIsSent() {
        std::size_t got = 0; // by a thread that plays the peer
        Fixture f;
        f.connection->send(bytesOf(std::string(8 << 20, 'x')));
        f.connection->finishSending();
        QVERIFY(!f.sendingIsFinished);
        std::thread receiver([&] { got = f.peer.receiveToEnd().size(); });
        QVERIFY(f.loop.runUntil([&] { return f.sendingIsFinished; }));
        receiver.join();
        QCOMPARE(got, std::size_t{8 << 20});
    }

    void nothingIsSentAfterTheEnd() {
        Fixture f;
        f.connection->abort(CloseReason::Local, false);
        f.connection->send(bytesOf("x"));
        f.connection->finishSending();
        f.connection->close(CloseReason::Error);
        QVERIFY(f.ended == CloseReason::Local);
        QCOMPARE(f.peer.receiveToEnd(), std::string());
    }
};

QTEST_GUILESS_MAIN(TestStreamConnection)
#include "tst_stream_connection.moc"
