#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

namespace {

std::vector<HeaderField> typed(const char* type, const char* encoding) {
    return {{"content-type", type}, {"content-encoding", encoding}};
}

/// The answer to a request in JSON, without {"result": and }.
std::string resultOf(const std::string& request, FakeContext& context,
                     const ServiceSettings& settings = {}, const char* encoding = "utf-8") {
    const auto handler = findService("message")->make(settings);
    const auto header = typed("text/json", encoding);
    handler->handle(context, {.content = bytesOf(request), .header = header});
    const std::string& answer = context.sent.back();
    return answer.substr(11, answer.size() - 12);
}

} // namespace

class TestMessageHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("result");
        const auto row = [](const char* request, const char* result) {
            QTest::newRow(request) << QByteArray(request) << QByteArray(result);
        };
        row("{\"action\": \"search\", \"value\": \"morpheus\"}",
            "\"Follow the white rabbit. \xF0\x9F\x90\xB0\"");
        row("{\"action\": \"search\", \"value\": \"ring\"}",
            "\"In the caves beneath the Misty Mountains. \xF0\x9F\x92\x8D\"");
        row("{\"action\": \"search\", \"value\": \"\xF0\x9F\x90\xB6\"}",
            "\"\xF0\x9F\x90\xBE Playing ball! \xF0\x9F\x8F\x90\"");
        row("{\"action\": \"search\", \"value\": \"\\ud83d\\udc36\"}",
            "\"\xF0\x9F\x90\xBE Playing ball! \xF0\x9F\x8F\x90\"");
        row("{\"action\": \"search\", \"value\": \"a \\\"b\\\"\"}",
            "\"No match for 'a \\\"b\\\"'.\"");
        row("{\"action\": \"search\", \"value\": 5}", "\"No match for '5'.\"");
        row("{\"action\": \"search\"}", "\"No match for ''.\"");
        row("{\"action\": \"double\", \"value\": 5}", "\"Error: invalid action 'double'.\"");
        row("{}", "\"Error: invalid action ''.\"");
    }

    void answers() {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, result);
        FakeContext context;
        QCOMPARE(resultOf(request.toStdString(), context), result.toStdString());
        QVERIFY((context.headers.at(0) == typed("text/json", "utf-8")));
        QVERIFY(context.closed);
        QVERIFY(context.protocolError.empty());
    }

    void readsTheContentsEncoding() {
        FakeContext context;
        const std::string utf16("\xFF\xFE{\0\"\0a\0c\0t\0i\0o\0n\0\"\0:\0\"\0x\0\"\0}\0", 30);
        QCOMPARE(resultOf(utf16, context, {}, "utf-16"),
                 std::string("\"Error: invalid action 'x'.\""));
    }

    void saysWhatIsWrongWithARequest_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("JSON") << QByteArray("{\"action\": }") << QByteArray("utf-8")
                              << QByteArray("the content is refused at byte 11");
        QTest::newRow("array") << QByteArray("[]") << QByteArray("utf-8")
                               << QByteArray("it is not an object");
        QTest::newRow("bytes") << QByteArray("{\"a\xFF\"}") << QByteArray("utf-8")
                               << QByteArray("invalid sequence at byte 3");
        QTest::newRow("encoding") << QByteArray("{}") << QByteArray("klingon")
                                  << QByteArray("encoding 'klingon' is not known");
    }

    void saysWhatIsWrongWithARequest() {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, reason);
        FakeContext context;
        const std::string result =
            resultOf(request.toStdString(), context, {}, encoding.constData());
        QVERIFY2(QByteArray::fromStdString(result).contains(reason), result.c_str());
        QVERIFY(QByteArray::fromStdString(context.protocolError).contains(reason));
        QVERIFY(context.closed);
    }

    void otherContentIsAnsweredWithItsFirstBytes() {
        for (const auto& [content, answer] :
             {std::pair<std::string, std::string>{"0123456789abc", "0123456789"},
              {std::string("\0\xFF", 2), std::string("\0\xFF", 2)},
              {"", ""}}) {
            FakeContext context;
            const auto handler = findService("message")->make({});
            const auto header = typed("binary/custom-client-binary-type", "binary");
            handler->handle(context, {.content = bytesOf(content), .header = header});
            QCOMPARE(context.sent.at(0), "First 10 bytes of request: " + answer);
            QVERIFY((context.headers.at(0) == typed("binary/custom-server-binary-type", "binary")));
            QVERIFY(context.closed);
        }
    }

    void servesMoreThanOneWhereAsked() {
        FakeContext context;
        (void)resultOf("{}", context, {.keepOpen = true});
        QVERIFY(!context.closed);
    }

    void searchesInAnotherDictionary() {
        auto entries = parseDictionary("{\"a\": \"b\", \"n\": [1, \"x\"]}");
        QVERIFY(entries);
        const ServiceSettings settings{.dictionary =
                                           std::make_shared<const Dictionary>(std::move(*entries))};
        FakeContext context;
        QCOMPARE(resultOf("{\"action\":\"search\",\"value\":\"a\"}", context, settings),
                 std::string("\"b\""));
        FakeContext another;
        QCOMPARE(resultOf("{\"action\":\"search\",\"value\":\"n\"}", another, settings),
                 std::string("[1, \"x\"]"));
        FakeContext third;
        QCOMPARE(resultOf("{\"action\":\"search\",\"value\":\"ring\"}", third, settings),
                 std::string("\"No match for 'ring'.\""));
        const auto bad = parseDictionary("{\n\"a\": }");
        QVERIFY(!bad);
        QVERIFY(errorText(bad.error()).find("line 2") != std::string::npos);
    }

    void underOtherFramingsItReadsJson() {
        FakeContext context;
        const auto handler = findService("message")->make({});
        handler->handle(context, {.content = bytesOf("{\"action\":\"search\",\"value\":\"x\"}")});
        QCOMPARE(context.sent.at(0), std::string("{\"result\": \"No match for 'x'.\"}"));
    }
};

QTEST_GUILESS_MAIN(TestMessageHandler)
#include "tst_message_handler.moc"
