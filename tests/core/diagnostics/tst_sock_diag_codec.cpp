// From recorded bytes (tests/data/record_sock_diag.py), so that it needs no kernel.

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <limits>

#include <netinet/in.h>
#include <sys/socket.h>

#include <QFile>
#include <QtTest>

#include "core/diagnostics/sock_diag_codec.h"
#include "core/diagnostics/sock_diag_details.h"

using namespace sscope;

namespace {

constexpr std::uint32_t recordedSequence = 7;

std::vector<QByteArray> recorded(const QString& name) {
    QFile file(QStringLiteral(SSCOPE_SOURCE_DIR "/tests/data/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no recording");
    std::vector<QByteArray> datagrams;
    while (!file.atEnd()) {
        std::uint32_t length = 0;
        file.read(reinterpret_cast<char*>(&length), sizeof length);
        datagrams.push_back(file.read(length));
    }
    return datagrams;
}

ByteView viewOf(const QByteArray& bytes) {
    return bytesOf({bytes.data(), static_cast<std::size_t>(bytes.size())});
}

/// The rows as short lines, ordered.
QStringList summary(const std::vector<SocketRow>& rows) {
    QStringList lines;
    for (const SocketRow& row : rows)
        lines.append(QStringLiteral("%1 %2 %3 %4 %5 %6")
                         .arg(QString::fromStdString(row.localText()),
                              QString::fromStdString(row.remoteText()), stateText(row.state))
                         .arg(row.receiveQueue)
                         .arg(row.sendQueue)
                         .arg(row.hasUid ? QString::number(row.uid) : QStringLiteral("-")));
    lines.sort();
    return lines;
}

std::vector<SocketRow> decode(const DiagRequest& request, const QString& name) {
    std::vector<SocketRow> rows;
    DiagDecoder decoder(request, recordedSequence, rows);
    for (const QByteArray& datagram : recorded(name)) {
        const auto outcome = decoder.take(viewOf(datagram));
        if (!outcome)
            qFatal("%s", errorText(outcome.error()).c_str());
    }
    return rows;
}

} // namespace

class TestSockDiagCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTcpOverIpv4() {
        const auto rows = decode({SocketProtocol::Tcp, AF_INET}, "sock_diag_tcp4.bin");
        const QStringList expected{
            "127.0.0.1:40001 127.0.0.1:8000 ESTABLISHED 0 0 0",
            "127.0.0.1:40002 127.0.0.1:8000 ESTABLISHED 0 0 0",
            "127.0.0.1:40003 127.0.0.1:8001 ESTABLISHED 0 0 0",
            "127.0.0.1:40004 127.0.0.1:8001 FIN_WAIT2 0 0 0",
            "127.0.0.1:40005 127.0.0.1:8001 TIME_WAIT 0 0 -",
            "127.0.0.1:8000 * LISTEN 1 5 0",
            "127.0.0.1:8000 127.0.0.1:40001 ESTABLISHED 6 0 0",
            "127.0.0.1:8000 127.0.0.1:40002 ESTABLISHED 0 0 0",
            "127.0.0.1:8002 * BOUND 0 0 0",
        };
        QCOMPARE(summary(rows), expected);
        for (const SocketRow& row : rows) {
            QVERIFY(row.cookie != 0);
            QCOMPARE(int{row.family}, 4);
            QVERIFY(row.type == SocketType::Stream);
            QCOMPARE(row.inode != 0, row.state != SocketState::TimeWait && row.remotePort != 40002);
        }
    }

    void readsTcpOverIpv6AndMapped() {
        const auto rows = decode({SocketProtocol::Tcp, AF_INET6}, "sock_diag_tcp6.bin");
        const QStringList expected{
            "127.0.0.1:8001 127.0.0.1:40003 ESTABLISHED 0 0 0",
            "127.0.0.1:8001 127.0.0.1:40004 CLOSE_WAIT 1 0 0",
            "[::]:8001 * LISTEN 0 128 0",
        };
        QCOMPARE(summary(rows), expected);
        for (const SocketRow& row : rows)
            QCOMPARE(int{row.family}, 6);
    }

    void readsUdp() {
        const auto rows = decode({SocketProtocol::Udp, AF_INET}, "sock_diag_udp4.bin");
        QCOMPARE(rows.size(), std::size_t{2});
        const QStringList lines = summary(rows);
        QVERIFY(lines[0].startsWith("127.0.0.1:9000 * UNCONNECTED"));
        QVERIFY(lines[1].startsWith("127.0.0.1:9001 127.0.0.1:9000 ESTABLISHED"));
        for (const SocketRow& row : rows)
            QCOMPARE(row.receiveQueue > 0, row.localPort == 9000); // one datagram waits
    }

