// What macros write, and what is only text.

#include <QtTest>

#include "core/base/encoding.h"
#include "core/client/message_template.h"

using namespace sscope;

namespace {

constexpr WallTime noon = 1'764'331'200'117'042'000; // 2025-11-28T12:00:00.117042Z

MessageTemplate read(std::string_view text,
                     const MessageTemplate::Reading& how = {.macros = true}) {
    auto made = MessageTemplate::read(text, how);
    if (!made)
        qWarning() << errorText(made.error()).c_str();
    return made.value_or(MessageTemplate());
}

std::string once(std::string_view text, const MessageTemplate::Reading& how = {.macros = true}) {
    MacroValues values(1);
    return std::string(textOf(read(text, how).make(values, noon)));
}

} // namespace

class TestMessageTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesWhatMacrosStandFor() {
        QCOMPARE(once("a ${time} b"), std::string("a 2025-11-28T12:00:00.117042Z b"));
        QCOMPARE(once("${time:unix}"), std::string("1764331200.117042"));
        const std::string letters = once("${rand:8}");
        QCOMPARE(letters.size(), std::size_t{8});
        QVERIFY(std::ranges::all_of(letters, [](char c) { return c >= 'a' && c <= 'z'; }));
        QCOMPARE(once("${rand:1000000}").size(), std::size_t{1'000'000});
        QCOMPARE(once("${seq}/${seq}"), std::string("1/1")); // of one message
    }

    void countsTheMessagesInWhichItStands() {
        MacroValues values(1);
        const MessageTemplate counted = read("${seq}");
        const MessageTemplate other = read("${rand:3}");
        QStringList all;
        for (int i = 0; i < 11; ++i) {
            all += QString::fromStdString(std::string(textOf(counted.make(values, noon))));
            (void)other.make(values, noon);
        }
        QCOMPARE(all.join(' '), QString("1 2 3 4 5 6 7 8 9 10 11"));
        MacroValues ofAnother(1);
        QCOMPARE(std::string(textOf(counted.make(ofAnother, noon))), std::string("1"));
    }

    void lettersDiffer() {
        MacroValues values(1);
        const MessageTemplate one = read("${rand:16} ${rand:16}");
        const std::string first(textOf(one.make(values, noon)));
        QVERIFY(first.substr(0, 16) != first.substr(17));
        QVERIFY(std::string(textOf(one.make(values, noon))) != first);
        QVERIFY(textOf(one.make(*std::make_unique<MacroValues>(), noon)) != first);
    }

    void whatIsNoMacroIsText_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("made");
        const auto row = [](const char* text, const char* made) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(made);
        };
        row("$", "$");
        row("${", "${");
        row("${}", "${}");
        row("${foo}", "${foo}");
        row("${sequence}", "${sequence}");
        row("${seq", "${seq");
        row("${SEQ}", "${SEQ}");
        row("$seq", "$seq");
        row("$${seq}", "${seq}");
        row("$${rand:8}", "${rand:8}");
        row("$${foo}", "$${foo}");
        row("$$${seq}", "$${seq}");
        row("$ ${seq}", "$ 1");
        row("${${seq}}", "${1}");
        row("你${seq}好", "你1好");
        row("", "");
    }

    void whatIsNoMacroIsText() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, made);
        QCOMPARE(QByteArray::fromStdString(once(text.toStdString())), made);
        // And none of it is one where macros are off.
        QCOMPARE(QByteArray::fromStdString(once(text.toStdString(), {})), text);
    }

    void aBadArgumentHasItsColumn_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("column");
        for (const char* text : {"${rand}", "${rand:}", "${rand:0}", "${rand:1000001}",
                                 "${rand:-1}", "${rand:8x}", "${rand:8", "${rand: 8}", "${seq:1}",
                                 "${time:}", "${time:local}", "${rand:99999999999999999999999}"}) {
            QTest::newRow(text) << QByteArray(text) << QByteArray("1");
            QTest::newRow(QByteArray("after ") + text)
                << "ab ${seq} " + QByteArray(text) << QByteArray("11");
        }
    }

    void aBadArgumentHasItsColumn() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, column);
        const auto made = MessageTemplate::read(text.toStdString(), {.macros = true});
        QVERIFY(!made && made.error().is(Fault::BadMacro));
        QCOMPARE(QByteArray::fromStdString(made.error().detail), column);
    }

    void tooMuchIsRefused() {
        std::string text;
        for (int i = 0; i < 17; ++i)
            text += "${rand:1000000}";
        const auto made = MessageTemplate::read(text, {.macros = true});
        QVERIFY(!made && made.error().is(Fault::MessageTooLong));
    }

    void escapesAndBytesOfNoEncoding() {
        const MessageTemplate::Reading how{.encoding = "GBK", .escapes = true, .macros = true};
        QCOMPARE(once("\\u4f60\\xff${seq}\\n", how), std::string("\xc4\xe3\xff"
                                                                 "1\n"));
        QCOMPARE(once("\\x24{seq}", how), std::string("${seq}")); // a byte, and then text
        QCOMPARE(once("\\x00", {.escapes = true}), std::string(1, '\0'));
        QCOMPARE(once("a\\n", {}), std::string("a\\n"));
        auto bad = MessageTemplate::read("你\\q", how);
        QVERIFY(!bad && bad.error().is(Fault::BadEscape));
        QCOMPARE(bad.error().detail, std::string("4"));
        bad = MessageTemplate::read("ab\\ud83d\\udc36", how);
        QVERIFY(!bad && bad.error().is(Fault::BadSequence));
        QCOMPARE(bad.error().detail, std::string("2"));
        bad = MessageTemplate::read("a${seq}b🐶", how);
        QVERIFY(!bad && bad.error().is(Fault::BadSequence));
        QCOMPARE(bad.error().detail, std::string("8"));
    }

    void macrosAreOfTheEncodingToo_data() {
        QTest::addColumn<QByteArray>("encoding");
        for (const char* encoding : {"UTF-8", "utf-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "gbk",
                                     "GB18030", "Big5", "Shift_JIS", "EUC-KR", "ISO-2022-JP"})
            QTest::newRow(encoding) << QByteArray(encoding);
    }

    void macrosAreOfTheEncodingToo() {
        QFETCH(QByteArray, encoding);
        const std::string name = encoding.toStdString();
        const std::string made = once("中 ${seq} 中", {.encoding = name, .macros = true});
        QCOMPARE(made, *encodeText("中 1 中", name)); // one mark, one state
    }

    void masksMacrosInPlace() {
        QCOMPARE(withMacrosMasked("{\"a\": ${seq}, \"${time}\": \"$${seq}${rand:2}\"}"),
                 std::string("{\"a\": 111111, \"aaaaaaa\": \"$${seq}aaaaaaaaa\"}"));
    }

    void tellsItsSize() {
        MessageTemplate one = read("${seq} ${time} ${rand:5}");
        QCOMPARE(one.size(), std::size_t{1 + 1 + 27 + 1 + 5});
        one.append(bytesOf("\r\n"));
        QCOMPARE(one.size(), std::size_t{37});
        QVERIFY(one.hasMacros());
        QVERIFY(!read("$${seq}").hasMacros());
        QCOMPARE(textOf(read("${seq}${rand:2}").sample()), std::string_view("1aa"));
        QCOMPARE(MessageTemplate().size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestMessageTemplate)
#include "tst_message_template.moc"
