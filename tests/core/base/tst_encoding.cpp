#include <QtTest>

#include "core/base/encoding.h"
#include "core/base/utf8.h"

using namespace sscope;

class TestEncoding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsLenientlyWhatItCan_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("held back")
            << QByteArray("CP1258") << QByteArray("abcA") << QByteArray("abcA");
        QTest::newRow("a lone surrogate") << QByteArray("UTF-16LE")
                                          << QByteArray("\x00\xd8"
                                                        "A\0B\0",
                                                        6)
                                          << QByteArray("\xef\xbf\xbd"
                                                        "AB");
        QTest::newRow("beyond Unicode") << QByteArray("UCS-4LE")
                                        << QByteArray("\x00\x00\x11\x00"
                                                      "A\0\0\0",
                                                      8)
                                        << QByteArray("");
        QTest::newRow("as Python says it")
            << QByteArray("latin-1") << QByteArray("caf\xe9") << QByteArray("caf\xc3\xa9");
    }

    void readsLenientlyWhatItCan() {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QVERIFY(isKnownEncoding(encoding.toStdString()));
        const std::string read = decodeLeniently(bytes.toStdString(), encoding.toStdString());
        QVERIFY(isUtf8(read));
        if (text.isEmpty())
            QVERIFY(read.ends_with('A'));
        else
            QCOMPARE(QByteArray::fromStdString(read), text);
    }

    void knowsLatin1AsPythonNamesIt() {
        QCOMPARE(encodeText("\u00e9", "latin-1").value(), std::string("\xe9"));
        QCOMPARE(decodeText("\xe9", "Latin_1").value(), std::string("\u00e9"));
    }

    void convertsBothWays_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray("你好");
        QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("\xc4\xe3\xba\xc3");
        QTest::newRow("GB18030") << QByteArray("GB18030") << QByteArray("\xc4\xe3\xba\xc3");
        QTest::newRow("Big5") << QByteArray("Big5") << QByteArray("\xa7\x41\xa6\x6e");
        QTest::newRow("UTF-16LE") << QByteArray("UTF-16LE") << QByteArray("\x60\x4f\x7d\x59");
        QTest::newRow("UTF-16BE") << QByteArray("UTF-16BE") << QByteArray("\x4f\x60\x59\x7d");
        QTest::newRow("as Python says it")
            << QByteArray("utf_16_be") << QByteArray("\x4f\x60\x59\x7d");
    }

    void convertsBothWays() {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, bytes);
        const auto encoded = encodeText("你好", encoding.toStdString());
        QVERIFY(encoded.has_value());
        QCOMPARE(QByteArray::fromStdString(*encoded), bytes);
        const auto decoded = decodeText(bytes.toStdString(), encoding.toStdString());
        QVERIFY(decoded.has_value());
        QCOMPARE(QByteArray::fromStdString(*decoded), QByteArray("你好"));
    }

    void tellsThePositionOfTheBadByte_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("position");
        QTest::newRow("UTF-8") << QByteArray("UTF-8") << QByteArray("ab\xff") << QByteArray("2");
        QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("a\xc4\xe3\xff") << QByteArray("3");
        QTest::newRow("cut") << QByteArray("UTF-8") << QByteArray("a\xe4\xbd") << QByteArray("1");
    }

    void tellsThePositionOfTheBadByte() {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, position);
        const auto decoded = decodeText(bytes.toStdString(), encoding.toStdString());
        QVERIFY(!decoded && decoded.error().is(Fault::BadSequence));
        QCOMPARE(QByteArray::fromStdString(decoded.error().detail), position);
    }

    void refusesUnknownNames() {
        for (const char* name : {"", "no-such", "ASCII//TRANSLIT"}) {
            const auto encoded = encodeText("x", name);
            QVERIFY(!encoded && encoded.error().is(Fault::UnknownEncoding));
        }
    }

    void refusesWhatTheEncodingLacks() {
        const auto encoded = encodeText("a🐶", "ISO-8859-1");
        QVERIFY(!encoded && encoded.error().is(Fault::BadSequence));
        QCOMPARE(encoded.error().detail, std::string("1"));
    }

    void keepsWhatCanBeRead() {
        QCOMPARE(decodeLeniently("\xc4\xe3\xff\xba\xc3", "GBK"), std::string("你\ufffd好"));
        QCOMPARE(decodeLeniently("ab\xc4", "GBK"), std::string("ab\ufffd")); // cut off
        QCOMPARE(decodeLeniently("a\xff\xfe b", "UTF-8"), std::string("a\ufffd\ufffd b"));
        QCOMPARE(decodeLeniently("a\xe9", "no-such"), std::string("a\ufffd"));
        QCOMPARE(decodeLeniently("", "GBK"), std::string());
        std::string many;
        std::string expected;
        for (int i = 0; i < 5000; ++i) {
            many += "\xc4\xe3\xff";
            expected += "你\ufffd";
        }
        QVERIFY(decodeLeniently(many, "GBK") == expected);
        QVERIFY(isKnownEncoding("GBK") && !isKnownEncoding("GBK//TRANSLIT"));
    }

    void convertsMoreThanOneBufferful() {
        std::string text;
        for (int i = 0; i < 5000; ++i)
            text += "你好";
        const auto encoded = encodeText(text, "GBK");
        QVERIFY(encoded && encoded->size() == 20'000);
        const auto decoded = decodeText(*encoded, "GBK");
        QVERIFY(decoded && *decoded == text);
    }
};

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
