#include <atomic>

#include <unistd.h>

#include <QtTest>

#include "core/diagnostics/name_lookup.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

IpAddress loopback() {
    IpAddress address;
    address.bytes = {127, 0, 0, 1};
    return address;
}

} // namespace

class TestNameLookup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAtOnceAndKnowsMoreLater() {
        std::atomic<int> woken = 0;
        NameLookup names([&] { ++woken; });
        QCOMPARE(names.user(0), std::string());
        QVERIFY(names.waitUntilKnown(10s));
        QCOMPARE(names.user(0), std::string("root"));
        QTRY_COMPARE(woken.load(), 1);
        QCOMPARE(names.user(0), std::string("root")); // without another question
        QVERIFY(names.waitUntilKnown(0s));
        QCOMPARE(woken.load(), 1);
    }

    void wakesOnceForManyAnswers() {
        std::atomic<int> woken = 0;
        NameLookup names([&] { ++woken; });
        (void)names.user(0);
        (void)names.user(1);
        (void)names.port(SocketProtocol::Tcp, 22);
        (void)names.port(SocketProtocol::Tcp, 80);
        (void)names.host(loopback());
        QVERIFY(names.waitUntilKnown(10s));
        // The questions and the first answers may have overlapped.
        QVERIFY2(woken >= 1 && woken <= 5, std::to_string(woken).c_str());
        const int before = woken;
        (void)names.user(0); // asks for nothing new
        QVERIFY(names.waitUntilKnown(0s));
        QCOMPARE(woken.load(), before);
    }

    void knowsServices() {
        NameLookup names;
        (void)names.port(SocketProtocol::Tcp, 22);
        (void)names.port(SocketProtocol::Udp, 53);
        (void)names.port(SocketProtocol::Tcp, 0);
        (void)names.port(SocketProtocol::Unix, 22);
        QVERIFY(names.waitUntilKnown(10s));
        if (!QFile::exists("/etc/services"))
            QSKIP("there is no /etc/services");
        QCOMPARE(names.port(SocketProtocol::Tcp, 22), std::string("ssh"));
        QCOMPARE(names.port(SocketProtocol::Udp, 53), std::string("domain"));
        QCOMPARE(names.port(SocketProtocol::Unix, 22), std::string());
    }

    void knowsHosts() {
        NameLookup names;
        QCOMPARE(names.host(loopback()), std::string());
        QVERIFY(names.waitUntilKnown(10s));
        QCOMPARE(names.host(loopback()), std::string("localhost"));
        IpAddress mapped;
        mapped.isIpv6 = true;
        mapped.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1};
        QCOMPARE(names.host(mapped), std::string("localhost")); // as it is shown
        IpAddress any;
        QCOMPARE(names.host(any), std::string());
        QVERIFY(names.waitUntilKnown(0s)); // nobody is asked for it
    }

    void doesNothingBeforeItIsAsked() {
        NameLookup names;
        QVERIFY(names.waitUntilKnown(0s));
    }

    void keepsABoundedNumberOfHosts() {
        NameLookup names;
        (void)names.host(loopback());
        QVERIFY(names.waitUntilKnown(10s));
        IpAddress address;
        for (unsigned i = 0; i < 5000; ++i) { // of 127.0.0.0/8: no question leaves this machine
            address.bytes = {127, 1, static_cast<std::uint8_t>(i >> 8),
                             static_cast<std::uint8_t>(i)};
            (void)names.host(address);
        }
        QCOMPARE(names.host(loopback()), std::string()); // it was the oldest
    }

    void itsEndWaitsForNobody() {
        std::atomic<bool> isOver = false;
        {
            NameLookup names([&] { QVERIFY(!isOver); });
            IpAddress address;
            for (unsigned i = 0; i < 100; ++i) {
                address.bytes = {127, 2, 0, static_cast<std::uint8_t>(i)};
                (void)names.host(address);
            }
        }
        isOver = true; // a wake from now on would be one of a lookup that is gone
    }
};

QTEST_GUILESS_MAIN(TestNameLookup)
#include "tst_name_lookup.moc"
