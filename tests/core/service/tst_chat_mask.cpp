#include <QtTest>

#include "core/service/chat_mask.h"

using namespace sscope;
using Form = ChatMask::Form;

namespace {

std::string kept(ByteView bytes) {
    return std::string(textOf(bytes));
}

/// As the stream is kept where it comes in pieces of that size.
std::string keptInPieces(ChatMask& mask, const std::string& stream, std::size_t size) {
    std::string all;
    for (std::size_t i = 0; i < stream.size(); i += size)
        all += kept(mask.ofStream(bytesOf(std::string_view(stream).substr(i, size))));
    return all;
}

std::string framed(const std::string& json) {
    const std::string header =
        "{\"content-type\":\"text/json\",\"content-length\":" + std::to_string(json.size()) + "}";
    return std::string(1, '\0') + static_cast<char>(header.size()) + header + json;
}

} // namespace

class TestChatMask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hidesTheSecretsOfJson_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("expected");
        // With ' for each quotation mark.
        QTest::newRow("password") << "{'action':'hello','name':'ann','password':'s3cret'}"
                                  << "{'action':'hello','name':'ann','password':'******'}";
        QTest::newRow("resume") << "{'resume':'abc','reply':'hello'}"
                                << "{'resume':'***','reply':'hello'}";
        QTest::newRow("spaces") << "{ 'password' :\n 'ab' , 'name' : 'cd' }"
                                << "{ 'password' :\n '**' , 'name' : 'cd' }";
        QTest::newRow("escapes") << "{'password':'a\\'b\\\\','name':'c'}"
                                 << "{'password':'******','name':'c'}";
        QTest::newRow("a key that hides") << "{'p\\u0061ssword':'ab','name':'c'}"
                                          << "{'p\\u0061ssword':'**','name':'c'}";
        QTest::newRow("a word of a text") << "{'text':'\\'password\\':\\'ab\\''}"
                                          << "{'text':'\\'password\\':\\'ab\\''}";
        QTest::newRow("a value of that name") << "{'name':'password','text':'ab'}"
                                              << "{'name':'password','text':'ab'}";
        QTest::newRow("a list before") << "{'a':['password','x'],'text':'ab'}"
                                       << "{'a':['password','x'],'text':'ab'}";
        QTest::newRow("never ends") << "{'password':'ab"
                                    << "{'password':'**";
    }
    void hidesTheSecretsOfJson() {
        QFETCH(QString, json);
        QFETCH(QString, expected);
        json.replace('\'', '"');
        expected.replace('\'', '"');
        const std::string stream = framed(json.toStdString()) + framed(json.toStdString());
        const std::string whole = framed(expected.toStdString());
        const bool ends = json.endsWith('}');
        for (std::size_t size : {std::size_t{1}, std::size_t{7}, stream.size()}) {
            ChatMask mask(Form::Received);
            const std::string all = keptInPieces(mask, stream, size);
            QCOMPARE(all.size(), stream.size());
            QCOMPARE(all.substr(0, whole.size()), whole);
            if (ends) // else what follows is still of the password
                QCOMPARE(all, whole + whole);
        }
        ChatMask mask(Form::Json);
        QCOMPARE(kept(mask.ofMessage(bytesOf(json.toStdString()))), expected.toStdString());
    }

    void hidesAllLinesAfterTheName() {
        const std::string stream = "ann\r\ns3cret\r\nhello\r\n";
        for (std::size_t size : {std::size_t{1}, std::size_t{5}, stream.size()}) {
            ChatMask mask(Form::Received);
            QCOMPARE(keptInPieces(mask, stream, size), std::string("ann\r\n*******\n******\n"));
        }
        ChatMask mask(Form::Received);
        (void)mask.ofStream(bytesOf(std::string_view(stream)));
        QCOMPARE(kept(mask.ofMessage(bytesOf("ann"))), std::string("ann"));
        QCOMPARE(kept(mask.ofMessage(bytesOf("s3cret"))), std::string("******"));
    }

    void hidesNothingOnceAllIsSaid() {
        ChatMask lines(Form::Received);
        lines.allowLines(); // the server needs no password
        QCOMPARE(keptInPieces(lines, "ann\nhi\n", 2), std::string("ann\nhi\n"));
        QCOMPARE(kept(lines.ofMessage(bytesOf("hi"))), std::string("hi"));
        ChatMask mask(Form::Received);
        (void)keptInPieces(mask, "ann\ns3cret\n", 20);
        mask.finish();
        QCOMPARE(keptInPieces(mask, "hello\n", 20), std::string("hello\n"));
        QCOMPARE(kept(mask.ofMessage(bytesOf("hello"))), std::string("hello"));
    }
};

QTEST_APPLESS_MAIN(TestChatMask)
#include "tst_chat_mask.moc"
