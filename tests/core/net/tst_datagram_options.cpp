#include <cerrno>

#include <netinet/in.h>

#include <QtTest>

#include "core/net/datagram_options.h"
#include "core/net/error_queue.h"
#include "core/net/socket_options.h"

using namespace sscope;

namespace {

SocketAddress addressOf(const char* host) {
    return *SocketAddress::fromNumeric(host, 9);
}

int optionOf(const UniqueFd& fd, int level, int name) {
    int value = -1;
    socklen_t length = sizeof value;
    ::getsockopt(fd.get(), level, name, &value, &length);
    return value;
}

} // namespace

class TestDatagramOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatReachesMany() {
        for (const char* host : {"224.0.0.1", "239.255.255.255", "ff02::1", "::ffff:239.1.1.1"})
            QVERIFY2(isMulticast(addressOf(host)), host);
        for (const char* host : {"127.0.0.1", "240.0.0.1", "255.255.255.255", "fe80::1", "::1"})
            QVERIFY2(!isMulticast(addressOf(host)), host);
        QVERIFY(!reachesMany(addressOf("10.0.0.255"), {}));
        QVERIFY(reachesMany(addressOf("10.0.0.255"), {.broadcast = true}));
        QVERIFY(reachesMany(addressOf("10.0.0.1"), {.join = {"239.1.1.1"}}));
        QVERIFY(!reachesMany(Endpoint{.host = "239.1.1.1"}, {})); // by TCP
        QVERIFY(reachesMany(Endpoint{.transport = Transport::Udp, .host = "239.1.1.1"}, {}));
    }

    void refusesWhatCannotBe() {
        QVERIFY(validate({}, Transport::Tcp));
        QVERIFY(validate({.broadcast = true}, Transport::Tcp).error().is(Fault::NeedsDatagrams));
        const auto notAGroup = validate({.join = {"10.0.0.1"}}, Transport::Udp);
        QVERIFY(notAGroup.error().is(Fault::NotMulticast));
        QVERIFY(validate({.join = {"a name"}}, Transport::Udp).error().is(Fault::NotMulticast));
        QVERIFY(validate({.multicastTtl = 256}, Transport::Udp).error().is(Fault::BadValue));
        QVERIFY(validate({.multicastTtl = 255, .join = {"ff02::1"}}, Transport::Udp));
    }

    void setsWhatIsAsked() {
        const DatagramOptions options{.broadcast = true,
                                      .multicastTtl = 7,
                                      .multicastInterface = "lo",
                                      .multicastLoop = false};
        const auto fd = openClientSocket(Transport::Udp, AF_INET, {});
        QVERIFY(applyDatagramOptions(fd->get(), AF_INET, options));
        QCOMPARE(optionOf(*fd, SOL_SOCKET, SO_BROADCAST), 1);
        QCOMPARE(optionOf(*fd, IPPROTO_IP, IP_MULTICAST_TTL), 7);
        QCOMPARE(optionOf(*fd, IPPROTO_IP, IP_MULTICAST_LOOP), 0);
        const auto fd6 = openClientSocket(Transport::Udp, AF_INET6, {});
        QVERIFY(applyDatagramOptions(fd6->get(), AF_INET6, options));
        QCOMPARE(optionOf(*fd6, IPPROTO_IPV6, IPV6_MULTICAST_HOPS), 7);
        QCOMPARE(optionOf(*fd6, IPPROTO_IPV6, IPV6_MULTICAST_IF), 1);
    }

    void namesTheInterfacesThatThereAre() {
        const auto fd = openClientSocket(Transport::Udp, AF_INET, {});
        const auto applied =
            applyDatagramOptions(fd->get(), AF_INET, {.multicastInterface = "nowhere0"});
        QVERIFY(!applied && applied.error().isErrno(ENODEV));
        QCOMPARE(applied.error().hint.kind, Hint::Kind::NameInterface);
        QVERIFY(applied.error().hint.text.find("lo") != std::string::npos);
    }

    void namesIcmpMessages() {
        QCOMPARE(icmpName(false, 3, 3), std::string("port unreachable (type 3, code 3)"));
        QCOMPARE(icmpName(false, 11, 0), std::string("TTL exceeded on the way (type 11, code 0)"));
        QCOMPARE(icmpName(false, 3, 99), std::string("destination unreachable (type 3, code 99)"));
        QCOMPARE(icmpName(true, 1, 4), std::string("port unreachable (type 1, code 4)"));
        QCOMPARE(icmpName(true, 2, 0), std::string("packet too big (type 2, code 0)"));
        QCOMPARE(icmpName(true, 99, 1), std::string("type 99, code 1"));
    }
};

QTEST_GUILESS_MAIN(TestDatagramOptions)
#include "tst_datagram_options.moc"
