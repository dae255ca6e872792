#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A handler of this service, and the context that it acts through.
struct Conversation {
    explicit Conversation(ServiceSettings settings = {}) {
        settings.http = true;
        handler = findService("reply")->make(settings);
        context.wall = 784'111'777'000'000'000;
        handler->setup(context);
    }
    void receive(std::string_view text) { handler->handle(context, {.content = bytesOf(text)}); }

    FakeContext context;
    std::unique_ptr<RequestHandler> handler;
};

std::string answerWith(const std::string& status, const std::string& body,
                       bool isHeadMethod = false) {
    return "HTTP/1.1 " + status +
           "\r\n"
           "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
           "Content-Type: text/plain; charset=utf-8\r\n"
           "Content-Length: " +
           std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
           (isHeadMethod ? "" : body);
}

} // namespace

class TestHttpReplyHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersARequestAndCloses() {
        Conversation talk({.reply = "Gr\xc3\xbc\xc3\x9f Gott"});
        talk.receive(request);
        QCOMPARE(talk.context.output(), answerWith("200 OK", "Gr\xc3\xbc\xc3\x9f Gott"));
        QVERIFY(talk.context.closed);
    }

    void answersARequestThatComesByteForByte() {
        Conversation talk;
        for (const char& c : request) {
            QVERIFY(talk.context.sent.empty());
            talk.receive({&c, 1});
        }
        QCOMPARE(talk.context.output(), answerWith("200 OK", "Yes"));
        QVERIFY(talk.context.closed);
    }

    void anEmptyReplyIsABodyOfLengthZero() {
        Conversation talk({.reply = ""});
        talk.receive(request);
        QCOMPARE(talk.context.output(), answerWith("200 OK", ""));
    }

    void headIsAnsweredWithoutABody() {
        Conversation talk;
        talk.receive("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(talk.context.output(), answerWith("200 OK", "Yes", true));
        Conversation wrong;
        wrong.receive("HEAD / HTTP/1.1\r\n\r\n");
        QCOMPARE(wrong.context.output(),
                 answerWith("400 Bad Request", "400 Bad Request: Host is missing\n", true));
    }

    void awaitsTheBody() {
        Conversation talk;
        talk.receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell");
        QVERIFY(talk.context.sent.empty());
        talk.receive("o");
        QCOMPARE(talk.context.output(), answerWith("200 OK", "Yes"));
    }

    void answersChunkedAtOnce() {
        Conversation talk;
        talk.receive("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        QCOMPARE(talk.context.output(), answerWith("200 OK", "Yes"));
    }

    void saysContinueOnceToWhoExpectsIt() {
        Conversation talk;
        talk.receive("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                     "Content-Length: 5\r\n\r\n");
        QCOMPARE(talk.context.output(), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
        talk.receive("hel");
        talk.receive("lo");
        QCOMPARE(talk.context.output(),
                 "HTTP/1.1 100 Continue\r\n\r\n" + answerWith("200 OK", "Yes"));
    }

    void answersOnceWhateverFollows() {
        Conversation talk;
        talk.receive(request + request);
        talk.receive(request);
        talk.receive("\x01");
        QCOMPARE(talk.context.output(), answerWith("200 OK", "Yes"));
    }

    void refusesInHttp_data() {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("400") << QByteArray("hello\n") << QByteArray("400 Bad Request")
                             << QByteArray("the request line is not METHOD TARGET VERSION");
        QTest::newRow("413") << QByteArray("PUT / HTTP/1.0\nContent-Length: 11\n\n")
                             << QByteArray("413 Content Too Large")
                             << QByteArray("the body is too long");
        QTest::newRow("431") << QByteArray(101, 'x')
                             << QByteArray("431 Request Header Fields Too Large")
                             << QByteArray("the request line and the header are too long");
        QTest::newRow("501") << QByteArray("CONNECT a:1 HTTP/1.1\n")
                             << QByteArray("501 Not Implemented")
                             << QByteArray("this server is no proxy");
        QTest::newRow("505") << QByteArray("PRI * HTTP/2.0\n")
                             << QByteArray("505 HTTP Version Not Supported")
                             << QByteArray("this server speaks HTTP/1.1");
    }

    void refusesInHttp() {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, reason);
        Conversation talk({.maxMessage = 10, .maxHeader = 100});
        talk.receive(sent.toStdString());
        const std::string expected =
            answerWith(status.toStdString(), (status + ": " + reason + '\n').toStdString());
        QCOMPARE(talk.context.output(), expected);
        QCOMPARE(QByteArray::fromStdString(talk.context.protocolError), reason);
        // Who may be sending still reads the answer before the connection goes.
        QVERIFY(talk.context.finished && !talk.context.closed);
        QVERIFY(talk.context.timers.back() == 2s);
        talk.handler->timer(talk.context);
        QVERIFY(talk.context.closed);
    }

    void aHeadIsAwaitedTenSecondsFromItsFirstByte() {
        Conversation talk;
        QVERIFY(talk.context.timers.empty());
        talk.receive("GET / HT");
        talk.receive("TP/1.1\r\n");
        QVERIFY((talk.context.timers == std::vector<Duration>{10s}));
        talk.handler->timer(talk.context);
        const std::string reason = "the head of the request did not come in time\n";
        QCOMPARE(talk.context.output(),
                 answerWith("408 Request Timeout", "408 Request Timeout: " + reason));
        QVERIFY(talk.context.closed);
    }

    void aBodyMayTakeLonger() {
        Conversation talk;
        talk.receive("POST / HTTP/1.1\r\nHost: a\r\n");
        talk.receive("Content-Length: 5\r\n\r\n");
        talk.handler->timer(talk.context);
        QVERIFY(talk.context.sent.empty());
        QVERIFY(!talk.context.closed);
    }

    void closesWhenThePeerLeavesARequestUnfinished() {
        Conversation talk;
        talk.receive("GET / HTTP/1.1\r\n");
        talk.handler->peerClosed(talk.context);
        QVERIFY(talk.context.sent.empty());
        QVERIFY(talk.context.closed);
    }
};

QTEST_GUILESS_MAIN(TestHttpReplyHandler)
#include "tst_http_reply_handler.moc"
