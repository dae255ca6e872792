#include <QtTest>

#include "core/diagnostics/socket_table.h"
#include "core/diagnostics/table_snapshot.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

SocketRow rowOf(std::uint64_t cookie, std::uint16_t localPort, std::uint16_t remotePort,
                SocketState state = SocketState::Established) {
    SocketRow row{.cookie = cookie, .inode = 70, .state = state};
    row.localAddress.bytes = {127, 0, 0, 1};
    row.localPort = localPort;
    row.remotePort = remotePort;
    row.hasUid = true;
    row.uid = 1000;
    row.user = "mira";
    row.owners.push_back(
        {std::make_shared<ProcessInfo>(ProcessInfo{.pid = 42, .command = "nginx", .uid = 33}), 5});
    return row;
}

TableSnapshot snapshotOf(std::vector<SocketRow> rows, std::string boot = "b") {
    return {std::chrono::system_clock::time_point(1s), "atlas", std::move(boot), std::move(rows)};
}

std::string reasonOf(const std::string& json) {
    const auto read = snapshotFromJson(json, "s.json");
    return read ? "read" : reasonText(read.error());
}

void replace(std::string& text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    if (at == std::string::npos)
        qFatal("not there: %s", what.c_str());
    text.replace(at, what.size(), with);
}

} // namespace

