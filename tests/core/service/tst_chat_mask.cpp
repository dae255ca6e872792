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

    /// A server of lines gives none away, unless it says again what it was told.
    void linesThatAreSentHaveNoSecrets() {
        const std::string lines = "* type the password\n* welcome\n{\n";
        const std::string echo = "welcome\n{\"name\":\"ann\",\"password\":\"ab\"}\n";
        const std::string hidden = "welcome\n{\"name\":\"ann\",\"password\":\"**\"}\n";
        for (const std::size_t size : {std::size_t{1}, std::size_t{5}, std::size_t{100}}) {
            ChatMask mask(Form::Json);
            QCOMPARE(keptInPieces(mask, lines, size), lines);
            ChatMask ofEcho(Form::Json);
            QCOMPARE(keptInPieces(ofEcho, echo, size), hidden);
            QCOMPARE(kept(ofEcho.ofMessage(bytesOf("* welcome"))), std::string("* welcome"));
        }
    }

    /// Whoever asks for another name may give the secrets again.
    void hidesTheSecretsThatAreReceivedLater() {
        const std::string hello = "{\"action\":\"hello\",\"password\":\"ab\"}";
        const std::string hidden = "{\"action\":\"hello\",\"password\":\"**\"}";
        ChatMask mask(Form::Received);
        QCOMPARE(keptInPieces(mask, framed(hello), 9), framed(hidden));
        mask.finish();
        QCOMPARE(keptInPieces(mask, framed(hello), 9), framed(hidden));
        QCOMPARE(kept(mask.ofMessage(bytesOf(hello))), hidden);
    }

    /// Of a peer that takes nothing yet: what is sent is in the stream later than its message.
    void hidesWhatWaitsToBeSentWhenAllIsSaid() {
        const std::string welcome = "{\"reply\":\"hello\",\"resume\":\"ab\"}";
        const std::string hidden = "{\"reply\":\"hello\",\"resume\":\"**\"}";
        for (const std::size_t pieces : {std::size_t{1}, std::size_t{9}, welcome.size() * 4}) {
            ChatMask mask(Form::Json);
            QCOMPARE(kept(mask.ofMessage(bytesOf(hidden))), hidden);
            QCOMPARE(kept(mask.ofMessage(bytesOf(welcome))), hidden);
            mask.finish();
            QCOMPARE(keptInPieces(mask, framed(hidden) + framed(welcome), pieces),
                     framed(hidden) + framed(hidden));
            QCOMPARE(keptInPieces(mask, framed(welcome), pieces), framed(welcome)); // no secret
            QCOMPARE(kept(mask.ofMessage(bytesOf(welcome))), welcome);
        }
    }

    /// A length is no part of the JSON, whatever character it would be.
    void lengthsAreNoText() {
        for (const char last : {'{', '}', '[', ']', '"'}) {
            std::string header = "{\"content-type\":\"text/json\"}";
            header.insert(1, std::string(static_cast<std::size_t>(last) - header.size(), ' '));
            const std::string text = std::string(1, '\0') + last + header + "{\"a\":\"b\"}";
            const std::string hello = "{\"action\":\"hello\",\"password\":\"ab\"}";
            const std::string hidden = "{\"action\":\"hello\",\"password\":\"**\"}";
            ChatMask mask(Form::Json);
            (void)mask.ofMessage(bytesOf(hidden));
            (void)mask.ofMessage(bytesOf(hidden));
            mask.finish();
            QCOMPARE(keptInPieces(mask, text + framed(hello) + "x", 9),
                     text + framed(hidden) + "x");
            QCOMPARE(keptInPieces(mask, framed(hello), 9), framed(hello));
        }
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
