#include <algorithm>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/diagnostics/name_lookup.h"
#include "core/diagnostics/socket_filter.h"
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

    void writesTimersTcpInfoAndCongestion() {
        SocketRow row = listener();
        row.state = SocketState::Established;
        row.timer = TimerKind::Retransmit;
        row.timerExpiresMs = 204;
        row.timerRetransmits = 3;
        SocketDetails details;
        TcpInfo& info = details.tcpInfo.emplace();
        info.rttUs = 5300;
        info.rttVarUs = 1200;
        info.congestionWindow = 10;
        info.retransmitsTotal = 4;
        info.bytesReceived = 1ULL << 40;
        info.bytesAcked = 77;
        info.deliveryRate = 99;
        info.unacked = 2;
        info.caState = 4;
        info.options = 0x07;
        info.pacingRate = ~0ULL;
        details.congestion = "cubic";
        row.details = std::make_shared<SocketDetails>(details);
        const auto json = toJson(row);
        QCOMPARE(QByteArray::fromStdString(json["timer"].dump()).replace('"', '\''),
                 QByteArray("{'name':'on','expires_ms':204,'retransmits':3}"));
        QVERIFY(QByteArray::fromStdString(json["tcp_info"].dump())
                    .replace('"', '\'')
                    .startsWith("{'rtt_us':5300,'rtt_var_us':1200,'cwnd':10,'retransmits_total':4,"
                                "'bytes_received':1099511627776,'bytes_acked':77,"
                                "'delivery_rate':99,'unacked':2,"));
        QCOMPARE(json["tcp_info"]["ca_state"].get<std::string>(), std::string("loss"));
        QCOMPARE(json["tcp_info"]["options"].size(), std::size_t(3));
        QVERIFY(json["tcp_info"]["pacing_rate"].is_null()); // it has no limit
        QCOMPARE(json["congestion"].get<std::string>(), std::string("cubic"));
        // What the kernel has not measured is not a number.
        QVERIFY(json["tcp_info"]["last_data_sent_ms"].is_null());
        details.tcpInfo->minRttUs = ~0U;
        row.details = std::make_shared<SocketDetails>(details);
        QVERIFY(toJson(row)["tcp_info"]["min_rtt_us"].is_null());
        row.state = SocketState::Listen; // its segments would be a queue and a backlog
        QVERIFY(toJson(row)["tcp_info"].is_null());
    }

    void tellsTheOtherEndOfAUnixSocket() {
        SocketRow row;
        row.protocol = SocketProtocol::Unix;
        row.peerInode = 4711;
        QCOMPARE(toJson(row)["peer_inode"].get<int>(), 4711);
        QVERIFY(printTable(std::vector{row}, TableStyle::Full, false).find("inode:4711") !=
                std::string::npos);
        row = {};
        row.protocol = SocketProtocol::Netlink;
        row.inode = 9;
        row.number = 0; // NETLINK_ROUTE
        QCOMPARE(toJson(row)["name"].get<std::string>(), std::string("rtnl:kernel"));
        QVERIFY(ownerWord(row) == OwnerWord::Kernel);
    }

    void socketsWithoutAddressesHaveNone() {
        SocketRow row;
        row.protocol = SocketProtocol::Unix;
        row.family = 0;
        row.path = "@a\n";
        const auto json = toJson(row);
        for (const char* key : {"family", "local_address", "local_port", "remote_address",
                                "remote_port", "uid", "user"})
            QVERIFY2(json[key].is_null(), key);
        QCOMPARE(json["path"].get<std::string>(), std::string("@a\\n"));
        row.protocol = SocketProtocol::Netlink;
        row.path.clear();
        QVERIFY(toJson(row)["local_port"].is_null() && toJson(row)["path"].is_null());
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

    void printsAsSsDoes() {
        SocketRow any = listener();
        any.family = 6;
        any.localAddress = {};
        any.localAddress.isIpv6 = any.remoteAddress.isIpv6 = true;
        any.v6Only = false;
        SocketRow only = any;
        only.v6Only = true;
        SocketRow bound = listener();
        bound.interface = 1;
        bound.interfaceName = "lo";
        bound.owners.push_back({bound.owners.front().process, 9});
        QCOMPARE(styleCells(TableStyle::Ss, any)[4], std::string("*:65432"));
        QCOMPARE(styleCells(TableStyle::Ss, any)[5], std::string("*:*"));
        QCOMPARE(styleCells(TableStyle::Ss, only)[4], std::string("[::]:65432"));
        QCOMPARE(styleCells(TableStyle::Ss, bound)[4], std::string("127.0.0.1%lo:65432"));
        QCOMPARE(styleCells(TableStyle::Ss, bound)[6],
                 std::string("users:((\"echo\\x1b[31m\",pid=812,fd=9),(\"echo\\x1b[31m\",pid=812,"
                             "fd=4))"));
        QCOMPARE(styleCells(TableStyle::Ss, timeWait())[1], std::string("TIME-WAIT"));
        QCOMPARE(styleCells(TableStyle::Ss, timeWait())[4], std::string("[::ffff:127.0.0.1]:80"));
        const QStringList lines =
            QString::fromStdString(
                printTable(std::vector{listener(), timeWait()}, TableStyle::Ss, true))
                .split('\n');
        QCOMPARE(lines[0], QString("Netid State     Recv-Q Send-Q      Local Address:Port  Peer "
                                   "Address:Port  Process"));
        QCOMPARE(lines[1], QString("tcp   LISTEN    0      128             127.0.0.1:65432      "
                                   "0.0.0.0:*     users:((\"echo\\x1b[31m\",pid=812,fd=4))"));
    }

    void printsAsLsofDoes() {
        SocketRow row = listener();
        row.owners.push_back(
            {std::make_shared<ProcessInfo>(ProcessInfo{813, "a very long name"}), 17});
        const std::vector rows{row, timeWait()};
        const QStringList lines =
            QString::fromStdString(printTable(rows, TableStyle::Lsof, true)).split('\n');
        QCOMPARE(lines.size(), 4); // a line for each owner, none without one
        QCOMPARE(lines[0], QString("COMMAND   PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME"));
        QCOMPARE(lines[1].simplified(),
                 QString("echo\\x1b[ 812 root 4u IPv4 5 0t0 TCP 127.0.0.1:65432 (LISTEN)"));
        QVERIFY(lines[2].startsWith("a\\x20very 813 root   17u  IPv4"));
    }

    void leavesOutWhatAToolHasNoLineFor() {
        SocketRow row = listener();
        row.state = SocketState::Bound;
        for (const TableStyle style : everyTableStyle)
            QCOMPARE(styleShows(style, row), style == TableStyle::Full);
        row.state = SocketState::Listen;
        row.owners.clear();
        for (const TableStyle style : everyTableStyle)
            QCOMPARE(styleLines(style, row), style == TableStyle::Lsof ? 0U : 1U);
        for (const TableStyle style : everyTableStyle) {
            QCOMPARE(styleCells(style, row).size(), styleColumns(style).size());
            QVERIFY(tableStyleFrom(tableStyleName(style)) == style);
        }
    }

    void namesStandForNumbers() {
        struct : Names {
            std::string host(const IpAddress& address) const override {
                return address.isLoopback() ? "local\nhost" : "";
            }
            std::string port(SocketProtocol, std::uint16_t port) const override {
                return port == 80 ? "http" : "";
            }
            std::string user(std::uint32_t) const override { return ""; }
        } names;
        const SocketRow row = timeWait();
        QCOMPARE(styleCells(TableStyle::Full, row, 0, &names)[4], std::string("local\\nhost:http"));
        QCOMPARE(styleCells(TableStyle::Netstat, row, 0, &names)[3],
                 std::string("local\\nhost:http"));
        QCOMPARE(styleCells(TableStyle::Ss, row, 0, &names)[5], std::string("local\\nhost:40000"));
    }

    void alignsWideCharacters() {
        SocketRow row = listener();
        row.user = "\xE5\x91\xA8"; // two columns, three bytes
        SocketRow other = listener();
        const QStringList lines =
            QString::fromStdString(printTable(std::vector{row, other}, TableStyle::Full, false))
                .split('\n');
        QCOMPARE(lines[0].indexOf("812/"), lines[1].indexOf("812/") - 1);
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
