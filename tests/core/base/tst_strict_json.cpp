#include <QtTest>

#include "core/base/strict_json.h"

using namespace sscope;

class TestStrictJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesWhatIsSound_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"{}", "[]", "null", "1", "\"a\"", " { \"a\" : [ 1, -2.5e3, true, null, {} ] }\n",
              "[\"\\ud83d\\udc07 \\u0000 \xF0\x9F\x90\x87\"]", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
              "[{\"a\":1},{\"a\":1}]"})
            QTest::newRow(text) << QByteArray(text);
    }
    void takesWhatIsSound() {
        QFETCH(QByteArray, text);
        QVERIFY(!findJsonFault(text.toStdString()));
    }

    void tellsWhatIsWrongAndWhere_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const QByteArray& text, const char* reason, int line, int column) {
            QTest::newRow(text.constData()) << text << QByteArray(reason) << line << column;
        };
        row("", "it is not valid JSON", 1, 1);
        row("{\"a\": 1,\n \"b\": x}", "it is not valid JSON", 2, 7);
        row("{\"\xE4\xB8\xAD\xE6\x96\x87\": x}", "it is not valid JSON", 1, 8);
        row("{\"a\": 1,\n \"a\": 2}", "the key 'a' is there twice", 2, 5);
        row("[1,]", "it is not valid JSON", 1, 4);
        row("{} {}", "it is not valid JSON", 1, 4);
        row("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", "it is more than 16 levels deep", 1, 17);
        row("\xEF\xBB\xBF{}", "it begins with a byte order mark", 1, 1);
        row(QByteArray("{}\0", 3), "it holds a NUL byte", 1, 3);
        row("[\"\\ud800\"]", "it is not valid JSON", 1, 9);
        row("[\"\xC0\xAF\"]", "it is not valid JSON", 1, 3);
    }
    void tellsWhatIsWrongAndWhere() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        QFETCH(int, line);
        QFETCH(int, column);
        const auto fault = findJsonFault(text.toStdString());
        QVERIFY(fault);
        QCOMPARE(QByteArray::fromStdString(fault->reason), reason);
        QCOMPARE(static_cast<int>(fault->line), line);
        QVERIFY2(std::abs(static_cast<int>(fault->column) - column) <= 1,
                 qPrintable(QString::number(fault->column)));
    }

    void givesTheMembersOfAnObject() {
        std::vector<JsonMember> members;
        QVERIFY(!readJsonObject("{\"s\":\"\\u4e2d\",\"n\":18446744073709551615,\"i\":-1,\"f\":1.0,"
                                "\"b\":true,\"z\":null,"
                                "\"d\":{\"k\":[1,{\"x\":\"y\"},[]],\"e\":{}}}",
                                members));
        QCOMPARE(members.size(), std::size_t{7});
        using Kind = JsonMember::Kind;
        QVERIFY(members[0].kind == Kind::String && members[0].value == "\xE4\xB8\xAD");
        QVERIFY(members[1].kind == Kind::Unsigned && members[1].number == UINT64_MAX);
        QVERIFY(members[2].kind == Kind::Other && members[2].value == "-1");
        QVERIFY(members[3].kind == Kind::Other && members[3].value == "1.0");
        QVERIFY(members[4].value == "true" && members[5].value == "null");
        QCOMPARE(members[6].value, std::string("{\"k\": [1, {\"x\": \"y\"}, []], \"e\": {}}"));
        for (const char* text : {"[]", "1", "\"a\"", "null", "[{}]"})
            QVERIFY2(readJsonObject(text, members), text);
    }

    void writesStrings() {
        QCOMPARE(jsonString("a\"\\\n\x01\xF0\x9F\x90\xB0"),
                 std::string("\"a\\\"\\\\\\n\\u0001\xF0\x9F\x90\xB0\""));
        QCOMPARE(jsonString("\xFF"), std::string("\"\xEF\xBF\xBD\""));
    }
};

QTEST_GUILESS_MAIN(TestStrictJson)
#include "tst_strict_json.moc"
