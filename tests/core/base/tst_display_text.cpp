#include <QtTest>

#include "core/base/display_text.h"
#include "core/base/utf8.h"

using namespace sscope;

class TestDisplayText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsHiddenCharactersAsEscapes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("plain") << QByteArray("Hello, world") << QByteArray("Hello, world");
        QTest::newRow("line end") << QByteArray("a\r\nb\t") << QByteArray("a\\r\\nb\\t");
        QTest::newRow("escape") << QByteArray("\x1b[31mred") << QByteArray("\\x1b[31mred");
        QTest::newRow("nul") << QByteArray("a\0b", 3) << QByteArray("a\\0b");
        QTest::newRow("bidi") << QByteArray("a\xe2\x80\xae"
                                            "b")
                              << QByteArray("a\\u202eb");
        QTest::newRow("c1") << QByteArray("\xc2\x85") << QByteArray("\\u0085");
        QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QByteArray("\\u2028");
        QTest::newRow("tag") << QByteArray("\xf3\xa0\x80\xa1") << QByteArray("\\U000e0021");
        QTest::newRow("not utf-8") << QByteArray("a\xff\xfe"
                                                 "b")
                                   << QByteArray("a\\xff\\xfeb");
        QTest::newRow("cut") << QByteArray("a\xe4\xbd") << QByteArray("a\\xe4\\xbd");
        QTest::newRow("chinese and emoji") << QByteArray("你好 🐶") << QByteArray("你好 🐶");
        QTest::newRow("markup stays text")
            << QByteArray("<img src=x>") << QByteArray("<img src=x>");
    }

    void showsHiddenCharactersAsEscapes() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(displaySafe(text.toStdString())), shown);
        std::string joined;
        for (const DisplayText::Run& run : displayRuns(text.toStdString()).runs)
            joined += run.text;
        QCOMPARE(QByteArray::fromStdString(joined), shown);
    }

    void tellsEscapesFromText() {
        const DisplayText text = displayRuns("one\ntwo\n");
        QCOMPARE(text.runs.size(), std::size_t{4});
        QVERIFY(!text.runs[0].isEscape && text.runs[1].isEscape);
        QVERIFY(!text.runs[2].isEscape && text.runs[3].isEscape);
    }

    void outputIsAlwaysUtf8WithoutControls() {
        for (int seed = 0; seed < 500; ++seed) {
            std::string text;
            std::uint32_t state = static_cast<std::uint32_t>(seed) * 7919 + 1;
            for (int i = 0; i < 40; ++i) {
                state = state * 1664525 + 1013904223;
                text += static_cast<char>(state >> 24);
            }
            std::string_view shown;
            const std::string safe = displaySafe(text);
            QVERIFY(isUtf8(safe));
            for (shown = safe; !shown.empty();) {
                const Utf8Step step = decodeUtf8(shown);
                QVERIFY(!isHiddenCharacter(step.codePoint));
                shown.remove_prefix(step.length);
            }
        }
    }

    void refusesWhatRfc3629Refuses_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("overlong 2") << QByteArray("\xc0\xaf");
        QTest::newRow("overlong 3") << QByteArray("\xe0\x80\xaf");
        QTest::newRow("overlong 4") << QByteArray("\xf0\x80\x80\xaf");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80");
        QTest::newRow("above 10FFFF") << QByteArray("\xf4\x90\x80\x80");
        QTest::newRow("lone continuation") << QByteArray("\x80");
        QTest::newRow("truncated") << QByteArray("\xe4\xbd");
    }

    void refusesWhatRfc3629Refuses() {
        QFETCH(QByteArray, bytes);
        QVERIFY(!isUtf8(bytes.toStdString()));
    }

    void encodesWhatItDecodes() {
        for (const char32_t c : {U'a', U'\u00e4', U'\u4f60', U'\U0001F436', U'\U0010FFFF'}) {
            std::string text;
            appendUtf8(text, c);
            const Utf8Step step = decodeUtf8(text);
            QVERIFY(step.valid);
            QCOMPARE(static_cast<quint32>(step.codePoint), static_cast<quint32>(c));
            QCOMPARE(step.length, text.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestDisplayText)
#include "tst_display_text.moc"
