// From recorded bytes (tests/data/record_sock_diag.py), so that it needs no kernel.

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

#include <QFile>
#include <QtTest>

#include "core/diagnostics/sock_diag_codec.h"

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
            "127.0.0.1:40004 127.0.0.1:8001 FIN_WAIT1 0 1 0",
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
        for (const char* name : {"sock_diag_tcp4.bin", "sock_diag_unix.bin"}) {
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
                    const bool isUnix = name[10] == 'u';
                    DiagDecoder decoder({isUnix ? SocketProtocol::Unix : SocketProtocol::Tcp,
                                         isUnix ? AF_UNIX : AF_INET},
                                        recordedSequence, rows);
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
};

QTEST_GUILESS_MAIN(TestSockDiagCodec)
#include "tst_sock_diag_codec.moc"
