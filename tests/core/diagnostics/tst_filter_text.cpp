#include <QtTest>

#include "core/diagnostics/filter_text.h"
#include "core/diagnostics/socket_filter.h"

using namespace sscope;

namespace {

SocketRow connection(std::uint16_t port) {
    SocketRow row;
    row.state = SocketState::Established;
    row.family = 6;
    row.localAddress.isIpv6 = row.remoteAddress.isIpv6 = true;
    row.localAddress.bytes[15] = row.remoteAddress.bytes[15] = 1;
    row.localPort = port;
    row.remotePort = 80;
    row.inode = 5;
    return row;
}

} // namespace

class TestFilterText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOneRow() {
        const SocketRow row = connection(4000);
        const std::string text = filterFor(row);
        QCOMPARE(text, std::string("proto:tcp src:::1 sport:4000 dst:::1 dport:80 inode:5"));
        const auto filter = SocketFilter::parse(text);
        QVERIFY(filter && filter->matches({row}) && !filter->matches({connection(4001)}));
        SocketRow listener;
        listener.state = SocketState::Listen;
        listener.localPort = 22;
        QCOMPARE(filterFor(listener), std::string("proto:tcp src:0.0.0.0 sport:22"));
        QVERIFY(SocketFilter::parse(filterFor(listener))->matches({listener}));
        SocketRow unixRow;
        unixRow.protocol = SocketProtocol::Unix;
        unixRow.inode = 7;
        QCOMPARE(filterFor(unixRow), std::string("proto:unix inode:7"));
    }

    void speaksToSs() {
        QCOMPARE(ssFilterFor(connection(4000)), std::string("src [::1]:4000 and dst [::1]:80"));
        SocketRow row;
        row.localAddress.bytes = {127, 0, 0, 1};
        row.localPort = 22;
        QCOMPARE(ssFilterFor(row), std::string("src 127.0.0.1:22"));
        row.protocol = SocketProtocol::Unix;
        row.path = "/run/bus";
        QCOMPARE(ssFilterFor(row), std::string("src unix:/run/bus"));
        row.path = "/tmp/$(reboot)";
        QCOMPARE(ssFilterFor(row), std::string());
    }

    void quotesWhatElseWouldBeMore_data() {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* word, const char* expected) {
            QTest::newRow(word) << QByteArray(word) << QByteArray(expected);
        };
        row("nginx", "nginx");
        row("my app", "\"my app\"");
        row("or", "\"or\"");
        row("NOT", "\"NOT\"");
        row("80", "\"80\"");
        row("80-443", "\"80-443\"");
        row("a:b", "\"a:b\"");
        row("/x/", "\"/x/\"");
        row("say \"hi\"\\", "\"say \\\"hi\\\"\\\\\"");
        row("", "\"\"");
    }

    void quotesWhatElseWouldBeMore() {
        QFETCH(QByteArray, word);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(filterQuoted(word.toStdString())), expected);
        if (word.isEmpty())
            return;
        SocketRow row;
        row.user = word.toStdString();
        const auto filter = SocketFilter::parse("user=" + filterQuoted(word.toStdString()));
        QVERIFY(filter && filter->matches({row}));
    }
};

QTEST_GUILESS_MAIN(TestFilterText)
#include "tst_filter_text.moc"
