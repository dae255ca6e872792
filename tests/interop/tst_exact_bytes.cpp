// What is sent is what arrives, and what arrives is what is printed: every byte, size and encoding.

#include <fcntl.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTemporaryFile>
#include <QtTest>

#include "core/base/encoding.h"
#include "tests/support/process_info.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

/// Bytes of every value, in an order that does not repeat with any power of two.
QByteArray contentOf(qsizetype size) {
    QByteArray content(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        content[i] = static_cast<char>((i * 7 + i / 251) & 0xFF);
    return content;
}

ProgramResult send(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(ownProgram("socketscope"), QStringList{"send"} + arguments, input);
}

void addSize(const QString& transport, int size) {
    QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(transport).arg(size)))
        << transport << size;
}

} // namespace

class TestExactBytes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySize_data() {
        QTest::addColumn<QString>("transport");
        QTest::addColumn<int>("size");
        for (const char* transport : {"tcp", "unix"}) {
            for (const int size : {1, 256, 1023, 1024, 1025, 65'507, 65'508, 1 << 20})
                addSize(transport, size);
        }
        for (const char* transport : {"udp", "unixgram"}) {
            for (const int size : {0, 1, 256, 1023, 1024, 1025, 65'507})
                addSize(transport, size);
        }
    }

    void everySize() {
        QFETCH(QString, transport);
        QFETCH(int, size);
        const bool isUnix = transport.startsWith("unix");
        const QString path = QString::fromStdString(temporaryPath("exact"));
        RunningServer server(
            {"--listen", isUnix ? transport + ':' + path : transport + "://127.0.0.1:0"});
        const QByteArray content = contentOf(size);
        const ProgramResult result =
            send({server.endpoint(), "--stdin", "--half-close", "--output", "raw"}, content);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(result.output == content);
    }

    void nothingOverAStreamIsNothing() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const ProgramResult result =
            send({server.endpoint(), "--stdin", "--half-close", "--until-close"}, {});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray());
    }

    void oneByteTooManyIsRefused() {
        RunningServer server({"--listen", "udp://127.0.0.1:0"});
        const ProgramResult result = send({server.endpoint(), "--stdin"}, contentOf(65'508));
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains("(EMSGSIZE)") && result.errors.contains("65507"),
                 result.errors);
    }

    void everyFramingCarriesEveryByte_data() {
        QTest::addColumn<QString>("framing");
        for (const char* framing : {"length:u16be", "length:u32le", "message", "fixed:4096"})
            QTest::newRow(framing) << QString(framing);
    }

    void everyFramingCarriesEveryByte() {
        QFETCH(QString, framing);
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", framing});
        const QByteArray content = contentOf(4096);
        const ProgramResult result =
            send({server.endpoint(), "--stdin", "--framing", framing}, content);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(result.output == content);
    }

    void everyEncodingGoesRound_data() {
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<QString>("text");
        const QString ascii = "Hello, world 0123 {}|";
        const auto row = [](const char* encoding, const QString& text) {
            QTest::newRow(encoding) << QString(encoding) << text;
        };
        for (const char* encoding :
             {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030"})
            row(encoding, ascii + QStringLiteral("é你好😀Ж"));
        // 0x7E is an overline in Shift JIS proper, and a tilde in what Windows made of it.
        row("CP932", ascii + QStringLiteral("~一二三"));
        for (const char* encoding : {"GBK", "GB2312", "BIG5", "EUC-KR", "SHIFT_JIS", "EUC-JP"})
            row(encoding, ascii + QStringLiteral("一二三"));
        for (const char* encoding : {"ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"})
            row(encoding, ascii + QStringLiteral("éüß"));
        for (const char* encoding : {"KOI8-R", "WINDOWS-1251", "ISO-8859-5", "IBM866"})
            row(encoding, ascii + QStringLiteral("Жизнь"));
        row("ISO-8859-2", ascii + QStringLiteral("łőž"));
        row("ISO-8859-7", ascii + QStringLiteral("αβγ"));
        row("US-ASCII", ascii);
    }

    void everyEncodingGoesRound() {
        QFETCH(QString, encoding);
        QFETCH(QString, text);
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const QStringList common{server.endpoint(), text, "--encoding", encoding, "--half-close"};
        const ProgramResult raw = send(common + QStringList{"--output", "raw"});
        QVERIFY2(raw.exitCode == 0, raw.errors);
        const auto expected = encodeText(text.toStdString(), encoding.toStdString());
        QVERIFY(expected.has_value());
        QCOMPARE(raw.output, QByteArray::fromStdString(*expected));
        const ProgramResult shown = send(common + QStringList{"--output", "text"});
        QCOMPARE(QString::fromUtf8(shown.output), text + '\n');
    }

    void everyEncodingThatIconvHasGoesRound() {
        if (!isInstalled("iconv"))
            QSKIP("iconv is not installed");
        const ProgramResult list = runProgram("iconv", {"--list"});
        const std::string ascii = "A0";
        int tried = 0;
        for (QByteArray name : list.output.split('\n')) {
            name = name.trimmed();
            while (name.endsWith('/'))
                name.chop(1);
            const auto encoded = encodeText(ascii, name.toStdString());
            if (name.isEmpty() || !encoded)
                continue; // it lacks these letters, or is no encoding of text
            const auto decoded = decodeText(*encoded, name.toStdString());
            QVERIFY2(decoded.has_value() && *decoded == ascii, name.constData());
            ++tried;
        }
        QVERIFY2(tried > 500, qPrintable(QString::number(tried)));
    }

    /// The label soak: SSCOPE_EXACT_BYTES is the file's size.
    void aLargeFileIsStreamed() {
        bool isSet = false;
        const qint64 size = qEnvironmentVariable("SSCOPE_EXACT_BYTES").toLongLong(&isSet);
        const qint64 bytes = isSet ? size : qint64{64} << 20;
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.resize(bytes)); // sparse, but for a mark every 16 MiB
        for (qint64 at = 0; at < bytes; at += 16 << 20) {
            QVERIFY(file.seek(at));
            QVERIFY(file.write(QByteArray::number(at)) > 0);
        }
        QVERIFY(file.flush());
        QCryptographicHash sent(QCryptographicHash::Sha1);
        QVERIFY(file.seek(0) && sent.addData(&file));
        const TestSocket server = TestSocket::listenTcp();
        RunningProgram client(ownProgram("socketscope"),
                              {"send", QStringLiteral("127.0.0.1:%1").arg(server.port()), "--file",
                               file.fileName(), "--half-close", "--until-close", "--wait", "600",
                               "--output", "raw"});
        QElapsedTimer clock;
        clock.start();
        QCryptographicHash arrived(QCryptographicHash::Sha1);
        std::uint64_t mostMemory = 0;
        const TestSocket accepted = server.accept();
        const auto pid = static_cast<pid_t>(client.process().processId());
        qint64 count = 0;
        std::vector<char> room(1 << 20);
        for (int turn = 0;; ++turn) {
            const ssize_t got = ::read(accepted.fd(), room.data(), room.size());
            if (got <= 0)
                break;
            arrived.addData(QByteArrayView(room.data(), got));
            count += got;
            if (turn % 1000 == 0)
                mostMemory = std::max(mostMemory, processInfo(pid).residentBytes);
        }
        QCOMPARE(count, bytes);
        QCOMPARE(arrived.result(), sent.result());
        accepted.send("thanks");
        accepted.shutdownWrite();
        QCOMPARE(client.waitForEnd(), 0);
        QCOMPARE(client.process().readAllStandardOutput(), QByteArray("thanks"));
        QVERIFY(mostMemory > 0);
        QVERIFY2(mostMemory < (64 << 20), qPrintable(QString::number(mostMemory)));
        qInfo("%lld bytes in %lld ms, at most %llu KiB of memory", static_cast<long long>(bytes),
              static_cast<long long>(clock.elapsed()),
              static_cast<unsigned long long>(mostMemory / 1024));
    }
};

QTEST_GUILESS_MAIN(TestExactBytes)
#include "tst_exact_bytes.moc"
