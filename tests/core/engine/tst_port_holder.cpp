#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

#include <QtTest>

#include "core/engine/port_holder.h"
#include "core/net/socket_options.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

class TestPortHolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesWhoHoldsThePort() {
        const TestSocket taken = TestSocket::listenTcp();
        const auto address = *SocketAddress::fromNumeric("127.0.0.1", taken.port());
        auto opened = openListener(Transport::Tcp, address, false, 8, {});
        QVERIFY(!opened);
        Error error = opened.error();
        explainPortInUse(error);
        QCOMPARE(error.hint.kind, Hint::Kind::PortHeld);
        QCOMPARE(error.hint.number, std::int64_t{::getpid()});
        QVERIFY(!error.hint.text.empty());
        QVERIFY(error.hint.port > taken.port());
    }

    void knowsTcpFromUdp() {
        const TestSocket taken = TestSocket::bindUdp();
        const auto address = *SocketAddress::fromNumeric("127.0.0.1", taken.port());
        auto opened = openDatagramSocket(Transport::Udp, address, false, {});
        QVERIFY(!opened);
        Error error = opened.error();
        QCOMPARE(error.hint.text, std::string("udp"));
        explainPortInUse(error);
        QCOMPARE(error.hint.number, std::int64_t{::getpid()});
    }

    void namesWhoHasBoundThePortAndDoesNotListen() {
        const UniqueFd holder(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        auto address = *SocketAddress::fromNumeric("127.0.0.1", 0);
        QCOMPARE(::bind(holder.get(), address.data(), address.length()), 0);
        address = SocketAddress::localOf(holder.get());
        auto opened = openListener(Transport::Tcp, address, false, 8, {});
        QVERIFY(!opened);
        Error error = opened.error();
        explainPortInUse(error);
        if (error.hint.kind == Hint::Kind::PortTaken)
            QSKIP("this kernel does not tell of bound sockets");
        QCOMPARE(error.hint.kind, Hint::Kind::PortHeld);
        QCOMPARE(error.hint.number, std::int64_t{::getpid()});
    }

    void leavesOtherErrorsAlone() {
        Error error = systemError(EACCES, "bind", "127.0.0.1:80");
        error.hint.kind = Hint::Kind::PrivilegedPort;
        explainPortInUse(error);
        QCOMPARE(error.hint.kind, Hint::Kind::PrivilegedPort);
        // A port that nobody seems to hold keeps the plain hint.
        Error free = systemError(EADDRINUSE, "bind", "127.0.0.1:1");
        free.hint = {.kind = Hint::Kind::PortTaken, .text = "tcp", .port = 2};
        explainPortInUse(free);
        QCOMPARE(free.hint.kind, Hint::Kind::PortTaken);
    }
};

QTEST_GUILESS_MAIN(TestPortHolder)
#include "tst_port_holder.moc"
