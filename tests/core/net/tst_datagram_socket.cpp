#include <cerrno>

#include <poll.h>

#include <QtTest>

#include "core/net/datagram_socket.h"
#include "core/net/socket_options.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

struct Fixture : DatagramSocket::Owner {
    explicit Fixture(std::size_t receiveSize = 65536) {
        const auto address = *SocketAddress::fromNumeric("127.0.0.1", 0);
        UniqueFd fd = std::move(*openDatagramSocket(Transport::Udp, address, false, {}));
        port = SocketAddress::localOf(fd.get()).port();
        socket = std::make_unique<DatagramSocket>(loop, std::move(fd), receiveSize, 1 << 20, *this);
        if (!socket->start())
            qFatal("start");
    }

    void datagramReceived(ByteView payload, std::size_t realSize,
                          const SocketAddress& address) override {
        received.emplace_back(textOf(payload));
        sizes.push_back(realSize);
        from = address;
    }
    void datagramSent(ByteView payload, const SocketAddress&) override {
        sent.push_back(payload.size());
    }
    void datagramFailed(Error error) override { errors.push_back(std::move(error)); }

    Loop loop;
    std::uint16_t port = 0;
    std::vector<std::string> received;
    std::vector<std::size_t> sizes;
    std::vector<std::size_t> sent;
    std::vector<Error> errors;
    SocketAddress from;
    std::unique_ptr<DatagramSocket> socket;
};

SocketAddress unixAddress(const std::string& path) {
    return *SocketAddress::fromUnixPath(path);
}

TestSocket bindUnixgram(const std::string& path) {
    UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const SocketAddress address = unixAddress(path);
    if (::bind(fd.get(), address.data(), address.length()) != 0)
        qFatal("bind");
    return TestSocket(std::move(fd));
}

} // namespace

