// Many connections of `send` to servers of one thread: ours, and Python's selectors, which did not
// know of us. 500, or as many as SSCOPE_CROWD_CONNECTIONS says.

#include <csignal>

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "tests/support/program.h"

using namespace sscope::test;

namespace {

int connections() {
    const int asked = qEnvironmentVariableIntValue("SSCOPE_CROWD_CONNECTIONS");
    return asked > 0 ? asked : 500;
}

/// The summary of a run; fails where not every connection is done.
QJsonObject run(const QString& endpoint, const QStringList& more) {
    const int count = connections();
    RunningProgram sender(ownProgram("socketscope"),
                          QStringList{"send", endpoint, "--connections", QString::number(count),
                                      "--repeat", "2", "--wait", "30", "--json"} +
                              more + QStringList{"--", "Message 1 from client.", "Message 2."});
    QJsonObject summary;
    QByteArray line;
    while (!(line = sender.readLine()).isEmpty()) {
        if (line.contains("\"summary\""))
            summary = QJsonDocument::fromJson(line).object();
    }
    if (sender.waitForEnd() != 0)
        qWarning("exit code: %s", sender.process().readAllStandardError().constData());
    qInfo("%s: %d connections in %d ms, %d open at one time", qPrintable(endpoint), count,
          summary.value("duration_ms").toInt(), summary.value("most_open").toInt());
    return summary;
}

} // namespace

class TestCrowd : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<QString>("server");
        QTest::newRow("ours") << QStringLiteral("ours");
        QTest::newRow("selectors") << QStringLiteral("selectors");
    }

    void eachGetsItsBytesBack_data() {
        QTest::addColumn<bool>("together");
        QTest::newRow("as they come") << false;
        QTest::newRow("all open together") << true;
    }

    void eachGetsItsBytesBack() {
        QFETCH_GLOBAL(QString, server);
        QFETCH(bool, together);
        if (server == "selectors" && !isInstalled("python3"))
            QSKIP("python3 is not installed");
        if (server == "ours") {
            const RunningServer running({"--listen", "tcp://127.0.0.1:0"});
            check(running.endpoint(), together);
        } else {
            // Its own limit of descriptors is what the shell gives; ulimit raises it.
            RunningProgram peer("sh",
                                {"-c", "ulimit -n $(ulimit -Hn); exec python3 \"$@\"", "sh",
                                 QStringLiteral(SSCOPE_SOURCE_DIR "/tests/interop/echo_servers.py"),
                                 "selectors"});
            check("127.0.0.1:" + QString::fromUtf8(peer.readLine().trimmed()), together);
        }
    }

private:
    static void check(const QString& endpoint, bool together) {
        const QJsonObject summary =
            run(endpoint, together ? QStringList{"--together"} : QStringList());
        QCOMPARE(summary.value("done").toInt(), connections());
        QCOMPARE(summary.value("failed").toInt(), 0);
        QCOMPARE(summary.value("received_bytes").toInt(), connections() * 2 * 32);
        QCOMPARE(summary.value("sent_bytes").toInt(), connections() * 2 * 32);
        if (together)
            QCOMPARE(summary.value("most_open").toInt(), connections());
    }
};

QTEST_GUILESS_MAIN(TestCrowd)
#include "tst_crowd.moc"
