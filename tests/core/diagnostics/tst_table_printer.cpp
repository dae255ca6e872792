#include <algorithm>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/diagnostics/table_printer.h"

using namespace sscope;

namespace {

SocketRow listener() {
    SocketRow row;
    row.cookie = 77;
    row.inode = 5;
    row.state = SocketState::Listen;
    row.sendQueue = 128;
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = 65432;
    row.hasUid = true;
    row.uid = 0;
    row.user = "root";
    row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{812, "echo\x1b[31m"}), 4}};
    return row;
}

SocketRow timeWait() {
    SocketRow row;
    row.cookie = 78;
    row.state = SocketState::TimeWait;
    row.family = 6;
    row.localAddress.isIpv6 = row.remoteAddress.isIpv6 = true;
    row.localAddress.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1};
    row.remoteAddress.bytes[15] = 1;
    row.localPort = 80;
    row.remotePort = 40'000;
    return row;
}

} // namespace

class TestTablePrinter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheKeysOfTheInterface() {
        const auto json = toJson(listener());
        // moc cannot read raw strings; quotes are written as ' here.
        std::string expected =
            "{'protocol':'tcp','family':4,'type':'stream','state':'LISTEN','recv_queue':0,"
            "'send_queue':128,'local_address':'127.0.0.1','local_port':65432,"
            "'remote_address':null,'remote_port':null,'path':null,'uid':0,'user':'root',"
            "'inode':5,'cookie':77,'owners':[{'pid':812,'command':'echo\\\\x1b[31m','fd':4}],"
            "'owners_known':true,'timer':null,'tcp_info':null,'congestion':null}";
        std::ranges::replace(expected, '\'', '"');
        QCOMPARE(json.dump(), expected);
    }

    void aMappedAddressIsIpv4WithFamily6() {
        const auto json = toJson(timeWait());
        QCOMPARE(json["family"].get<int>(), 6);
        QCOMPARE(json["local_address"].get<std::string>(), std::string("127.0.0.1"));
        QCOMPARE(json["remote_address"].get<std::string>(), std::string("::1"));
        QVERIFY(json["uid"].is_null() && json["user"].is_null());
        QVERIFY(json["owners"].empty());
    }

    void printsSafeColumns() {
        const std::vector<SocketRow> rows{listener(), timeWait()};
        const QString text = QString::fromStdString(printTable(rows, TableStyle::Full, true));
        const QStringList lines = text.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].startsWith("Proto"));
        QVERIFY(lines[1].contains("127.0.0.1:65432") &&
                lines[1].contains("812/echo\\x1b[31m fd 4"));
        QVERIFY(lines[2].contains("kernel"));
        QVERIFY(!text.contains(QChar(0x1b)));
        // Columns stand below their headers.
        QCOMPARE(lines[1].indexOf("127.0.0.1:65432"), lines[0].indexOf("Local"));
        QCOMPARE(QString::fromStdString(printTable(rows, TableStyle::Full, false))
                     .split('\n', Qt::SkipEmptyParts)
                     .size(),
                 2);
    }

    void printsAsNetstatDoes() {
        const std::vector<SocketRow> rows{listener(), timeWait()};
        const QStringList lines =
            QString::fromStdString(printTable(rows, TableStyle::Netstat, true)).split('\n');
        QCOMPARE(lines[0], QString("Active Internet connections (servers and established)"));
        QCOMPARE(lines[1], QString("Proto Recv-Q Send-Q Local Address           Foreign Address    "
                                   "     State       PID/Program name    "));
        QVERIFY2(lines[2].startsWith("tcp        0      0 127.0.0.1:65432         0.0.0.0:*        "
                                     "       LISTEN      812/echo"),
                 qPrintable(lines[2]));
        QVERIFY2(lines[3].startsWith("tcp6       0      0 127.0.0.1:80            ::1:40000        "
                                     "       TIME_WAIT   -"),
                 qPrintable(lines[3]));
    }

    void ordersForReading() {
        std::vector<SocketRow> rows{timeWait(), listener()};
        rows[0].protocol = SocketProtocol::Udp;
        sortForReading(rows);
        QVERIFY(rows[0].protocol == SocketProtocol::Tcp);
    }
};

QTEST_GUILESS_MAIN(TestTablePrinter)
#include "tst_table_printer.moc"