class TestDatagramSocket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void keepsTheBordersOfDatagrams() {
        Fixture f;
        const TestSocket peer = TestSocket::connectUdp(f.port);
        peer.send("one");
        peer.send("");
        peer.send("three");
        QVERIFY(f.loop.runUntil([&] { return f.received.size() == 3; }));
        QVERIFY((f.received == std::vector<std::string>{"one", "", "three"}));
        QCOMPARE(f.from.text(), "127.0.0.1:" + std::to_string(peer.port()));
    }

    void answersWhoAsked() {
        Fixture f;
        const TestSocket peer = TestSocket::connectUdp(f.port);
        peer.send("ping");
        QVERIFY(f.loop.runUntil([&] { return !f.received.empty(); }));
        f.socket->send(bytesOf("pong"), f.from);
        QCOMPARE(peer.receiveSome(), std::string("pong"));
        QVERIFY((f.sent == std::vector<std::size_t>{4}));
    }

    void fetchesABurstWhole() {
        Fixture f;
        const TestSocket peer = TestSocket::connectUdp(f.port);
        for (int i = 0; i < 1000; ++i)
            peer.send(std::to_string(i));
        QVERIFY(f.loop.runUntil([&] { return f.received.size() == 1000; }));
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(f.received[static_cast<std::size_t>(i)], std::to_string(i));
        QCOMPARE(kernelDrops(f.socket->fd()), std::uint64_t{0});
    }

    void tellsTheRealSizeOfACutDatagram() {
        Fixture f(8);
        const TestSocket peer = TestSocket::connectUdp(f.port);
        peer.send("0123456789abcdef");
        QVERIFY(f.loop.runUntil([&] { return !f.received.empty(); }));
        QCOMPARE(f.received[0], std::string("01234567"));
        QCOMPARE(f.sizes[0], std::size_t{16});
    }

    void explainsADatagramThatIsTooLong() {
        Fixture f;
        const TestSocket peer = TestSocket::bindUdp();
        const auto to = *SocketAddress::fromNumeric("127.0.0.1", peer.port());
        f.socket->send(bytesOf(std::string(65507, 'x')), to);
        QCOMPARE(peer.receiveSome().size(), std::size_t{65507});
        f.socket->send(bytesOf(std::string(65508, 'x')), to);
        QCOMPARE(f.errors.size(), std::size_t{1});
        QVERIFY(f.errors[0].isErrno(EMSGSIZE));
        QCOMPARE(f.errors[0].hint.number, std::int64_t{65507});
        f.socket->send(bytesOf("still works"), to);
        QCOMPARE(peer.receiveSome(), std::string("still works"));
    }

    void aConnectedSocketHearsThatNobodyListens() {
        Fixture f;
        TestSocket closed = TestSocket::bindUdp();
        const std::uint16_t port = closed.port();
        closed.close();
        UniqueFd fd = std::move(*openClientSocket(Transport::Udp, AF_INET, {}));
        const auto to = *SocketAddress::fromNumeric("127.0.0.1", port);
        QCOMPARE(::connect(fd.get(), to.data(), to.length()), 0);
        DatagramSocket socket(f.loop, std::move(fd), 65536, 1 << 20, f);
        QVERIFY(socket.start().has_value());
        socket.send(bytesOf("anybody?"), {});
        QVERIFY(f.loop.runUntil([&] { return !f.errors.empty(); }));
        QVERIFY(f.errors[0].isErrno(ECONNREFUSED));
        QCOMPARE(f.errors[0].hint.kind, Hint::Kind::NothingListens);
    }

    void canBeStoppedFromWithinAFailure() {
        struct StopsAtOnce : Fixture {
            void datagramFailed(Error error) override {
                Fixture::datagramFailed(std::move(error));
                stopped->stop();
            }
            DatagramSocket* stopped = nullptr;
        } f;
        const SocketAddress nowhere = unixAddress(temporaryPath("nobody"));
        UniqueFd fd = std::move(*openClientSocket(Transport::Unixgram, AF_UNIX, {}));
        DatagramSocket socket(f.loop, std::move(fd), 4096, 1 << 20, f);
        f.stopped = &socket;
        QVERIFY(socket.start().has_value());
        socket.send(bytesOf("one"), nowhere);
        socket.send(bytesOf("two"), nowhere);
        f.loop.runOnce();
        QCOMPARE(f.errors.size(), std::size_t{1});
        QVERIFY(!socket.hasOutput());
    }

    void oneReceiverThatIsFullHoldsNobodyUp() {
        Fixture f;
        const std::string path = temporaryPath("server");
        UniqueFd fd =
            std::move(*openDatagramSocket(Transport::Unixgram, unixAddress(path), false, {}));
        DatagramSocket socket(f.loop, std::move(fd), 4096, 1 << 20, f);
        QVERIFY(socket.start().has_value());
        const std::string lazyPath = temporaryPath("lazy");
        const std::string keenPath = temporaryPath("keen");
        const TestSocket lazy = bindUnixgram(lazyPath);
        const TestSocket keen = bindUnixgram(keenPath);
        for (int i = 0; i < 1000; ++i)
            socket.send(bytesOf(std::to_string(i)), unixAddress(lazyPath));
        QVERIFY(socket.hasOutput());
        socket.send(bytesOf("at once"), unixAddress(keenPath));
        QCOMPARE(keen.receiveSome(), std::string("at once"));
        // Nothing says when there is room: the loop rests, and tries again.
        int turns = 0;
        QVERIFY(f.loop.runUntil([&] { return ++turns > 3; }));
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(f.loop.runUntil([&] {
                pollfd ready{lazy.fd(), POLLIN, 0};
                return ::poll(&ready, 1, 0) > 0;
            }));
            QCOMPARE(lazy.receiveSome(), std::to_string(i));
        }
        QVERIFY(f.loop.runUntil([&] { return !socket.hasOutput(); }));
        QVERIFY(f.errors.empty());
    }

    void saysWhatFindsNoRoomInTheQueue() {
        Fixture f;
        const std::string lazyPath = temporaryPath("full");
        const TestSocket lazy = bindUnixgram(lazyPath);
        UniqueFd fd = std::move(*openClientSocket(Transport::Unixgram, AF_UNIX, {}));
        DatagramSocket socket(f.loop, std::move(fd), 4096, 4096, f);
        QVERIFY(socket.start().has_value());
        for (int i = 0; i < 200; ++i)
            socket.send(bytesOf("x"), unixAddress(lazyPath));
        QVERIFY(socket.queued() <= 4096);
        QVERIFY(!f.errors.empty());
        QVERIFY(f.errors.front().is(Fault::SendQueueExceeded));
        QCOMPARE(f.sent.size() + f.errors.size() < 200, true); // and some wait
    }

    void readsTheKernelsDrops() {
        SocketOptions options;
        options.receiveBuffer = 4096;
        const auto address = *SocketAddress::fromNumeric("127.0.0.1", 0);
        const UniqueFd fd = std::move(*openDatagramSocket(Transport::Udp, address, false, options));
        const TestSocket peer = TestSocket::connectUdp(SocketAddress::localOf(fd.get()).port());
        for (int i = 0; i < 200; ++i)
            peer.send(std::string(500, 'x'));
        QVERIFY(kernelDrops(fd.get()) > 0);
        QVERIFY(grantedReceiveBuffer(fd.get()) >= 1024);
    }
};

QTEST_GUILESS_MAIN(TestDatagramSocket)
#include "tst_datagram_socket.moc"
