#include <QtTest>

#include "core/diagnostics/socket_filter.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

IpAddress ipv6(std::initializer_list<std::uint8_t> head, std::uint8_t last) {
    IpAddress address;
    address.isIpv6 = true;
    std::ranges::copy(head, address.bytes.begin());
    address.bytes[15] = last;
    return address;
}

SocketRow sampleRow() {
    SocketRow row;
    row.state = SocketState::Established;
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = 8080;
    row.remoteAddress.bytes = {192, 0, 2, 7};
    row.remotePort = 443;
    row.inode = 5150;
    row.hasUid = true;
    row.uid = 1000;
    row.user = "mira";
    row.receiveQueue = 70'000;
    row.sendQueue = 12;
    ProcessInfo process{812, "Nginx"};
    process.executable = "/usr/sbin/nginx-with-a-long-name";
    row.owners = {{std::make_shared<ProcessInfo>(process), 17}};
    SocketDetails details;
    details.tcpInfo.emplace().rttUs = 5300;
    row.details = std::make_shared<SocketDetails>(details);
    return row;
}

SocketRow listenerRow() {
    SocketRow row;
    row.state = SocketState::Listen;
    row.family = 6;
    row.localAddress = ipv6({0xfe, 0x80}, 9);
    row.remoteAddress.isIpv6 = true;
    row.localPort = 22;
    row.inode = 6;
    row.sendQueue = 128; // the backlog
    row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{7, "sshd"}), 3}};
    return row;
}

SocketFilter filterOf(const QByteArray& text) {
    const auto filter = SocketFilter::parse(text.toStdString());
    if (filter)
        return *filter;
    QTest::qFail(filter.error().text().c_str(), __FILE__, __LINE__);
    return {};
}

} // namespace

class TestSocketFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matchesARow_data() {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* filter, bool matches) {
            QTest::newRow(filter) << QByteArray(filter) << matches;
        };
        row("", true);
        row("   ", true);
        // Plain words and numbers.
        row("nginx", true);
        row("NGIN", true);
        row("apache", false);
        row("long-name", true); // the executable: comm(5) is cut
        row("8080", true);
        row("443", true);
        row("812", true); // the pid
        row("80", false); // a number is a whole port or pid
        row("400-500", true);
        row("500-600", false);
        row("tcp", true);
        row("udp", false);
        row("established", true);
        row("estab", true); // as ss and netstat show them
        row("time-wait", false);
        row("tcp4", true);
        row("tcp6", false);
        row("127.0.0.1:8080", true);
        row("192.0.2", true);
        row(":443", true);
        row("mira", true);
        row("kernel", false);
        // Joints: not before and before or.
        row("nginx 443", true);
        row("nginx and 443", true);
        row("nginx 444", false);
        row("apache or 443", true);
        row("not apache", true);
        row("not nginx", false);
        row("not not nginx", true);
        row("NOT apache AND 443", true);
        row("nginx or apache 444", true); // nginx or (apache and 444)
        row("(nginx or apache) 444", false);
        row("not apache or nginx 444", true);
        row("not (apache or nginx)", false);
        row("not(apache)(443)", true);
        row("apache or not 444 443", true);
        // Ports.
        row("port:443", true);
        row("port:8080", true);
        row("port:812", false);
        row("port: 443", true);
        row("PORT=443", true);
        row("port:80-443", true);
        row("port:444-8079", false);
        row("sport:8080", true);
        row("sport:443", false);
        row("dport:443", true);
        row("dport:8080", false);
        row("dport<1024", true);
        row("dport>=443", true);
        row("dport>443", false);
        row("dport <= 442", false);
        row("port:>8000", true);
        // Addresses.
        row("host:192.0.2.7", true);
        row("host:127.0.0.1", true);
        row("src:127.0.0.1", true);
        row("src:192.0.2.7", false);
        row("dst:192.0.2.0/24", true);
        row("dst:192.0.2.0/29", true);
        row("dst:192.0.2.8/29", false);
        row("dst:0.0.0.0/0", true);
        row("dst:::ffff:192.0.2.7", true);
        row("dst:::/0", false);
        row("host:fe80::/10", false);
        row("src:localhost", true);
        row("dst:localhost", false);
        row("dst:192.0.", true);
        row("dst:2.7", false); // a part is that of the front
        row("dst:/\\.7$/", true);
        row("dst:192.0.2.7:443", true);
        row("dst:192.0.2.7:444", false);
        row("src:*", false);
        // States and protocols.
        row("state:established", true);
        row("state:ESTAB", true);
        row("state:listen", false);
        row("state:/^est/", true);
        row("proto:tcp", true);
        row("proto:tcp4", true);
        row("proto:tcp6", false);
        row("proto:udp", false);
        // Who.
        row("process:nginx", true);
        row("process:/^ngin[xy]$/", true);
        row("process:/^gin/", false);
        row("process=nginx", true);
        row("process=ngin", false);
        row("pid:812", true);
        row("pid:800-820", true);
        row("pid>812", false);
        row("user:mir", true);
        row("user=mir", false);
        row("user:1000", true);
        row("uid:1000", true);
        row("uid>=1000", true);
        row("uid<1000", false);
        row("inode:5150", true);
        row("inode:515", false);
        row("fd:17", true);
        row("fd>17", false);
        // Measures.
        row("queue>64k", true);
        row("queue>69KiB", false);
        row("queue>0", true);
        row("queue<1M", true);
        row("queue:0", false);
        row("queue:1k-1m", true);
        row("rtt>5ms", true);
        row("rtt>5", true); // milliseconds
        row("rtt>5.3ms", false);
        row("rtt<6000us", true);
        row("rtt:1ms-1s", true);
        row("age>3m", true);
        row("age>181s", false);
        row("age<2h", true);
        row("age>2m59s", true);
        row("age>170", true); // seconds
        // Properties.
        row("is:established", true);
        row("is:listening", false);
        row("is:loopback", false);
        row("is:ours", true);
        row("is:orphan", false);
        // Quotes.
        row("\"nginx\"", true);
        row("'127.0.0.1:8080'", true);
        row("process:\"ngin x\"", false);
        row("/^ngi.x$/", true);
        row("/7:443$/", true);
    }

    void matchesARow() {
        QFETCH(QByteArray, filter);
        QFETCH(bool, matches);
        const SocketRow row = sampleRow();
        QCOMPARE(filterOf(filter).matches({row, 3min + 1s, true}), matches);
    }

    void matchesAListener_data() {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char* filter, bool matches) {
            QTest::newRow(filter) << QByteArray(filter) << matches;
        };
        row("fe80::9", true);
        row("[fe80::9]:22", true);
        row("src:fe80::/10", true);
        row("src:[fe80::9]", true);
        row("src:[fe80::9]:22", true);
        row("src:[fe80::9]:23", false);
        row("src:fe80:", true);
        row("host:fe80::9/128", true);
        row("host:fec0::/10", false);
        row("src:0.0.0.0/0", false);
        row("dst:::", false); // there is no remote end
        row("dport:0", false);
        row("port:22", true);
        row("proto:tcp6", true);
        row("is:listening", true);
        row("queue>0", false); // the backlog is no queue
        row("rtt>0", false);   // nothing is known of it
        row("not rtt>0", true);
        row("age>0", false); // nor of its age
        row("is:ours", false);
        row("uid:0", false); // the kernel does not know
        row("sshd \"22\"", true);
    }

    void matchesAListener() {
        QFETCH(QByteArray, filter);
        QFETCH(bool, matches);
        const SocketRow row = listenerRow();
        QCOMPARE(filterOf(filter).matches({row}), matches);
    }

    void saysWhereAFilterIsWrong_data() {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("expected");
        const auto row = [](const char* filter, int column, FilterExpectation expected) {
            QTest::newRow(filter) << QByteArray(filter) << column << static_cast<int>(expected);
        };
        using E = FilterExpectation;
        row("or", 1, E::Term);
        row("tcp or", 7, E::Term);
        row("tcp or or udp", 8, E::Term);
        row("not", 4, E::Term);
        row("tcp and", 8, E::Term);
        row("()", 2, E::Term);
        row("tcp)", 4, E::Term);
        row("(tcp", 5, E::ClosingParenthesis);
        row("(tcp or (udp)", 14, E::ClosingParenthesis);
        row("prot:80", 1, E::Key);
        row("tcp foo=bar", 5, E::Key);
        row("tcp >5", 5, E::Key);
        row("port:", 6, E::Port);
        row("port:http", 6, E::Port);
        row("port:65536", 6, E::Port);
        row("port:80-x", 9, E::Port);
        row("port:443-80", 6, E::RisingRange);
        row("port>", 6, E::Port);
        row("port:80x", 6, E::Port);
        row("pid:-1", 5, E::Number);
        row("pid:99999999999999999999999", 5, E::Number);
        row("host:example.org", 6, E::Address);
        row("host:10.0.0.0/33", 6, E::Address);
        row("host:", 6, E::Address);
        row("src:fe80::/129", 5, E::Address);
        row("host>1", 5, E::Colon);
        row("state:open", 7, E::State);
        row("proto:sctp", 7, E::Protocol);
        row("is:open", 4, E::Property);
        row("process:", 9, E::Text);
        row("queue>big", 7, E::Size);
        row("rtt>5m", 5, E::Time);
        row("rtt:5ms", 4, E::Order);
        row("age>soon", 5, E::Age);
        row("age:3m", 4, E::Order);
        row("process:/a(/", 12, E::RegexPart);
        row("/*/", 2, E::RegexPart);
        row("tcp \"open", 10, E::ClosingQuote);
        row("\"\"", 1, E::Term);
        row("\xE5\x91\xA8\xE8\xAF\xB4 port:x", 9, E::Port); // two characters, six bytes
    }

    void saysWhereAFilterIsWrong() {
        QFETCH(QByteArray, filter);
        QFETCH(int, column);
        QFETCH(int, expected);
        const auto parsed = SocketFilter::parse(filter.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(static_cast<int>(parsed.error().column), column);
        QCOMPARE(static_cast<int>(parsed.error().expected), expected);
        QVERIFY(parsed.error().text().starts_with("column " + std::to_string(column) + ": "));
    }

    void wordsAFault() {
        QCOMPARE(
            QString::fromStdString(SocketFilter::parse("port:ht\x1btp x").error().text()),
            QString("column 6: found \"ht\\x1btp\", expected a port such as 80, or a range such "
                    "as 80-443"));
        QCOMPARE(QString::fromStdString(SocketFilter::parse("(tcp").error().text()),
                 QString("column 5: the filter ends, expected a closing parenthesis"));
    }

    void boundsAFilter() {
        std::string deep(100, '(');
        QVERIFY(SocketFilter::parse(deep).error().expected == FilterExpectation::Shorter);
        std::string many;
        for (int i = 0; i < 257; ++i)
            many += "a ";
        const auto fault = SocketFilter::parse(many).error();
        QVERIFY(fault.expected == FilterExpectation::Shorter);
        QCOMPARE(static_cast<int>(fault.column), 513);
        const std::string nots = [] {
            std::string text;
            for (int i = 0; i < 1000; ++i)
                text += "not ";
            return text + "x";
        }();
        QVERIFY(SocketFilter::parse(nots).has_value());
        QVERIFY(SocketFilter::parse(std::string(5000, 'x')).error().expected ==
                FilterExpectation::Shorter);
    }

    void findsRowsWithoutAnOwner() {
        SocketRow hidden = sampleRow();
        hidden.owners.clear();
        hidden.ownersKnown = false;
        QVERIFY(filterOf("no permission").matches({hidden}));
        QVERIFY(filterOf("/no permission/").matches({hidden}));
        QVERIFY(!filterOf("is:orphan").matches({hidden}));
        QVERIFY(ownerWord(hidden) == OwnerWord::NoPermission);
        SocketRow waiting = sampleRow();
        waiting.owners.clear();
        waiting.inode = 0;
        QVERIFY(filterOf("kernel").matches({waiting}));
        QVERIFY(filterOf("is:orphan").matches({waiting}));
        waiting.state = SocketState::TimeWait;
        QVERIFY(!filterOf("is:orphan").matches({waiting}));
        waiting.inode = 9;
        QVERIFY(ownerWord(waiting) == OwnerWord::None);
    }

    void readsUnixSocketsAsTheyAreShown() {
        SocketRow row;
        row.protocol = SocketProtocol::Unix;
        row.path = "@bus\n<img src=x>";
        row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{9, "a) R 1 (\n"}), 3}};
        QVERIFY(filterOf("\"bus\\n<img src=x>\"").matches({row}));
        QVERIFY(filterOf("process:\"a) R 1 (\\n\"").matches({row}));
        QVERIFY(filterOf("proto:unix").matches({row}));
        QVERIFY(!filterOf("port:0").matches({row}));
        QVERIFY(!filterOf("0").matches({row}));
        QVERIFY(!filterOf("host:0.0.0.0/0").matches({row}));
        row.path = "/run/user/1000/bus";
        QVERIFY(filterOf("/run/user").matches({row})); // a path, not a regular expression
        QVERIFY(filterOf("/run/user/1000/bus proto:unix").matches({row}));
        QVERIFY(filterOf("/us.r/").matches({row}));
    }

    void saysWhatItNeeds() {
        QVERIFY(filterOf("rtt>5ms or tcp").needsDetails());
        QVERIFY(!filterOf("port:80").needsDetails());
        QVERIFY(filterOf("not age>3m").needsAge());
        QVERIFY(!filterOf("nginx").needsAge());
        QVERIFY(filterOf("").isEmpty() && !filterOf("").needsAge());
    }
};

QTEST_GUILESS_MAIN(TestSocketFilter)
#include "tst_socket_filter.moc"
