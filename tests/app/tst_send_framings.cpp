// `send` with a framing, against our own servers: what it prints, and how it ends.

#include <QtTest>

#include "tests/support/program.h"

using namespace sscope::test;

namespace {

ProgramResult send(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(ownProgram(QStringLiteral("socketscope")), QStringList{"send"} + arguments,
                      input);
}

} // namespace

class TestSendFramings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repliesAreCountedByMessages_data() {
        QTest::addColumn<QString>("framing");
        for (const char* framing : {"line", "line:crlf", "nul", "fixed:3", "length:u8",
                                    "length:u16le", "length:u32be", "message", "ready"})
            QTest::newRow(framing) << QString::fromLatin1(framing);
    }

    void repliesAreCountedByMessages() {
        QFETCH(QString, framing);
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", framing});
        const auto result = send({server.endpoint(), "--framing", framing, "one", "two", "six"});
        QCOMPARE(result.exitCode, 0); // at once, not after a silence
        QCOMPARE(result.output, QByteArray("onetwosix"));
        const auto text =
            send({server.endpoint(), "--framing", framing, "--output", "text", "one", "two"});
        QCOMPARE(text.output, QByteArray("one\ntwo\n")); // each has a line of its own
        const auto few = send(
            {server.endpoint(), "--framing", framing, "--replies", "2", "--wait", "0.2", "one"});
        QCOMPARE(few.exitCode, 3);
        QCOMPARE(few.output, QByteArray("one"));
    }

    void theEndingOfAFramingIsNotAddedTwice_data() {
        QTest::addColumn<QString>("framing");
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("line") << "line"
                              << "lf" << QByteArray("\"bytes\":5}");
        QTest::newRow("line in CR LF") << "line"
                                       << "crlf" << QByteArray("\"bytes\":6}");
        QTest::newRow("CR LF") << "line:crlf"
                               << "none" << QByteArray("\"bytes\":6}");
        QTest::newRow("nul") << "nul"
                             << "nul" << QByteArray("\"bytes\":5}");
        QTest::newRow("in content") << "length:u8"
                                    << "crlf" << QByteArray("\"bytes\":7}");
    }

    void theEndingOfAFramingIsNotAddedTwice() {
        QFETCH(QString, framing);
        QFETCH(QString, ending);
        QFETCH(QByteArray, sent);
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const auto result =
            send({server.endpoint(), "--framing", framing, "--ending", ending, "--json", "PING"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.output.contains(sent), result.output);
    }

    void macrosStandForWhatTheyDoWhenSent() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "line"});
        auto result = send({server.endpoint(), "--framing", "line", "--output", "text", "--macros",
                            "--repeat", "3", "${seq} $${seq} ${rand:4}"});
        QCOMPARE(result.exitCode, 0);
        const auto lines = result.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        for (int i = 0; i < 3; ++i)
            QVERIFY2(QRegularExpression(QStringLiteral("^%1 \\$\\{seq\\} [a-z]{4}$").arg(i + 1))
                         .match(QString::fromUtf8(lines[i]))
                         .hasMatch(),
                     lines[i]);
        result = send({server.endpoint(), "--framing", "line", "--output", "text", "${seq}"});
        QCOMPARE(result.output, QByteArray("${seq}\n")); // without the option it is text
        result = send({server.endpoint(), "--macros", "ab${rand:0}"});
        QCOMPARE(result.exitCode, 2);
        QVERIFY(result.errors.contains("column 3"));
        QCOMPARE(send({server.endpoint(), "--macros", "--hex", "00"}).exitCode, 2);
    }

    void aPipeIsAMessageToo() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "message"});
        for (const QString& framing : {QStringLiteral("message")}) {
            const auto result =
                send({server.endpoint(), "--framing", framing, "--file", "/dev/stdin"}, "hello");
            QCOMPARE(result.output, QByteArray("hello"));
            QCOMPARE(result.exitCode, 0);
        }
        const auto proc =
            send({server.endpoint(), "--framing", "message", "--file", "/proc/sys/kernel/ostype"});
        QCOMPARE(proc.output, QByteArray("Linux\n"));
    }

    void aFileKeepsItsBytes() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QByteArray content(300'000, '\0');
        for (qsizetype i = 0; i < content.size(); ++i)
            content[i] = static_cast<char>(i * 7);
        file.write(content);
        file.close();
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "length:u32le"});
        const auto result =
            send({server.endpoint(), "--framing", "length:u32le", "--file", file.fileName()});
        QVERIFY(result.output == content);
    }

    void whatCannotBeCarriedIsAUsageError_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("a line feed in a line") << QStringList{"--framing", "line", "a\nb"};
        QTest::newRow("a line feed in a file")
            << QStringList{"--framing", "line", "--file", "/etc/hostname"};
        QTest::newRow("another size") << QStringList{"--framing", "fixed:4", "abc"};
        QTest::newRow("more than a byte can count")
            << QStringList{"--framing", "length:u8", QString(256, 'x')};
        QTest::newRow("a header without end")
            << QStringList{"--framing", "message", "--content-type", QString(70'000, 'x'), "a"};
        QTest::newRow("ready on datagrams") << QStringList{"--framing", "ready", "a"};
        QTest::newRow("no framing") << QStringList{"--framing", "morse", "a"};
        QTest::newRow("no size") << QStringList{"--framing", "fixed:0", "a"};
    }

    void whatCannotBeCarriedIsAUsageError() {
        QFETCH(QStringList, arguments);
        const bool isDatagram = arguments.contains("ready");
        // Nobody is there: it must not come so far.
        const auto result =
            send(QStringList{isDatagram ? "udp://127.0.0.1:1" : "tcp://127.0.0.1:1"} + arguments);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.errors.count('\n'), 1);
        QVERIFY(result.errors.startsWith("socketscope: "));
    }

    void aServerThatBreaksTheProtocolIsExitCode4() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--reply", "HTTP/1.1 400"}, "reply");
        const auto result = send({server.endpoint(), "--framing", "message", "{}"});
        QCOMPARE(result.exitCode, 4);
        QVERIFY(result.errors.contains("the peer broke the protocol"));
    }

    void theHeaderNamesTheEncoding() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "message"});
        for (const char* encoding :
             {"utf-8", "utf-16", "utf-16le", "utf-16be", "gbk", "gb18030", "big5", "shift_jis"}) {
            const auto result = send({server.endpoint(), "--framing", "message", "--encoding",
                                      encoding, "--output", "text", QString::fromUtf8("中文")});
            QCOMPARE(QString::fromUtf8(result.output), QString::fromUtf8("中文\n"));
        }
        const auto broken =
            send({server.endpoint(), "--framing", "message", "--output", "text", "--hex", "61 ff"});
        QCOMPARE(broken.output, QByteArray("61 ff\n"));
        QVERIFY(broken.errors.contains("invalid sequence at byte 1"));
    }
};

QTEST_GUILESS_MAIN(TestSendFramings)
#include "tst_send_framings.moc"
