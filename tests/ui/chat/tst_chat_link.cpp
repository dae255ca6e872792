// Where web addresses stand in what people write.

#include <QElapsedTimer>
#include <QTest>

#include "ui/chat/chat_link.h"
#include "ui/chat/chat_text.h"

using namespace sscope;

class TestChatLink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWebAddresses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("addresses");
        const auto add = [](const char* name, const char* text, const QStringList& addresses) {
            QTest::newRow(name) << QString::fromUtf8(text) << addresses;
        };
        add("alone", "http://a.example", {"http://a.example"});
        add("secure", "see https://a.example/x?y=1#z now", {"https://a.example/x?y=1#z"});
        add("any case", "HTTPS://A.example/X", {"HTTPS://A.example/X"});
        add("two", "http://a.example,http://b.example", {"http://a.example", "http://b.example"});
        add("two words", "http://a.example http://b.example",
            {"http://a.example", "http://b.example"});
        add("port", "http://127.0.0.1:8080/", {"http://127.0.0.1:8080/"});
        add("IPv6", "http://[2001:db8::1]:8080/x", {"http://[2001:db8::1]:8080/x"});
        add("IPv6 in brackets", "[http://[::1]]", {"http://[::1]"});
        add("full stop", "At http://a.example/x.", {"http://a.example/x"});
        add("dots", "http://a.example/x...", {"http://a.example/x"});
        add("comma", "http://a.example, then", {"http://a.example"});
        add("question", "http://a.example/?", {"http://a.example/"});
        add("colon", "http://a.example:", {"http://a.example"});
        add("parentheses", "(http://a.example/x)", {"http://a.example/x"});
        add("its own parentheses", "http://a.example/x_(y)", {"http://a.example/x_(y)"});
        add("both", "(http://a.example/x_(y)).", {"http://a.example/x_(y)"});
        add("angle brackets", "<http://a.example/x>", {"http://a.example/x"});
        add("quoted", "\"http://a.example/x\" 'http://b.example'",
            {"http://a.example/x", "http://b.example"});
        add("stars", "**http://a.example/x**", {"http://a.example/x"});
        add("percent", "http://a.example/%E4%BD%A0", {"http://a.example/%E4%BD%A0"});
        add("broken percent", "http://a.example/%zz", {});
        add("Chinese around", "请看http://a.example/x，谢谢", {"http://a.example/x"});
        add("Chinese after a path", "http://a.example/x看看", {"http://a.example/x"});
        add("Chinese full stop", "http://a.example。", {"http://a.example"});
        add("line feed", "http://a.example/x\nhttp://b.example",
            {"http://a.example/x", "http://b.example"});
        add("tabulator", "http://a.example/x\ty", {"http://a.example/x"});
        add("CR LF", "http://a.example/x\r\ny", {"http://a.example/x"});
        // What is none.
        add("nothing", "", {});
        add("scheme alone", "http:// https://", {});
        add("within a word", "xhttp://a.example", {});
        add("another scheme", "ftp://a.example file:///etc/passwd javascript:alert(1)", {});
        add("no scheme", "www.a.example a.example/x", {});
        add("no host", "http:///x", {});
        add("port alone", "http://:80/", {});
        add("user", "http://bank.example@evil.example/", {});
        add("user and password", "http://bank.example:80@evil.example/ http://a:b@evil.example",
            {});
        add("other letters in the host", "http://bаnk.example/", {}); // U+0430
        add("host goes on in Chinese", "http://a.example谢谢", {});
        add("override within", "http://a.example/\u202Egpj.exe", {});
        add("zero width within", "http://a.exam\u200Bple/", {});
        add("joiner within the host", "http://a.exam\u200Dple/", {});
        add("escape within", "http://a.example/\x1b[31m", {});
        add("override after", "http://a.example.\u202E", {});
    }
    void findsWebAddresses() {
        QFETCH(QString, text);
        QStringList found;
        for (const WebAddress& address : webAddresses(text))
            found.append(text.mid(address.start, address.length));
        QTEST(found, "addresses");
    }

    void standsWhereTheShownTextHasIt() {
        const ChatText shown = chatText(
            QString::fromUtf8("\x1b[0m 😀 http://a.example/x\r\nhttp://b.example \x07"), QString());
        QCOMPARE(shown.links.size(), 2U);
        const auto textOf = [&](const ChatText::Span& link) {
            return shown.text.mid(link.start, link.length);
        };
        QCOMPARE(textOf(shown.links[0]), QString("http://a.example/x"));
        QCOMPARE(textOf(shown.links[1]), QString("http://b.example"));
    }

    /// A message of 8 KiB is looked through whenever it is drawn.
    void longTextsTakeNoTimeToSpeakOf_data() {
        QTest::addColumn<QString>("piece");
        for (const char* piece :
             {"http://", "http://a.example/(", "http://a.example.,:", "x", ")", ".", "].)"})
            QTest::newRow(piece) << QString(piece);
    }
    void longTextsTakeNoTimeToSpeakOf() {
        QFETCH(QString, piece);
        const QString text = "http://a.example/x" + piece.repeated(65'536);
        QElapsedTimer time;
        time.start();
        QVERIFY(!webAddresses(text).empty());
        QVERIFY2(time.elapsed() < 1'000, qPrintable(QString::number(time.elapsed())));
    }
};

QTEST_APPLESS_MAIN(TestChatLink)
#include "tst_chat_link.moc"
