#include <QtTest>

#include "core/diagnostics/socket_filter.h"

using namespace sscope;

namespace {

SocketRow sampleRow() {
    SocketRow row;
    row.state = SocketState::Established;
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = 8080;
    row.remoteAddress.bytes = {192, 0, 2, 7};
    row.remotePort = 443;
    row.inode = 5;
    row.user = "mira";
    row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{812, "Nginx"}), 4}};
    return row;
}

} // namespace

class TestSocketFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matchesWordsAndNumbers_data() {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* filter, bool matches) {
            QTest::newRow(filter) << QByteArray(filter) << matches;
        };
        row("", true);
        row("   ", true);
        row("nginx", true);
        row("NGIN", true);
        row("apache", false);
        row("8080", true);
        row("443", true);
        row("812", true); // the pid
        row("80", false); // a number is a whole port or pid
        row("tcp", true);
        row("udp", false);
        row("established", true);
        row("127.0.0.1:8080", true);
        row("192.0.2", true);
        row("mira", true);
        row("nginx 443", true);
        row("nginx 444", false);
        row("kernel", false);
    }

    void matchesWordsAndNumbers() {
        QFETCH(QByteArray, filter);
        QFETCH(bool, matches);
        QCOMPARE(SocketFilter(filter.toStdString()).matches(sampleRow()), matches);
    }

    void findsRowsWithoutAnOwner() {
        SocketRow hidden = sampleRow();
        hidden.owners.clear();
        hidden.ownersKnown = false;
        QVERIFY(SocketFilter("no permission").matches(hidden));
        QVERIFY(ownerWord(hidden) == OwnerWord::NoPermission);
        SocketRow waiting = sampleRow();
        waiting.owners.clear();
        waiting.inode = 0;
        QVERIFY(SocketFilter("kernel").matches(waiting));
        waiting.inode = 9;
        QVERIFY(ownerWord(waiting) == OwnerWord::None);
    }
};

QTEST_GUILESS_MAIN(TestSocketFilter)
#include "tst_socket_filter.moc"