class TestTableSnapshot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackFromJsonAsItWas() {
        SocketRow hostile = rowOf(2, 0, 0, SocketState::Listen);
        hostile.protocol = SocketProtocol::Unix;
        hostile.family = 0;
        hostile.hasUid = false;
        hostile.uid = 0;
        hostile.path = std::string("@a\0b\n\xff\x1b", 7);
        SocketRow mapped = rowOf(1ull << 63, 80, 5000);
        mapped.family = 6;
        mapped.localAddress = {.isIpv6 = true};
        mapped.localAddress.bytes[10] = mapped.localAddress.bytes[11] = 0xff;
        mapped.localAddress.bytes[12] = 127;
        mapped.remoteAddress = {.isIpv6 = true};
        mapped.owners.push_back(mapped.owners[0]);
        mapped.owners[1].fd = 6;
        mapped.ownersKnown = false;
        const TableSnapshot before = snapshotOf({rowOf(1, 80, 5001), hostile, mapped});
        const auto after = snapshotFromJson(toJson(before), "s.json");
        QVERIFY2(after.has_value(), after ? "" : errorText(after.error()).c_str());
        QVERIFY(after->time == before.time);
        QCOMPARE(after->machine, before.machine);
        QCOMPARE(after->boot, before.boot);
        QCOMPARE(after->rows.size(), std::size_t{3});
        QCOMPARE(after->rows[1].path, hostile.path);
        QVERIFY(!after->rows[1].hasUid);
        QVERIFY(after->rows[2].localAddress == mapped.localAddress);
        QCOMPARE(after->rows[2].owners[1].fd, 6);
        QVERIFY(after->rows[2].owners == mapped.owners);
        QVERIFY(!after->rows[2].ownersKnown);
        QCOMPARE(toJson(*after), toJson(before));
        QCOMPARE(compare(before, *after).same, std::size_t{3});
    }

    void readsTheMachinesOwnTable() {
        const TestSocket listener = TestSocket::listenTcp();
        SocketTable table(TableKinds::all());
        QVERIFY(table.refresh(SteadyClock::now()).has_value());
        const TableSnapshot snapshot = takeSnapshot(table.rows());
        QVERIFY(!snapshot.machine.empty());
        QCOMPARE(snapshot.boot.size(), std::size_t{36});
        const auto again = snapshotFromJson(toJson(snapshot), "s.json");
        QVERIFY2(again.has_value(), again ? "" : errorText(again.error()).c_str());
        const SnapshotDifference none = compare(snapshot, *again);
        QCOMPARE(none.same, snapshot.rows.size());
        QVERIFY(none.opened.empty() && none.closed.empty() && none.changed.empty());
    }

    void refusesWhatItDidNotWrite_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* what, const char* with,
                            const char* reason) { QTest::newRow(name) << what << with << reason; };
        row("format", "\"format\":1", "\"format\":2", "format: it is one that this version does");
        row("missing", "\"inode\":70,", "", "sockets[0].inode: it is missing");
        row("foreign", "\"inode\":70,", "\"inode\":70,\"x\":1,", "sockets[0]: a key stands there");
        row("range", "\"local_port\":80", "\"local_port\":65536",
            "sockets[0].local_port: it is not");
        row("time", "\"time_us\":1000000", "\"time_us\":9223372036854775807",
            "time_us: it is not a number of its range");
        row("negative", "\"pid\":42", "\"pid\":-42", "processes[0].pid: it is not a number");
        row("fraction", "\"pid\":42", "\"pid\":4.5", "processes[0].pid: it is not a number");
        row("word", "ESTABLISHED", "DREAMING", "sockets[0].state: it is not a word");
        row("address", "127.0.0.1", "127.0.0", "sockets[0].local_address: it is not an address");
        row("family", "\"family\":4", "\"family\":5", "sockets[0].family: it is not 0, 4 or 6");
        row("process", "\"process\":0", "\"process\":9",
            "sockets[0].owners[0].process: there is no");
        row("twice", "\"inode\":70,", "\"inode\":70,\"inode\":70,",
            "the key 'inode' is there twice");
        row("list", "\"owners\":[", "\"owners\":{},\"more\":[",
            "sockets[0].owners: it is not a list");
        row("hex", "\"mira\"", "{\"hex\":\"4\"}", "sockets[0].user: it is not a text");
        row("cut", "}]}", "}]", "it is not valid JSON");
    }

    void refusesWhatItDidNotWrite() {
        QFETCH(QString, what);
        QFETCH(QString, with);
        QFETCH(QString, reason);
        std::string json = toJson(snapshotOf({rowOf(1, 80, 5000)}));
        QCOMPARE(reasonOf(json), std::string("read"));
        replace(json, what.toStdString(), with.toStdString());
        const std::string found = reasonOf(json);
        QVERIFY2(found.find(reason.toStdString()) != std::string::npos, found.c_str());
    }

    void refusesWhatIsNoSnapshot() {
        for (const char* json : {"[]", "3", "null", "{}", "[{\"format\":1}]"})
            QVERIFY2(reasonOf(json).starts_with("it cannot be read, "), json);
        QVERIFY(reasonOf("[]").ends_with("it is not an object"));
        QVERIFY(reasonOf("{}").ends_with("format: it is missing"));
    }

    void tellsWhatOpenedClosedAndChanged() {
        SocketRow busy = rowOf(3, 80, 5003);
        busy.receiveQueue = 9;
        const auto difference =
            compare(snapshotOf({rowOf(1, 80, 5001), rowOf(2, 80, 5002), rowOf(3, 80, 5003)}),
                    snapshotOf({rowOf(1, 80, 5001), busy, rowOf(4, 80, 5002)}));
        QCOMPARE(difference.same, std::size_t{1});
        QCOMPARE(difference.closed.size(), std::size_t{1});
        QCOMPARE(difference.closed[0].cookie, std::uint64_t{2});
        // The same ends, but another socket.
        QCOMPARE(difference.opened.size(), std::size_t{1});
        QCOMPARE(difference.opened[0].cookie, std::uint64_t{4});
        QCOMPARE(difference.changed.size(), std::size_t{1});
        QCOMPARE(difference.changed[0].before.receiveQueue, 0u);
        QCOMPARE(difference.changed[0].after.receiveQueue, 9u);
    }

    /// As a file may have them that somebody else wrote.
    void pairsRowsThatAreThereTwice() {
        const TableSnapshot twice = snapshotOf({rowOf(1, 80, 5001), rowOf(1, 80, 5001)});
        const auto none = compare(twice, twice);
        QCOMPARE(none.same, std::size_t{2});
        QVERIFY(none.opened.empty() && none.closed.empty() && none.changed.empty());
        QCOMPARE(compare(twice, snapshotOf({rowOf(1, 80, 5001)})).closed.size(), std::size_t{1});
    }

    void takesTimeWaitForTheSocketThatItWas() {
        SocketRow waiting = rowOf(9, 80, 5001, SocketState::TimeWait);
        waiting.owners.clear();
        const auto difference = compare(snapshotOf({rowOf(1, 80, 5001)}), snapshotOf({waiting}));
        QCOMPARE(difference.changed.size(), std::size_t{1});
        QVERIFY(difference.opened.empty() && difference.closed.empty());
    }

    void comparesOtherMachinesByTheEnds() {
        SocketRow closing = rowOf(30, 80, 5003, SocketState::CloseWait);
        SocketRow moved = rowOf(10, 80, 5001);
        moved.owners[0].process =
            std::make_shared<ProcessInfo>(ProcessInfo{.pid = 4711, .command = "nginx"});
        moved.receiveQueue = 3;
        const auto difference =
            compare(snapshotOf({rowOf(1, 80, 5001), rowOf(2, 80, 5002), rowOf(3, 80, 5003)}, "a"),
                    snapshotOf({moved, closing, rowOf(40, 80, 5004)}, "b"));
        QCOMPARE(difference.same, std::size_t{1});
        QCOMPARE(difference.closed.size(), std::size_t{1});
        QCOMPARE(difference.closed[0].remotePort, std::uint16_t{5002});
        QCOMPARE(difference.opened.size(), std::size_t{1});
        QCOMPARE(difference.opened[0].remotePort, std::uint16_t{5004});
        QCOMPARE(difference.changed.size(), std::size_t{1});
        QVERIFY(difference.changed[0].after.state == SocketState::CloseWait);
    }

    void countsNamelessSocketsOffAgainstEachOther() {
        SocketRow nameless = rowOf(1, 0, 0);
        nameless.protocol = SocketProtocol::Unix;
        const auto difference =
            compare(snapshotOf({nameless, nameless, nameless}, "a"), snapshotOf({nameless}, "b"));
        QCOMPARE(difference.same, std::size_t{1});
        QCOMPARE(difference.closed.size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(TestTableSnapshot)
#include "tst_table_snapshot.moc"
