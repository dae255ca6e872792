#include <QtTest>

#include "core/diagnostics/filter_regex.h"

using namespace sscope;

namespace {

bool found(const char* pattern, std::string_view text) {
    const auto regex = FilterRegex::compile(pattern);
    return regex && regex->isFoundIn(text);
}

} // namespace

class TestFilterRegex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsShorthandsAndCase() {
        QVERIFY(found("^\\d+$", "8080"));
        QVERIFY(!found("^\\d+$", "80a"));
        QVERIFY(found("^\\w+\\s\\w+$", "no permission"));
        QVERIFY(found("[\\d_]x", "_x"));
        QVERIFY(found("NGINX", "nginx"));
        QVERIFY(found("[A-C]d", "bD"));
        QVERIFY(!found("[^a]", "A"));
        QVERIFY(found("a\\/b", "a/b"));
    }

    void takesACharacterForOne() {
        QVERIFY(found("^.$", "\xE5\x91\xA8"));
        QVERIFY(found("^[\xE5\x91\xA8\xE8\xAF\xB4]{2}$", "\xE5\x91\xA8\xE8\xAF\xB4"));
        QVERIFY(!found("^.$", "\xFF")); // not UTF-8
        QVERIFY(!FilterRegex().isFoundIn(""));
    }

    void saysWhereAPatternIsWrong_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<int>("offset");
        QTest::newRow("nothing to repeat") << QByteArray("*a") << 0;
        QTest::newRow("not closed") << QByteArray("a(b") << 3;
        QTest::newRow("not opened") << QByteArray("ab)") << 3;
        QTest::newRow("bracket") << QByteArray("x[ab") << 1;
        QTest::newRow("range") << QByteArray("a[z-a]") << 2;
        QTest::newRow("escape") << QByteArray("ab\\") << 3;
        QTest::newRow("bounds") << QByteArray("a{3,2}") << 1;
        QTest::newRow("too many") << QByteArray("a{1001}") << 1;
        QTest::newRow("alternative") << QByteArray("a|+") << 2;
    }

    void saysWhereAPatternIsWrong() {
        QFETCH(QByteArray, pattern);
        QFETCH(int, offset);
        const auto regex = FilterRegex::compile(pattern.toStdString());
        QVERIFY(!regex);
        QCOMPARE(static_cast<int>(regex.error()), offset);
    }

    /// Each of these takes std::regex or glibc minutes, gigabytes or the stack.
    void isNotStoppedByHostilePatterns() {
        const std::string longText(100'000, 'a');
        QVERIFY(!found("(a*)*b", longText));
        QVERIFY(!found("(a|a)*b", longText));
        QVERIFY(!found("(a|aa)+$b", longText));
        QVERIFY(!found("^(a?){100}a{100}$", longText));
        QVERIFY(found("(a?){100}a{100}", longText));
        QVERIFY(!FilterRegex::compile("(((a{255}){255}){255}){255}"));
        QVERIFY(!FilterRegex::compile(std::string(1000, 'a')));
    }
};

QTEST_GUILESS_MAIN(TestFilterRegex)
#include "tst_filter_regex.moc"
