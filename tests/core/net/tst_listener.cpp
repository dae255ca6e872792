#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>

#include <QtTest>

#include "core/net/listener.h"
#include "core/net/socket_options.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

struct Accepted : Listener::Owner {
    void connectionAccepted(ListenerLink&, UniqueFd fd, SocketAddress peer) override {
        connections.push_back(TestSocket(std::move(fd)));
        peers.push_back(peer.text());
    }
    void acceptFailed(ListenerLink&, Error error) override { errors.push_back(std::move(error)); }

    std::vector<TestSocket> connections;
    std::vector<std::string> peers;
    std::vector<Error> errors;
};

UniqueFd listenAnywhere() {
    return std::move(
        *openListener(Transport::Tcp, *SocketAddress::fromNumeric("127.0.0.1", 0), false, 512, {}));
}

/// Lowers the limit of descriptors to what is open now and a few more.
class FewDescriptors {
public:
    explicit FewDescriptors(rlim_t more) {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const UniqueFd lowest(::fcntl(0, F_DUPFD_CLOEXEC, 0));
        const rlimit low{static_cast<rlim_t>(lowest.get()) + more, m_before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &low);
    }
    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }

private:
    rlimit m_before{};
};

} // namespace

class TestListener : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void acceptsAllWhoConnect() {
        Loop loop;
        Accepted owner;
        Listener listener(loop, listenAnywhere(), Transport::Tcp, owner);
        QVERIFY(listener.start().has_value());
        std::vector<TestSocket> clients;
        for (int i = 0; i < 200; ++i)
            clients.push_back(TestSocket::connectTcp(listener.address().port()));
        QVERIFY(loop.runUntil([&] { return owner.connections.size() == 200; }));
        for (std::size_t i = 0; i < clients.size(); ++i)
            QCOMPARE(owner.peers[i], "127.0.0.1:" + std::to_string(clients[i].port()));
        QVERIFY(owner.errors.empty());
    }

    void acceptsAgainOnceADescriptorIsFree() {
        Loop loop;
        Accepted owner;
        Listener listener(loop, listenAnywhere(), Transport::Tcp, owner);
        QVERIFY(listener.start().has_value());
        std::vector<TestSocket> clients;
        for (int i = 0; i < 20; ++i)
            clients.push_back(TestSocket::connectTcp(listener.address().port()));
        {
            const FewDescriptors few(5);
            QVERIFY(loop.runUntil([&] { return !owner.errors.empty(); }));
            const std::size_t before = owner.connections.size();
            QVERIFY(before < 20);
            owner.connections.clear(); // frees descriptors
            QVERIFY(loop.runUntil([&] { return !owner.connections.empty(); }));
        }
        // Looked at here, because UBSan needs descriptors to look at an object.
        QVERIFY(owner.errors.front().isErrno(EMFILE));
        QCOMPARE(owner.errors.front().hint.kind, Hint::Kind::MoreDescriptors);
        QVERIFY(loop.runUntil([&] { return owner.peers.size() == 20; }));
    }

    void saysOnceThatItPauses() {
        Loop loop;
        Accepted owner;
        Listener listener(loop, listenAnywhere(), Transport::Tcp, owner);
        QVERIFY(listener.start().has_value());
        const TestSocket client = TestSocket::connectTcp(listener.address().port());
        const FewDescriptors few(0);
        int turns = 0;
        // Paused it is not ready, so that a turn waits: a hundred of them would be busy otherwise.
        QVERIFY(loop.runUntil([&] { return ++turns > 100; }));
        QCOMPARE(owner.errors.size(), std::size_t{1});
    }

    void canBeStoppedFromWithinItsCall() {
        Loop loop;
        struct StopsAtOnce : Accepted {
            void connectionAccepted(ListenerLink& listener, UniqueFd fd,
                                    SocketAddress peer) override {
                Accepted::connectionAccepted(listener, std::move(fd), peer);
                listener.stop();
            }
        } owner;
        Listener listener(loop, listenAnywhere(), Transport::Tcp, owner);
        QVERIFY(listener.start().has_value());
        std::vector<TestSocket> clients;
        for (int i = 0; i < 5; ++i)
            clients.push_back(TestSocket::connectTcp(listener.address().port()));
        QVERIFY(loop.runUntil([&] { return !owner.connections.empty(); }));
        loop.runOnce();
        QCOMPARE(owner.connections.size(), std::size_t{1});
    }

    void refusesAPortThatIsTaken() {
        const TestSocket taken = TestSocket::listenTcp();
        const auto opened = openListener(
            Transport::Tcp, *SocketAddress::fromNumeric("127.0.0.1", taken.port()), false, 8, {});
        QVERIFY(!opened && opened.error().isErrno(EADDRINUSE));
        QCOMPARE(opened.error().operation, std::string("bind"));
        QCOMPARE(opened.error().hint.kind, Hint::Kind::PortTaken);
    }

    void refusesAnAddressOfAnotherMachine() {
        const auto opened =
            openListener(Transport::Tcp, *SocketAddress::fromNumeric("192.0.2.1", 0), false, 8, {});
        QVERIFY(!opened && opened.error().isErrno(EADDRNOTAVAIL));
        QCOMPARE(opened.error().hint.kind, Hint::Kind::CheckAddress);
    }
};

QTEST_GUILESS_MAIN(TestListener)
#include "tst_listener.moc"