    void readsUnixWithHostileNames() {
        const auto rows = decode({SocketProtocol::Unix, AF_UNIX}, "sock_diag_unix.bin");
        const auto has = [&](auto matches) { return std::ranges::any_of(rows, matches); };
        QVERIFY(has([](const SocketRow& row) {
            return row.path.ends_with("/a\nb") && row.state == SocketState::Listen &&
                   row.type == SocketType::Stream && row.family == 0;
        }));
        QVERIFY(has([](const SocketRow& row) {
            return row.path == "@hidden" && row.type == SocketType::Dgram &&
                   row.state == SocketState::Unconnected;
        }));
    }

    void readsTheDetailsOfTcp() {
        const auto rows =
            decode({SocketProtocol::Tcp, AF_INET, true}, "sock_diag_tcp4_details.bin");
        QCOMPARE(summary(rows),
                 summary(decode({SocketProtocol::Tcp, AF_INET}, "sock_diag_tcp4.bin")));
        for (const SocketRow& row : rows) {
            if (row.state == SocketState::TimeWait) {
                QVERIFY(row.timer == TimerKind::TimeWait);
                QVERIFY(row.timerExpiresMs > 0 && row.timerExpiresMs <= 60'000);
                QVERIFY(!row.details->tcpInfo && row.details->mark == 0u);
                continue;
            }
            QVERIFY(row.details && row.details->memory);
            QVERIFY(row.details->flags && row.details->flags->isIcsk);
            QCOMPARE(row.details->tcpInfo.has_value(), row.state != SocketState::Bound);
            QCOMPARE(row.details->congestion.empty(), row.state == SocketState::Bound);
            QVERIFY(row.details->mark == 0u); // it was recorded as root
            const bool isDown = row.state == SocketState::FinWait2;
            QVERIFY(row.details->shutdown == (isDown ? 2 : 0));
            QVERIFY(!row.v6Only);
        }
        const auto at = [&](std::uint16_t local, std::uint16_t remote) {
            return *std::ranges::find_if(rows, [&](const SocketRow& row) {
                return row.localPort == local && row.remotePort == remote;
            });
        };
        const TcpInfo sender = *at(40001, 8000).details->tcpInfo;
        QVERIFY(tcpState(sender.state) == SocketState::Established);
        QCOMPARE(sender.bytesSent, std::uint64_t{6});
        QCOMPARE(sender.bytesAcked, std::uint64_t{7}); // and the SYN
        QCOMPARE(sender.dataSegmentsOut, 1u);
        QVERIFY(sender.rttUs > 0 && sender.rttUs < 1'000'000);
        QCOMPARE(sender.pathMtu, 65535u);
        QCOMPARE(at(8000, 40001).details->tcpInfo->bytesReceived, std::uint64_t{6});
        const TcpInfo listener = *at(8000, 0).details->tcpInfo;
        QCOMPARE(listener.unacked, 1u); // waits to be accepted
        QCOMPARE(listener.sacked, 5u);  // of so many at most
    }

    void readsUdpOverIpv6() {
        const auto rows = decode({SocketProtocol::Udp, AF_INET6}, "sock_diag_udp6.bin");
        const QStringList expected{
            "127.0.0.1:9004 127.0.0.1:9000 ESTABLISHED 0 0 0",
            "[::1]:9002 * UNCONNECTED 0 0 0",
            "[::]:9003 * UNCONNECTED 0 0 0",
        };
        QCOMPARE(summary(rows), expected);
        for (const SocketRow& row : rows) {
            QVERIFY(row.type == SocketType::Dgram && row.protocol == SocketProtocol::Udp);
            QCOMPARE(row.v6Only.has_value(), row.state == SocketState::Unconnected);
            QCOMPARE(row.v6Only.value_or(false), row.localPort == 9002 || row.localPort == 9003);
        }
    }

    void readsUdpLite() {
        const auto rows = decode({SocketProtocol::UdpLite, AF_INET}, "sock_diag_udplite4.bin");
        QCOMPARE(summary(rows), QStringList{"127.0.0.1:9100 * UNCONNECTED 0 0 0"});
        QVERIFY(rows[0].protocol == SocketProtocol::UdpLite);
    }

    void readsBothEndsOfAUnixPair() {
        const auto rows =
            decode({SocketProtocol::Unix, AF_UNIX, true}, "sock_diag_unix_details.bin");
        std::vector<SocketRow> ends;
        std::ranges::copy_if(rows, std::back_inserter(ends), [](const SocketRow& row) {
            return row.type == SocketType::Seqpacket;
        });
        QCOMPARE(ends.size(), std::size_t{2});
        QCOMPARE(ends[0].peerInode, ends[1].inode);
        QCOMPARE(ends[1].peerInode, ends[0].inode);
        QCOMPARE(ends[0].receiveQueue + ends[1].receiveQueue, 6u);
        for (const SocketRow& row : rows) {
            QVERIFY(row.details && row.details->memory && row.details->memory->sendBuffer > 0);
            QVERIFY(row.details->shutdown == 0);
            QCOMPARE(row.details->fileInode.has_value(), row.path.starts_with('/'));
        }
    }

    void readsPacketSockets() {
        auto rows = decode({SocketProtocol::Packet, AF_PACKET, true}, "sock_diag_packet.bin");
        QCOMPARE(summary(rows),
                 (QStringList{"*:* * UNCONNECTED 4 0 0", "arp:if1 * UNCONNECTED 0 0 0"}));
        const auto arp = std::ranges::find(rows, 0x0806, &SocketRow::number);
        QVERIFY(arp->type == SocketType::Dgram && arp->interface == 1 && arp->family == 0);
        QVERIFY(arp->details->memory->receiveBuffer > 0);
        arp->interfaceName = "lo";
        QCOMPARE(arp->localText(), std::string("arp:lo"));
    }

    void readsNetlinkSockets() {
        const auto rows = decode({SocketProtocol::Netlink, AF_NETLINK}, "sock_diag_netlink.bin");
        const QStringList lines = summary(rows);
        QVERIFY(lines.contains("rtnl:4711 * UNCONNECTED 0 0 -"));
        QVERIFY(lines.contains("rtnl:4712 rtnl:kernel ESTABLISHED 0 0 -"));
        QVERIFY(lines.contains("genl:kernel * UNCONNECTED 0 0 -"));
    }

    void readsRawSockets() {
        // An answer for UDP has the same form; the number stands in the place of the port.
        const auto rows = decode({SocketProtocol::Raw, AF_INET}, "sock_diag_udp4.bin");
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(rows[0].type == SocketType::Raw && rows[0].protocol == SocketProtocol::Raw);
        QCOMPARE(rows[0].number, rows[0].localPort);
        std::vector<SocketRow> none;
        DiagDecoder decoder({SocketProtocol::Raw, AF_INET}, recordedSequence, none);
        const auto outcome = decoder.take(viewOf(recorded("sock_diag_raw4.bin").at(0)));
        QVERIFY(!outcome && outcome.error().isErrno(ENOENT)); // NLMSG_DONE that says so
    }

    void readsATcpInfoOfAnyLength() {
        std::array<std::byte, 400> bytes{};
        bytes.fill(std::byte{1});
        QCOMPARE(tcpInfo({}).rttUs, 0u);
        const TcpInfo old = tcpInfo(ByteView(bytes).first(104)); // as of Linux 2.6
        QCOMPARE(old.retransmitsTotal, 0x01010101u);
        QCOMPARE(old.bytesAcked, std::uint64_t{0});
        QCOMPARE(tcpInfo(bytes).sendWindow, 0x01010101u);
    }

    void tellsThatAKindIsNotOffered() {
        std::vector<SocketRow> rows;
        DiagDecoder decoder({}, recordedSequence, rows);
        const auto outcome = decoder.take(viewOf(recorded("sock_diag_missing.bin").at(0)));
        QVERIFY(!outcome && outcome.error().isErrno(ENOENT));
    }

    void takesAnErrorThatHasNoOpposite() {
        QByteArray datagram = recorded("sock_diag_missing.bin").at(0);
        const std::int32_t smallest = std::numeric_limits<std::int32_t>::min();
        std::memcpy(datagram.data() + 16, &smallest, sizeof smallest); // after the nlmsghdr
        std::vector<SocketRow> rows;
        DiagDecoder decoder({}, recordedSequence, rows);
        const auto outcome = decoder.take(viewOf(datagram));
        QVERIFY(outcome && *outcome == DiagDecoder::Outcome::Done);
    }

    void passesOverAnAnswerToAnEarlierRequest() {
        std::vector<SocketRow> rows;
        DiagDecoder decoder({SocketProtocol::Tcp, AF_INET}, recordedSequence + 1, rows);
        for (const QByteArray& datagram : recorded("sock_diag_tcp4.bin"))
            QVERIFY(*decoder.take(viewOf(datagram)) == DiagDecoder::Outcome::More);
        QVERIFY(rows.empty());
    }

    void noticesAnInterruptedDump() {
        std::vector<SocketRow> rows;
        DiagDecoder decoder({SocketProtocol::Tcp, AF_INET}, recordedSequence, rows);
        QByteArray datagram = recorded("sock_diag_tcp4.bin").at(0);
        datagram[6] = static_cast<char>(datagram[6] | 0x10); // NLM_F_DUMP_INTR
        QVERIFY(decoder.take(viewOf(datagram)).has_value());
        QVERIFY(decoder.wasInterrupted());
    }

    void readsNothingOutsideWhatItIsGiven() {
        // Every prefix, and every prefix with wrong bytes, in a buffer of just that size.
        const std::pair<const char*, DiagRequest> answers[] = {
            {"sock_diag_tcp4_details.bin", {SocketProtocol::Tcp, AF_INET, true}},
            {"sock_diag_unix_details.bin", {SocketProtocol::Unix, AF_UNIX, true}},
            {"sock_diag_packet.bin", {SocketProtocol::Packet, AF_PACKET, true}},
            {"sock_diag_netlink.bin", {SocketProtocol::Netlink, AF_NETLINK, true}},
        };
        for (const auto& [name, asked] : answers) {
            const QByteArray whole = recorded(QString::fromLatin1(name)).at(0);
            for (int seed = 0; seed < 3; ++seed) {
                for (qsizetype length = 0; length < qMin<qsizetype>(whole.size(), 700); ++length) {
                    const auto size = static_cast<std::size_t>(length);
                    const auto exact = std::make_unique<std::byte[]>(size);
                    std::memcpy(exact.get(), whole.data(), size);
                    if (seed > 0 && length > 16)
                        exact[static_cast<std::size_t>(length * seed * 7919 % length)] ^=
                            std::byte{0xFF};
                    std::vector<SocketRow> rows;
                    DiagDecoder decoder(asked, recordedSequence, rows);
                    (void)decoder.take({exact.get(), size});
                }
            }
        }
    }

    void asksForEveryState() {
        const auto request = encodeDiagRequest({SocketProtocol::Udp, AF_INET6}, 5);
        QCOMPARE(request.size(), std::size_t{72}); // nlmsghdr and inet_diag_req_v2
        QCOMPARE(std::to_integer<int>(request[16]), AF_INET6);
        QCOMPARE(std::to_integer<int>(request[17]), IPPROTO_UDP);
        std::uint32_t states = 0;
        std::memcpy(&states, request.data() + 20, sizeof states);
        QCOMPARE(states & (1u << 13), 1u << 13); // bound sockets too (Linux 6.8)
    }

    void asksForOneSocketByItsEndsAndCookie() {
        SocketRow row{.cookie = 0x1122334455667788, .protocol = SocketProtocol::Udp};
        row.localPort = 0x0102;
        row.remotePort = 0x0304;
        auto request = encodeDiagRequest(row, 1);
        constexpr std::size_t ports = 24; // in inet_diag_req_v2: ours, theirs, in network order
        const auto bytesAt = [&](std::size_t at, std::size_t count) {
            return QByteArray(reinterpret_cast<const char*>(request.data()) + at,
                              static_cast<qsizetype>(count))
                .toHex();
        };
        QCOMPARE(bytesAt(ports, 4), QByteArray("03040102")); // UDP has them the other way round
        QCOMPARE(bytesAt(64, 8), QByteArray("8877665544332211"));
        row.protocol = SocketProtocol::Tcp;
        request = encodeDiagRequest(row, 1);
        QCOMPARE(bytesAt(ports, 4), QByteArray("01020304"));
        QVERIFY((std::to_integer<int>(request[18]) & 2) != 0); // INET_DIAG_INFO
        row.protocol = SocketProtocol::Unix;
        row.inode = 7;
        request = encodeDiagRequest(row, 1);
        QCOMPARE(bytesAt(24, 4), QByteArray("07000000"));
    }

    void asksForEveryKindThatThereIs() {
        const auto asksFor = [](SocketProtocol protocol, int family, int number) {
            const auto request = encodeDiagRequest(requestsFor(protocol, false).front(), 1);
            return std::to_integer<int>(request[16]) == family &&
                   std::to_integer<int>(request[17]) == number;
        };
        QVERIFY(asksFor(SocketProtocol::UdpLite, AF_INET, IPPROTO_UDPLITE));
        QVERIFY(asksFor(SocketProtocol::Raw, AF_INET, IPPROTO_RAW));
        QVERIFY(asksFor(SocketProtocol::Packet, AF_PACKET, 0));
        QVERIFY(asksFor(SocketProtocol::Netlink, AF_NETLINK, 255));
        QCOMPARE(requestsFor(SocketProtocol::Raw, true).size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestSockDiagCodec)
#include "tst_sock_diag_codec.moc"
