#include <QtTest>

#include "core/service/http_request_reader.h"

using namespace sscope;
using Stage = HttpRequestReader::Stage;

namespace {

constexpr HttpRequestReader::Limits limits{.head = 300, .body = 1000};

HttpRequestReader readWhole(const QByteArray& request) {
    HttpRequestReader reader(limits);
    reader.receive(bytesOf(request.toStdString()));
    return reader;
}

HttpRequestReader readByteForByte(const QByteArray& request) {
    HttpRequestReader reader(limits);
    const std::string text = request.toStdString();
    for (const char c : text)
        reader.receive(bytesOf({&c, 1}));
    return reader;
}

/// A request with these header lines, which end in CR LF each.
QByteArray get(const QByteArray& lines) {
    return "GET / HTTP/1.1\r\n" + lines + "\r\n";
}

QByteArray getWithHost(const QByteArray& lines) {
    return get("Host: a\r\n" + lines);
}

/// A request with this request line.
QByteArray asked(const QByteArray& line) {
    return line + "\r\nHost: a\r\n\r\n";
}

/// As long as it may be, and extra bytes.
QByteArray longRequest(int extra) {
    const QByteArray around = getWithHost("X: \r\n");
    const auto most = static_cast<int>(limits.head);
    return getWithHost("X: " + QByteArray(most - around.size() + extra, 'x') + "\r\n");
}

void addAccepted(const char* name, const QByteArray& request) {
    QTest::newRow(name) << request;
}

void addRefused(const char* name, const QByteArray& request, int status = 400) {
    QTest::newRow(name) << request << status;
}

void addRefusedRequestLines() {
    addRefused("no spaces", asked("GET"));
    addRefused("no version (HTTP/0.9)", "GET /\r\n");
    addRefused("two spaces", asked("GET  / HTTP/1.1"));
    addRefused("space at the end", asked("GET / HTTP/1.1 "));
    addRefused("space at the beginning", asked(" GET / HTTP/1.1"));
    addRefused("tab for space", asked("GET\t/\tHTTP/1.1"));
    addRefused("space in the target", asked("GET /a b HTTP/1.1"));
    addRefused("no target", asked("GET HTTP/1.1"));
    addRefused("no method", asked("/ HTTP/1.1"));
    addRefused("method is no token", asked("G@T / HTTP/1.1"));
    addRefused("method is not ASCII", asked("G\xc3\x89T / HTTP/1.1"));
    addRefused("target is not ASCII", asked("GET /\xc3\xa4 HTTP/1.1"));
    addRefused("target is a path without /", asked("GET index.html HTTP/1.1"));
    addRefused("target without a scheme", asked("GET ://a/ HTTP/1.1"));
    addRefused("asterisk for GET", asked("GET * HTTP/1.1"));
    addRefused("lower-case version", asked("GET / http/1.1"));
    addRefused("version of one number", asked("GET / HTTP/1"));
    addRefused("version of two digits", asked("GET / HTTP/1.10"));
    addRefused("version that is no number", asked("GET / HTTP/x.1"));
    addRefused("another protocol", asked("GET / RTSP/1.0"));
    addRefused("TLS", "\x16\x03\x01\x02");
    addRefused("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    addRefused("HTTP/0.9 by name", asked("GET / HTTP/0.9"), 505);
    addRefused("HTTP/3.1", asked("GET / HTTP/3.1"), 505);
    addRefused("a proxy's request", asked("CONNECT a:443 HTTP/1.1"), 501);
    addRefused("CONNECT to a path", asked("CONNECT /a HTTP/1.1"));
}

void addRefusedFields() {
    addRefused("no Host", get(""));
    addRefused("no Host in HTTP/1.2", asked("GET / HTTP/1.2").replace("Host", "Most"));
    addRefused("two Hosts", get("Host: a\r\nHost: a\r\n"));
    addRefused("two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n");
    addRefused("space in Host", get("Host: a b\r\n"));
    addRefused("user in Host", get("Host: me@a\r\n"));
    addRefused("path in Host", get("Host: a/b\r\n"));
    addRefused("port is no number", get("Host: a:b\r\n"));
    addRefused("two ports", get("Host: a:1:2\r\n"));
    addRefused("bad escape in Host", get("Host: a%2\r\n"));
    addRefused("bracket without end", get("Host: [::1\r\n"));
    addRefused("empty brackets", get("Host: []\r\n"));
    addRefused("text after the bracket", get("Host: [::1]a\r\n"));
    addRefused("Host is not ASCII", get("Host: \xc3\xa4\r\n"));
    addRefused("obs-fold", getWithHost("X: a\r\n b\r\n"));
    addRefused("obs-fold with a tab", getWithHost("X: a\r\n\tb\r\n"));
    addRefused("white space before the first field", get(" Host: a\r\n"));
    addRefused("a line of white space", getWithHost(" \r\n"));
    addRefused("space before the colon", getWithHost("X : a\r\n"));
    addRefused("tab before the colon", getWithHost("X\t: a\r\n"));
    addRefused("no colon", getWithHost("X\r\n"));
    addRefused("no name", getWithHost(": a\r\n"));
    addRefused("name is no token", getWithHost("X(a): a\r\n"));
    addRefused("NUL in a value", getWithHost(QByteArray("X: a\0b\r\n", 8)));
    addRefused("NUL in the request line", QByteArray("GET /\0 HTTP/1.1\r\n", 17));
    addRefused("DEL in a value", getWithHost("X: a\x7f\r\n"));
    addRefused("escape in a value", getWithHost("X: \x1b[2J\r\n"));
    addRefused("bare CR in a value", getWithHost("X: a\rb\r\n"));
    addRefused("bare CR in the request line", asked("GET /\r HTTP/1.1"));
    addRefused("two CRs", getWithHost("X: a\r\r\n"));
    addRefused("bare CR for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\rX");
}

void addRefusedLengths() {
    addRefused("a negative length", getWithHost("Content-Length: -1\r\n"));
    addRefused("a sign", getWithHost("Content-Length: +1\r\n"));
    addRefused("a hexadecimal length", getWithHost("Content-Length: 0x10\r\n"));
    addRefused("a fraction", getWithHost("Content-Length: 1.0\r\n"));
    addRefused("space within", getWithHost("Content-Length: 1 0\r\n"));
    addRefused("an empty length", getWithHost("Content-Length:\r\n"));
    addRefused("a list with a gap", getWithHost("Content-Length: 1,\r\n"));
    addRefused("two lengths", getWithHost("Content-Length: 1\r\nContent-Length: 2\r\n"));
    addRefused("two lengths in a list", getWithHost("Content-Length: 1, 2\r\n"));
    addRefused("length and coding",
               getWithHost("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"));
    addRefused("coding and length",
               getWithHost("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"));
    addRefused("a coding without an end", getWithHost("Transfer-Encoding: gzip\r\n"));
    addRefused("no coding", getWithHost("Transfer-Encoding:\r\n"));
    addRefused("identity", getWithHost("Transfer-Encoding: identity\r\n"));
    addRefused("chunked is not last", getWithHost("Transfer-Encoding: chunked, gzip\r\n"));
    addRefused("chunked twice", getWithHost("Transfer-Encoding: chunked, chunked\r\n"));
    addRefused("chunked on two lines",
               getWithHost("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"));
    addRefused("chunked by another name", getWithHost("Transfer-Encoding: xchunked\r\n"));
    addRefused("chunked in HTTP/1.0",
               "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    addRefused("an unknown coding", getWithHost("Transfer-Encoding: gzip, chunked\r\n"), 501);
    addRefused("a body too long", getWithHost("Content-Length: 1001\r\n"), 413);
    addRefused("a body of 2^64", getWithHost("Content-Length: 18446744073709551616\r\n"), 413);
    addRefused("a body of 2^64 + 5", getWithHost("Content-Length: 18446744073709551621\r\n"), 413);
}

} // namespace

class TestHttpRequestReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsWhatIsRight_data() {
        QTest::addColumn<QByteArray>("request");
        addAccepted("curl", getWithHost("User-Agent: curl/7.88.1\r\nAccept: */*\r\n"));
        addAccepted("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n");
        addAccepted("HTTP/1.0 with Host", asked("GET / HTTP/1.0"));
        addAccepted("a later HTTP/1", asked("GET / HTTP/1.9"));
        addAccepted("bare LF", "GET / HTTP/1.1\nHost: a\n\n");
        addAccepted("empty lines first", "\r\n\n\r\n" + getWithHost(""));
        addAccepted("an unknown method", asked("M-SEARCH* / HTTP/1.1"));
        addAccepted("a query", asked("GET /?q=a%20b&x=[1] HTTP/1.1"));
        addAccepted("absolute-form", asked("GET http://a:80/b HTTP/1.1"));
        addAccepted("asterisk-form", asked("OPTIONS * HTTP/1.1"));
        addAccepted("no Host to name", get("Host:\r\n"));
        addAccepted("name and port", get("Host: localhost:8080\r\n"));
        addAccepted("an empty port", get("Host: localhost:\r\n"));
        addAccepted("IPv4", get("Host: 127.0.0.1:80\r\n"));
        addAccepted("IPv6", get("Host: [::1]:80\r\n"));
        addAccepted("an escape in Host", get("Host: a%C3%A4\r\n"));
        addAccepted("names in any case", get("hOsT:a\r\n"));
        addAccepted("white space around a value", get("Host: \t a \t \r\n"));
        addAccepted("an empty value", getWithHost("X:\r\nY: \r\n"));
        addAccepted("colons, tabs and other bytes", getWithHost("X: a:\tb\xff\r\n"));
        addAccepted("a body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        addAccepted("no body", getWithHost("Content-Length: 0\r\n"));
        addAccepted("leading zeros", getWithHost("Content-Length: 0003\r\n") + "abc");
        addAccepted("one length twice",
                    getWithHost("Content-Length: 3\r\nContent-Length: 3\r\n") + "abc");
        addAccepted("one length in a list", getWithHost("Content-Length: 3, 3\r\n") + "abc");
        addAccepted("the longest body",
                    getWithHost("Content-Length: 1000\r\n") + QByteArray(1000, '\0'));
        addAccepted("a body that looks like a head",
                    getWithHost("Content-Length: 4\r\n") + "\r\n\r\n");
        addAccepted("chunked, whose body is not awaited",
                    getWithHost("Transfer-Encoding: Chunked\r\n"));
        addAccepted("chunked in a list", getWithHost("Transfer-Encoding: , chunked ,\r\n"));
        addAccepted("the longest head", longRequest(0));
    }

    void acceptsWhatIsRight() {
        QFETCH(QByteArray, request);
        for (const auto& reader : {readWhole(request), readByteForByte(request)}) {
            QVERIFY2(reader.stage() == Stage::Complete, reader.refusal().reason.data());
            QCOMPARE(reader.taken(), static_cast<std::uint64_t>(request.size()));
        }
    }

    void ignoresWhatFollows_data() { acceptsWhatIsRight_data(); }

    void ignoresWhatFollows() {
        QFETCH(QByteArray, request);
        const QByteArray more = request + QByteArray("\0\r\rmore", 7);
        for (const auto& reader : {readWhole(more), readByteForByte(more)}) {
            QVERIFY(reader.stage() == Stage::Complete);
            QCOMPARE(reader.taken(), static_cast<std::uint64_t>(request.size()));
        }
    }

    void isIncompleteUntilTheLastByte_data() { acceptsWhatIsRight_data(); }

    void isIncompleteUntilTheLastByte() {
        QFETCH(QByteArray, request);
        QVERIFY(readWhole({}).stage() == Stage::Empty);
        for (int size = 1; size < request.size(); ++size) {
            const Stage stage = readWhole(request.left(size)).stage();
            QVERIFY(stage == Stage::Head || stage == Stage::Body);
        }
    }

    void refusesWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        addRefusedRequestLines();
        addRefusedFields();
        addRefusedLengths();
        addRefused("a head too long", longRequest(1), 431);
        addRefused("a line without end", QByteArray(1000, 'x'), 431);
        addRefused("empty lines without end", QByteArray(1000, '\n'), 431);
        addRefused("fields without end", get("Host: a\r\n" + QByteArray("X:\n").repeated(100)),
                   431);
    }

    void refusesWhatIsWrong() {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        const auto whole = readWhole(request);
        const auto byBytes = readByteForByte(request);
        for (const auto& reader : {whole, byBytes}) {
            QVERIFY(reader.stage() == Stage::Refused);
            QCOMPARE(reader.refusal().status, status);
            QVERIFY(!reader.refusal().reason.empty());
        }
        QCOMPARE(whole.refusal().reason, byBytes.refusal().reason);
        QCOMPARE(whole.taken(), byBytes.taken());
    }

    void knowsHead() {
        QVERIFY(readWhole(asked("HEAD / HTTP/1.1")).isHeadMethod());
        QVERIFY(!readWhole(asked("GET / HTTP/1.1")).isHeadMethod());
        QVERIFY(!readWhole(asked("head / HTTP/1.1")).isHeadMethod());
        QVERIFY(readWhole(asked("HEAD / HTTP/2.0")).isHeadMethod());
    }

    void knowsWhoWaitsForContinue() {
        const QByteArray fields = "Content-Length: 5\r\nExpect: 100-Continue\r\n";
        const auto reader = readWhole(getWithHost(fields));
        QVERIFY(reader.stage() == Stage::Body);
        QVERIFY(reader.expectsContinue());
        QVERIFY(!readWhole(getWithHost("Expect: tea\r\n")).expectsContinue());
        QVERIFY(!readWhole("POST / HTTP/1.0\r\n" + fields + "\r\n").expectsContinue());
    }

    void holdsNoMoreThanALine() {
        HttpRequestReader reader({.head = 1 << 20, .body = 1 << 30});
        reader.receive(bytesOf("POST / HTTP/1.1\nHost: a\nContent-Length: 1000000\n"));
        for (int i = 0; i < 1000; ++i)
            reader.receive(bytesOf("X: " + std::string(500, 'x') + '\n'));
        reader.receive(bytesOf("\n"));
        const std::string body(999'999, 'x');
        reader.receive(bytesOf(body));
        QVERIFY(reader.stage() == Stage::Body);
        QVERIFY(reader.memory() <= 1024);
        reader.receive(bytesOf("x"));
        QVERIFY(reader.stage() == Stage::Complete);
    }
};

QTEST_GUILESS_MAIN(TestHttpRequestReader)
#include "tst_http_request_reader.moc"
