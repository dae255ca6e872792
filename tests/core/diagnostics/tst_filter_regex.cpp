#include <regex.h>

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
    /// Against the C library's own, which is not fed anything hostile here.
    void agreesWithPosix_data() {
        QTest::addColumn<QByteArray>("pattern");
        for (const char* pattern : {"a",
                                    "^a",
                                    "a$",
                                    "^$",
                                    "",
                                    "a|b",
                                    "(a|b)c",
                                    "a*",
                                    "a+b",
                                    "a?b$",
                                    "(ab)*c",
                                    "^(ab|c)+$",
                                    "[abc]d",
                                    "[^abc]d",
                                    "[a-c]+",
                                    "[]a]b",
                                    "[^]a]",
                                    "[a-]b",
                                    "a{2}",
                                    "^a{2,3}$",
                                    "a{2,}b",
                                    "^(a|ab)(c|bcd)$",
                                    "(a*)*b",
                                    "(a*)+c",
                                    "(|a)b",
                                    ".b",
                                    "^.{3}$",
                                    "x*",
                                    "a.c",
                                    "\\.b",
                                    "(a|b|c){2,3}d",
                                    "()a",
                                    "(a?){3}b"})
            QTest::newRow(pattern) << QByteArray(pattern);
    }

    void agreesWithPosix() {
        QFETCH(QByteArray, pattern);
        const auto ours = FilterRegex::compile(pattern.toStdString());
        QVERIFY(ours.has_value());
        regex_t theirs{};
        QCOMPARE(::regcomp(&theirs, pattern.constData(), REG_EXTENDED | REG_ICASE | REG_NOSUB), 0);
        // Every text of up to five of these letters.
        constexpr std::string_view letters = "abcD.";
        std::size_t different = 0;
        for (std::size_t length = 0; length <= 5; ++length) {
            std::size_t texts = 1;
            for (std::size_t i = 0; i < length; ++i)
                texts *= letters.size();
            for (std::size_t number = 0; number < texts; ++number) {
                std::string text;
                for (std::size_t i = 0, rest = number; i < length; ++i, rest /= letters.size())
                    text += letters[rest % letters.size()];
                const bool isTheirs = ::regexec(&theirs, text.c_str(), 0, nullptr, 0) == 0;
                different += ours->isFoundIn(text) == isTheirs ? 0 : 1;
            }
        }
        ::regfree(&theirs);
        QCOMPARE(different, std::size_t(0));
    }

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
        QVERIFY(found("^.$", "\xFF")); // not UTF-8: a byte
    }

    void saysWhereAPatternIsWrong_data() {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<int>("offset");
        QTest::newRow("nothing to repeat") << QByteArray("*a") << 0;
        QTest::newRow("not closed") << QByteArray("a(b") << 3;
        QTest::newRow("not opened") << QByteArray("ab)") << 2;
        QTest::newRow("bracket") << QByteArray("[ab") << 3;
        QTest::newRow("range") << QByteArray("a[z-a]") << 3;
        QTest::newRow("escape") << QByteArray("ab\\") << 3;
        QTest::newRow("bounds") << QByteArray("a{3,2}") << 1;
        QTest::newRow("bounds open") << QByteArray("a{3") << 1;
        QTest::newRow("too many") << QByteArray("a{256}") << 1;
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
        QVERIFY(FilterRegex::compile("((((((){255}){255}){255}){255}){255}){255}"));
        QVERIFY(!FilterRegex::compile(std::string(200, '(') + std::string(200, ')')));
        QVERIFY(!FilterRegex::compile("a" + std::string(200, '*')));
        QVERIFY(!FilterRegex::compile(std::string(1000, 'a')));
    }
};

QTEST_GUILESS_MAIN(TestFilterRegex)
#include "tst_filter_regex.moc"
