// What a person types as a message: hex and escapes.

#include <QtTest>

#include "core/base/escapes.h"
#include "core/base/hex.h"

using namespace sscope;

class TestMessageText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsHex_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("pairs") << QByteArray("48656c6c6f") << QByteArray("Hello");
        QTest::newRow("spaces") << QByteArray("48 65\n6C\t6c 6f") << QByteArray("Hello");
        QTest::newRow("prefixes") << QByteArray("0x48,0x65") << QByteArray("He");
        QTest::newRow("colons") << QByteArray("48:65") << QByteArray("He");
        QTest::newRow("nul") << QByteArray("00") << QByteArray(1, '\0');
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }

    void readsHex() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, bytes);
        const auto read = fromHex(text.toStdString());
        QVERIFY(read.has_value());
        QCOMPARE(QByteArray::fromStdString(std::string(textOf(*read))), bytes);
    }

    void tellsTheColumnOfBadHex_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("column");
        QTest::newRow("letter") << QByteArray("48 6g") << QByteArray("5");
        QTest::newRow("odd") << QByteArray("48 6") << QByteArray("5");
        QTest::newRow("first") << QByteArray("xx") << QByteArray("1");
        QTest::newRow("bare prefix") << QByteArray("0x") << QByteArray("3");
    }

    void tellsTheColumnOfBadHex() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, column);
        const auto read = fromHex(text.toStdString());
        QVERIFY(!read && read.error().is(Fault::BadHex));
        QCOMPARE(QByteArray::fromStdString(read.error().detail), column);
    }

    void hexRoundTripsEveryByte() {
        std::vector<std::byte> all;
        for (int i = 0; i < 256; ++i)
            all.push_back(static_cast<std::byte>(i));
        const auto read = fromHex(toHex(all));
        QVERIFY(read && *read == all);
    }

    void readsEscapes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << QByteArray("Hello") << QByteArray("Hello");
        QTest::newRow("simple") << QByteArray("a\\n\\r\\t\\\\b") << QByteArray("a\n\r\t\\b");
        QTest::newRow("nul") << QByteArray("\\0") << QByteArray(1, '\0');
        QTest::newRow("byte") << QByteArray("\\x00\\xff") << QByteArray("\0\xff", 2);
        QTest::newRow("unit") << QByteArray("\\u4f60") << QByteArray("你");
        QTest::newRow("pair") << QByteArray("\\ud83d\\udc36") << QByteArray("🐶");
    }

    void readsEscapes() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, bytes);
        const auto read = readEscapes(text.toStdString());
        QVERIFY(read.has_value());
        QCOMPARE(QByteArray::fromStdString(*read), bytes);
    }

    void tellsTheColumnOfABadEscape_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("column");
        QTest::newRow("unknown") << QByteArray("ab\\q") << QByteArray("3");
        QTest::newRow("at the end") << QByteArray("ab\\") << QByteArray("3");
        QTest::newRow("short byte") << QByteArray("\\x4") << QByteArray("1");
        QTest::newRow("short unit") << QByteArray("\\u4f6") << QByteArray("1");
        QTest::newRow("lone high") << QByteArray("\\ud83d") << QByteArray("1");
        QTest::newRow("lone low") << QByteArray("\\udc36") << QByteArray("1");
    }

    void tellsTheColumnOfABadEscape() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, column);
        const auto read = readEscapes(text.toStdString());
        QVERIFY(!read && read.error().is(Fault::BadEscape));
        QCOMPARE(QByteArray::fromStdString(read.error().detail), column);
    }
};

QTEST_GUILESS_MAIN(TestMessageText)
#include "tst_message_text.moc"
