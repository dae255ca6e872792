#include <algorithm>

#include <QtTest>

#include "core/qt/network_interfaces.h"

using namespace sscope;

class TestNetworkInterfaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheLoopbackFirst() {
        const std::vector<LocalAddress> addresses = localAddresses();
        QVERIFY(!addresses.empty());
        QCOMPARE(addresses.front().address, std::string("127.0.0.1"));
        QCOMPARE(addresses.front().interface, std::string("lo"));
        QVERIFY(addresses.front().isLoopback);
        const auto firstOther = std::ranges::find(addresses, false, &LocalAddress::isLoopback);
        QVERIFY(std::all_of(firstOther, addresses.end(),
                            [](const LocalAddress& local) { return !local.isLoopback; }));
    }
};

QTEST_GUILESS_MAIN(TestNetworkInterfaces)
#include "tst_network_interfaces.moc"
