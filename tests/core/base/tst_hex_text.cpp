// Bytes as people paste them, from tools that are installed and from others' pages.

#include <QProcess>
#include <QTemporaryFile>
#include <QtTest>

#include "core/base/hex_text.h"

using namespace sscope;

namespace {

using Kind = HexFault::Kind;

QByteArray bytesIn(const HexBytes& read) {
    if (!read)
        return "refused at " + QByteArray::number(static_cast<int>(read.error().line)) + ":" +
               QByteArray::number(static_cast<int>(read.error().column)) + " " +
               QByteArray::fromStdString(std::string(hexFaultReason(read.error().kind)));
    return QByteArray::fromStdString(std::string(textOf(*read)));
}

const QByteArray hello("Hello, world.\nabcdef 0123\x00\xff", 27);

QByteArray outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

} // namespace

class TestHexText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeoplePaste_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& bytes) {
            QTest::newRow(name) << text << bytes;
        };
        row("pairs", "48656c6c6f", "Hello");
        row("spaces", "48 65\n6C\t6c 6f", "Hello");
        row("prefixes", "0x48, 0x65,0X6c", "Hel");
        row("colons", "48:65", "He");
        row("groups", "4865 6c6c\n6f2c", "Hello,");
        row("groups of four bytes", "48656c6c\n6f2c2077", "Hello, w");
        row("empty", "", "");
        row("white space", " \n\t", "");
        row("backslashes", "\\x48\\x65\\x00", QByteArray("He\0", 3));
        row("a Python literal", "b'\\x48\\x65'", "He");
        row("Wireshark, escaped string", "\"\\x48\\x65\" \\\n\"\\x6c\\x6c\"", "Hell");
        row("an array of C", "{ 0x48, 0x65, 0xa }", "He\n");
        row("xxd -i",
            "unsigned char in_txt[] = {\n  0x48, 0x65\n};\nunsigned int in_txt_len = 2;\n", "He");
        row("Wireshark, array of C",
            "/* Frame (2 bytes) */\nstatic const unsigned char pkt1[2] = {\n"
            "0x48, 0x65 /* He */\n};\n",
            "He");
        row("hexdump -C",
            "00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 2e 0a 61 62  |Hello, world..ab|\n"
            "00000010  63 64 65 66 20 30 31 32  33 00 ff                 |cdef 0123..|\n"
            "0000001b\n",
            hello);
        row("hexdump -C with repeats",
            "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n"
            "00000040  41                                                |A|\n00000041\n",
            QByteArray(64, '\0') + "A");
        row("xxd",
            "00000000: 4865 6c6c 6f2c 2077 6f72 6c64 2e0a 6162  Hello, world..ab\n"
            "00000010: 6364 6566 2030 3132 3300 ff              cdef 0123..\n",
            hello);
        row("xxd, one line", "00000000: 6162 6364                                abcd\n", "abcd");
        row("xxd -g1, digits as characters",
            "00000000: 61 62 63 64 65 66 30 31                          abcdef01\n", "abcdef01");
        row("xxd without its characters", "00000000: 4865 6c6c\n00000004: 6f2c\n", "Hello,");
        row("od -A x -t x1z",
            "000000 48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 61 62  >Hello, world..ab<\n"
            "000010 63 64 65 66 20 30 31 32 33 00 ff                 >cdef 0123..<\n00001b\n",
            hello);
        row("od -t x1, octal offsets",
            "0000000 48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 61 62\n"
            "0000020 63 64\n0000022\n",
            "Hello, world.\nabcd");
        row("od -A d", "0000000 48 65 6c 6c 6f 2c 20 77 6f 72\n0000010 6c 64\n0000012\n",
            "Hello, world");
        row("Wireshark, hex and ASCII",
            "0000   48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 2e 0a 61 62   Hello, world..ab\n"
            "0010   63 64 65 66 20 30 31 32 33 00 ff                  cdef 0123..\n",
            hello);
        row("Wireshark, one line", "0000   47 45 54 20 2f 20   GET / \n", "GET / ");
        row("Wireshark, its middle dots",
            "0000   48 0d 0a 00                                       H\xc2\xb7\xc2\xb7\xc2\xb7\n",
            QByteArray("H\r\n\0", 4));
        row("Wireshark, older, with a gap",
            "0000  45 00 00 3c 1c 46 40 00  40 06 b1 e6 ac 10 0a 63   E..<.F@.@......c\n",
            QByteArray("E\0\0<\x1c"
                       "F@\0@\x06\xb1\xe6\xac\x10\n"
                       "c",
                       16));
        row("a part of a dump",
            "00000010  63 64 65 66 20 30 31 32  33 00 ff                 |cdef 0123..|\n",
            QByteArray("cdef 0123\0\xff", 11));
        row("characters without offsets", "48 65 6c 6c 6f  Hello\n", "Hello");
        row("braces in the characters",
            "00000000  7b 30 78 34 31 7d                                 |{0x41}|\n", "{0x41}");
        row("spaces at the end were lost", "0000   48 20 20   H", "H  ");
        row("CR LF between lines", "00000000: 4865 6c6c  Hell\r\n00000004: 6f2c       o,\r\n",
            "Hello,");
    }

    void readsWhatPeoplePaste() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, bytes);
        QCOMPARE(bytesIn(readHexText(text.toStdString())), bytes);
    }

    void saysWhereItCannot_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char* name, const QByteArray& text, Kind kind, int line,
                            int column) {
            QTest::newRow(name) << text << static_cast<int>(kind) << line << column;
        };
        row("a letter", "48 6g", Kind::HalfByte, 1, 4);
        row("a word", "48\nhello", Kind::NotHex, 2, 1);
        row("half a byte", "48\n65 6", Kind::HalfByte, 2, 4);
        row("braces of something else", "48 6ping ${seq}", Kind::HalfByte, 1, 4);
        row("after Chinese", "你 4", Kind::NotHex, 1, 1);
        row("a number of 16 bits", "0x4865", Kind::ByteOrder, 1, 1);
        row("in an array", "{ 0x48,\n 0x4865 }", Kind::ByteOrder, 2, 2);
        row("decimal in an array", "{ 0x48, 65 }", Kind::NotHex, 1, 9);
        row("two arrays", "{ 0x48 };\n{ 0x65 };", Kind::TwoArrays, 2, 1);
        row("text among escapes", "\\x48e", Kind::NotHex, 1, 5);
        row("half an escape", "\\x48\\x6", Kind::HalfByte, 1, 8);
        row("an offset, or bytes", "00000000 48 65 6c", Kind::OffsetOrBytes, 1, 1);
        row("a line is missing", "0000000 48 65\n0000002 6c 6c\n0000008 6f 2c\n000000a",
            Kind::OutOfStep, 3, 1);
        row("words of hexdump", "0000000 6548 6c6c\n0000004 2c6f 0020\n0000008\n", Kind::ByteOrder,
            1, 9);
        row("xxd -e", "00000000: 6c6c6548 77202c6f 646c726f 0000000a  Hello, world....\n",
            Kind::TextDiffers, 1, 48);
        row("other characters", "00000000  48 65 6c                        |Hex|\n",
            Kind::TextDiffers, 1, 43);
        row("repeats in octal or decimal", "0000000 00 00\n*\n0000040 61\n0000041\n",
            Kind::RepeatsUnclear, 2, 1);
        row("too much", "00000000  00 00  |..|\n*\n10000000\n", Kind::TooLong, 3, 1);
    }

    void saysWhereItCannot() {
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QFETCH(int, line);
        QFETCH(int, column);
        const HexBytes read = readHexText(text.toStdString());
        QVERIFY2(!read, bytesIn(read).constData());
        const QByteArray said = bytesIn(read);
        QVERIFY2(static_cast<int>(read.error().kind) == kind, said.constData());
        QVERIFY2(static_cast<int>(read.error().line) == line, said.constData());
        QVERIFY2(static_cast<int>(read.error().column) == column, said.constData());
    }

    void readsWhatProgramsPrint_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        using Words = QStringList;
        QTest::newRow("hexdump -C") << "hexdump" << Words{"-C"};
        QTest::newRow("hexdump -Cv") << "hexdump" << Words{"-Cv"};
        QTest::newRow("xxd") << "xxd" << Words{};
        QTest::newRow("xxd -g1") << "xxd" << Words{"-g1"};
        QTest::newRow("xxd -g4") << "xxd" << Words{"-g4"};
        QTest::newRow("xxd -c 32 -u") << "xxd" << Words{"-c", "32", "-u"};
        QTest::newRow("xxd -p") << "xxd" << Words{"-p"};
        QTest::newRow("xxd -i") << "xxd" << Words{"-i"};
        QTest::newRow("od -A x -t x1z") << "od" << Words{"-A", "x", "-t", "x1z"};
        QTest::newRow("od -A x -t x1z -v") << "od" << Words{"-A", "x", "-t", "x1z", "-v"};
        QTest::newRow("od -t x1") << "od" << Words{"-t", "x1"};
        QTest::newRow("od -A d -t x1") << "od" << Words{"-A", "d", "-t", "x1"};
        QTest::newRow("od -A n -t x1") << "od" << Words{"-A", "n", "-t", "x1"};
    }

    /// Every byte value, text, digits that look like bytes, and lines that repeat.
    void readsWhatProgramsPrint() {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("the program is not installed");
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all.append(static_cast<char>(i));
        const bool repeats = !arguments.contains("n"); // nothing tells how often without offsets
        const QList<QByteArray> contents{all,
                                         "a",
                                         "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                                         "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff",
                                         repeats ? QByteArray(100, '\0') + "end" : all,
                                         repeats ? QByteArray(64, ' ') : all + all};
        for (const QByteArray& content : contents) {
            QTemporaryFile file;
            QVERIFY(file.open());
            file.write(content);
            file.flush();
            const QByteArray dump = outputOf(program, arguments + QStringList{file.fileName()});
            QVERIFY(!dump.isEmpty());
            QVERIFY2(bytesIn(readHexText(dump.toStdString())) == content,
                     dump + "\n" + bytesIn(readHexText(dump.toStdString())));
        }
    }

    void takesAMegabyteInOneLine() {
        const QByteArray content(1 << 20, 'x');
        QCOMPARE(bytesIn(readHexText(content.toHex().toStdString())), content);
    }
};

QTEST_GUILESS_MAIN(TestHexText)
#include "tst_hex_text.moc"
