#include <QtTest>

#include "core/client/http_response.h"

using namespace sscope;
using Stage = HttpResponseReader::Stage;
using Framing = HttpResponseReader::Framing;

namespace {

struct Read {
    HttpResponseReader reader;
    std::string body;

    explicit Read(const HttpResponseReader::Limits& limits = {}) : reader(limits) {}
    void take(std::string_view bytes) {
        reader.receive(bytesOf(bytes), [this](ByteView piece) { body += textOf(piece); });
    }
};

const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

} // namespace

class TestHttpResponse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAResponse_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("framing");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("rest"); // bytes that are not of it
        const auto row = [](const char* name, const QByteArray& bytes, int status, Framing framing,
                            const QByteArray& body, int rest = 0) {
            QTest::newRow(name) << bytes << status << static_cast<int>(framing) << body << rest;
        };
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello", 200, Framing::Length,
            "Hello");
        row("length, and more", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHelloHTTP/1.1", 200,
            Framing::Length, "Hello", 8);
        row("no body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, Framing::Length, "");
        row("bare LF", "HTTP/1.0 200 OK\ncontent-length:2\n\nab", 200, Framing::Length, "ab");
        row("no reason", "HTTP/1.1 404\r\nContent-Length: 1\r\n\r\nx", 404, Framing::Length, "x");
        row("length twice", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx", 200,
            Framing::Length, "x");
        row("204", "HTTP/1.1 204 No Content\r\n\r\nrest", 204, Framing::None, "", 4);
        row("304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304,
            Framing::None, "");
        row("101", "HTTP/1.1 101 Switching Protocols\r\n\r\n\x81", 101, Framing::None, "", 1);
        row("100 first",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny", 200,
            Framing::Length, "y");
        row("chunked",
            QByteArray::fromStdString(chunked) + "4\r\nWiki\r\n6;a=b\r\npedia \r\nE\r\nin \r\n\r\n"
                                                 "chunks.\r\n0\r\n\r\n",
            200, Framing::Chunked, "Wikipedia in \r\n\r\nchunks.");
        row("chunked, a trailer, a rest",
            QByteArray::fromStdString(chunked) + "1\r\nx\r\n0\r\nExpires: now\r\n\r\nrest", 200,
            Framing::Chunked, "x", 4);
        row("chunked outdoes a length",
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n"
            "1\r\nx\r\n0\r\n\r\n",
            200, Framing::Chunked, "x");
    }

    void readsAResponse() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(int, framing);
        QFETCH(QByteArray, body);
        QFETCH(int, rest);
        const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        for (const std::size_t piece : {text.size(), std::size_t{1}, std::size_t{7}}) {
            Read read;
            for (std::size_t at = 0; at < text.size(); at += piece)
                read.take(text.substr(at, piece));
            QVERIFY2(read.reader.stage() == Stage::Complete, read.reader.fault().data());
            QCOMPARE(read.reader.status(), status);
            QCOMPARE(static_cast<int>(read.reader.framing()), framing);
            QCOMPARE(QByteArray::fromStdString(read.body), body);
            QCOMPARE(read.reader.bodyBytes(), static_cast<std::uint64_t>(body.size()));
            QCOMPARE(read.reader.taken(), text.size() - static_cast<std::size_t>(rest));
        }
    }

    void aBodyWithoutLengthEndsWithTheConnection() {
        Read read;
        read.take("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nX: a\r\nX: b\r\n\r\n<html>");
        QVERIFY(read.reader.stage() == Stage::Body);
        QVERIFY(read.reader.framing() == Framing::UntilClose);
        read.take("</html>");
        read.reader.finish();
        QVERIFY(read.reader.stage() == Stage::Complete);
        QCOMPARE(read.body, std::string("<html></html>"));
        QCOMPARE(read.reader.statusLine(), std::string("HTTP/1.0 200 OK"));
        QCOMPARE(read.reader.fields().size(), std::size_t{3});
        QCOMPARE(read.reader.field("content-type"), std::string_view("text/html"));
        QCOMPARE(read.reader.field("x"), std::string_view("a"));
        QCOMPARE(read.reader.field("none"), std::string_view());
    }

    void refusesWhatIsMalformed_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("fault");
        const auto row = [](const char* name, const QByteArray& bytes, const char* fault) {
            QTest::newRow(name) << bytes << QByteArray(fault);
        };
        const QByteArray line = "HTTP/1.1 200 OK\r\n";
        const QByteArray chunkedHead = QByteArray::fromStdString(chunked);
        row("no HTTP", "SSH-2.0-x\r\n", "it does not begin with HTTP/1.x and a status");
        row("HTTP/2", "HTTP/2.0 200 OK\r\n", "it does not begin with HTTP/1.x and a status");
        row("no status", "HTTP/1.1 OK\r\n", "it does not begin with HTTP/1.x and a status");
        row("status", "HTTP/1.1 2x0 OK\r\n", "the status is not a number of three digits");
        row("long status", "HTTP/1.1 2000 OK\r\n", "the status is not a number of three digits");
        row("folded", line + " a: b\r\n", "a field line begins with white space");
        row("no colon", line + "abc\r\n", "a field line has no colon");
        row("name", line + "a b: c\r\n", "the name of a field is not a token");
        row("no name", line + ": c\r\n", "the name of a field is not a token");
        row("CR", line + "a: b\rc\r\n", "a CR stands without LF");
        row("NUL", line + QByteArray("a: \0\r\n", 6), "a NUL is in the head");
        row("length", line + "Content-Length: -1\r\n", "Content-Length is not a number");
        row("length too large", line + "Content-Length: 99999999999999999999\r\n",
            "Content-Length is not a number");
        row("two lengths", line + "Content-Length: 1\r\nContent-Length: 2\r\n",
            "there are two lengths in Content-Length");
        row("chunked twice", line + "Transfer-Encoding: chunked, chunked\r\n",
            "chunked is not the last transfer coding");
        row("chunk size", chunkedHead + "zz\r\n", "the size of a chunk is not a hex number");
        row("no chunk size", chunkedHead + "\r\n", "the size of a chunk is not a hex number");
        row("chunk too large", chunkedHead + "ffffffffffffffff\r\n",
            "the size of a chunk is not a hex number");
        row("chunk longer", chunkedHead + "1\r\nxy\r\n", "a chunk is longer than it said");
    }

    void refusesWhatIsMalformed() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, fault);
        Read read;
        read.take({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        QVERIFY(read.reader.stage() == Stage::Broken);
        QCOMPARE(QByteArray(read.reader.fault().data()), fault);
        const std::uint64_t taken = read.reader.taken();
        read.take("HTTP/1.1 200 OK\r\n\r\n");
        QCOMPARE(read.reader.taken(), taken); // for good
    }

    void anEndBeforeTheEndIsAFault() {
        for (const char* bytes :
             {"HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx",
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n"}) {
            Read read;
            read.take(bytes);
            read.reader.finish();
            QVERIFY(read.reader.stage() == Stage::Broken);
            QVERIFY(read.reader.fault().starts_with("it ends within the "));
        }
    }

    void limitsHold() {
        Read lines({.head = 64});
        lines.take("HTTP/1.1 200 OK\r\n" + std::string(100, 'x'));
        QCOMPARE(lines.reader.fault(), std::string_view("the head is too long"));
        Read fields({.fields = 2});
        fields.take("HTTP/1.1 200 OK\r\na: 1\r\nb: 2\r\nc: 3\r\n");
        QCOMPARE(fields.reader.fault(), std::string_view("there are too many fields"));
        Read chunk({.chunkLine = 16});
        chunk.take(chunked + "1;" + std::string(100, 'x'));
        QVERIFY(chunk.reader.stage() == Stage::Broken);
        Read trailer({.head = 128});
        trailer.take(chunked + "0\r\n" + std::string(200, 'x'));
        QVERIFY(trailer.reader.stage() == Stage::Broken);
    }

    void aLargeBodyIsHandedOnInLargePieces() {
        std::size_t pieces = 0;
        HttpResponseReader reader;
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
        const std::string bytes = head + std::string(1'000'000, 'x');
        reader.receive(bytesOf(bytes), [&](ByteView) { ++pieces; });
        QVERIFY(reader.stage() == Stage::Complete);
        QCOMPARE(pieces, std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestHttpResponse)
#include "tst_http_response.moc"
