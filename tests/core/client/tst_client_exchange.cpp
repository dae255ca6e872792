#include <QtTest>

#include "core/client/client_exchange.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

class Nobody final : public ClientObserver {};

/// One letter, again and again, to a socket that we hold.
struct Letters {
    Letters(const Endpoint& endpoint, std::size_t messages, std::uint64_t repeat)
        : exchange(loop, {1, 1}, {.endpoint = endpoint},
                   std::make_shared<const ExchangePlan>(ExchangePlan{
                       .messages = {messages, {.content = {std::byte{'x'}}}}, .repeat = repeat}),
                   nobody) {
        exchange.start();
    }

    Loop loop;
    Nobody nobody;
    ClientExchange exchange;
};

} // namespace

class TestClientExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void aTurnLeavesTimeForWhatComesBack() {
        const TestSocket peer = TestSocket::bindUdp();
        Letters f({.transport = Transport::Udp, .host = "127.0.0.1", .port = peer.port()}, 1,
                  20'000);
        QVERIFY(f.loop.runUntil([&] { return f.exchange.sentBytes() > 0; }));
        QVERIFY(f.exchange.sentBytes() < 1000);
        QVERIFY(f.loop.runUntil([&] { return f.exchange.sentBytes() == 20'000; }));
    }

    void moreMessagesThanCanBeCountedAreNotNone() {
        const TestSocket server = TestSocket::listenTcp();
        Letters f({.host = "127.0.0.1", .port = server.port()}, 2, std::uint64_t{1} << 63);
        QVERIFY(f.loop.runUntil([&] { return f.exchange.sentBytes() > 100; }));
    }
};

QTEST_GUILESS_MAIN(TestClientExchange)
#include "tst_client_exchange.moc"
