#include <QtTest>

#include "core/diagnostics/table_csv.h"

using namespace sscope;

class TestTableCsv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesWhatASpreadsheetWouldCount_data() {
        QTest::addColumn<QByteArray>("cell");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* cell, const char* expected) {
            QTest::newRow(name) << QByteArray(cell) << QByteArray(expected);
        };
        row("plain", "nginx", "nginx");
        row("empty", "", "");
        row("equals", "=1+2", "'=1+2");
        row("plus", "+1", "'+1");
        row("minus", "-1", "'-1");
        row("at", "@SUM(A1)", "'@SUM(A1)");
        row("tab", "\t=1", "'\t=1");
        row("return", "\r=1", "\"'\r=1\"");
        row("within", "a=b", "a=b");
        row("comma", "a,b", "\"a,b\"");
        row("quote", "a\"b", "\"a\"\"b\"");
        row("line", "a\nb", "\"a\nb\"");
        row("all", "=\"a\",b", "\"'=\"\"a\"\",b\"");
        row("number", "12", "12");
    }

    void quotesWhatASpreadsheetWouldCount() {
        QFETCH(QByteArray, cell);
        QFETCH(QByteArray, expected);
        const std::vector<std::string> cells{"x", cell.toStdString(), "y"};
        QCOMPARE(QByteArray::fromStdString(csvLine(cells)), "x," + expected + ",y\n");
    }

    void hasTheKeysOfTheInterface() {
        SocketRow row;
        row.protocol = SocketProtocol::Unix;
        row.family = 0;
        row.path = "@=cmd|' /C calc'!A0";
        row.owners = {{std::make_shared<ProcessInfo>(ProcessInfo{7, "=a\x1b,b"}), 3},
                      {std::make_shared<ProcessInfo>(ProcessInfo{8, "c"}), 4}};
        const QByteArrayList lines =
            QByteArray::fromStdString(printCsv(std::vector{row})).split('\n');
        QCOMPARE(lines.size(), 3);
        const QByteArrayList titles = lines[0].split(',');
        QCOMPARE(titles.mid(0, 5),
                 (QByteArrayList{"protocol", "family", "type", "state", "recv_queue"}));
        QVERIFY(titles.contains("owners") && titles.contains("timer_name") &&
                titles.contains("rtt_us") && titles.contains("congestion"));
        QVERIFY(lines[1].startsWith("unix,,stream,CLOSE,0,0,,,,,'@=cmd|' /C calc'!A0,,,0,0,"));
        QVERIFY(lines[1].contains(",\"7/=a\\x1b,b fd 3; 8/c fd 4\",true,"));
        QCOMPARE(printCsv(std::vector{row}, false), lines[1].toStdString() + '\n');
    }

    void hasTheColumnsOfATool() {
        QCOMPARE(csvHeader(TableStyle::Netstat),
                 std::string("Proto,Recv-Q,Send-Q,Local Address,Foreign Address,State,PID/Program "
                             "name\n"));
        SocketRow row;
        row.state = SocketState::Listen;
        row.localPort = 22;
        QCOMPARE(csvLines(row, TableStyle::Netstat),
                 std::string("tcp,0,0,0.0.0.0:22,0.0.0.0:*,LISTEN,'-\n"));
        QCOMPARE(csvLines(row, TableStyle::Lsof), std::string());
        QVERIFY(csvHeader(TableStyle::Full, true).starts_with("event,protocol,"));
        QVERIFY(csvLines(row, TableStyle::Full, "new").starts_with("new,tcp,4,"));
    }
};

QTEST_GUILESS_MAIN(TestTableCsv)
#include "tst_table_csv.moc"
