#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "core/diagnostics/closed_export.h"
#include "tests/ui/table_rows.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

std::vector<SharedEntry> twoSocketsAndAGap() {
    const std::chrono::system_clock::time_point time(1'796'000'000'250ms);
    ClosedSocket known{makeRow(1, 80, 4000), time, 1'500ms, {}};
    setOwner(known.row, 7, "=nginx,\n");
    ClosedSocket brief{makeRow(2, 80, 4001), time, {}, {}};
    brief.listenerOwners = {{std::make_shared<ProcessInfo>(ProcessInfo{8, "sshd"}), 3}};
    return {std::make_shared<HistoryEntry>(known),
            std::make_shared<HistoryEntry>(HistoryGap{time, 120}),
            std::make_shared<HistoryEntry>(brief)};
}

} // namespace

class TestClosedExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void csvHasTheTablesColumnsAndItsOwn() {
        const auto lines =
            QByteArray::fromStdString(printClosedCsv(twoSocketsAndAGap())).trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[0].startsWith("closed_at,lived_ms,listener_owners,lost,protocol,family,"));
        const auto cells = [&](int line) { return lines[line].split(','); };
        QCOMPARE(cells(1).mid(0, 5),
                 (QByteArrayList{"2026-11-30T00:53:20.250000Z", "1500", "", "", "tcp"}));
        QVERIFY(lines[1].contains("\"7/=nginx,\\n fd 3\""));
        QCOMPARE(cells(2).mid(0, 5),
                 (QByteArrayList{"2026-11-30T00:53:20.250000Z", "", "", "120", ""}));
        QCOMPARE(cells(3).mid(1, 4), (QByteArrayList{"", "8/sshd fd 3", "", "tcp"}));
        QCOMPARE(cells(2).size(), cells(0).size()); // as many as the header has
        QCOMPARE(cells(3).size(), cells(0).size());
    }

    void jsonHasTheTablesKeysAndItsOwn() {
        const auto json = QJsonDocument::fromJson(
            QByteArray::fromStdString(printClosedJson(twoSocketsAndAGap())));
        QCOMPARE(json.array().size(), 3);
        const QJsonObject known = json.array().at(0).toObject();
        QCOMPARE(known.value("closed_at").toString(), QString("2026-11-30T00:53:20.250000Z"));
        QCOMPARE(known.value("lived_ms").toInt(), 1500);
        QCOMPARE(known.value("local_port").toInt(), 80);
        QCOMPARE(known.value("owners").toArray().at(0).toObject().value("pid").toInt(), 7);
        QVERIFY(known.value("listener_owners").toArray().isEmpty());
        const QJsonObject gap = json.array().at(1).toObject();
        QCOMPARE(gap.keys(), QStringList({"closed_at", "lost"}));
        QCOMPARE(gap.value("lost").toInt(), 120);
        const QJsonObject brief = json.array().at(2).toObject();
        QVERIFY(brief.value("lived_ms").isNull());
        QCOMPARE(brief.value("listener_owners").toArray().at(0).toObject().value("pid").toInt(), 8);
    }
};

QTEST_MAIN(TestClosedExport)
#include "tst_closed_export.moc"
