// What is shown and copied of payloads, without a window.

#include <random>

#include <QTemporaryDir>
#include <QtTest>

#include "core/base/encoding.h"
#include "ui/clients/detail_text.h"
#include "ui/clients/lines_view.h"
#include "ui/clients/payload_copy.h"
#include "ui/clients/payload_text.h"

using namespace sscope;

namespace {

struct Recorded {
    QTemporaryDir folder;
    RecordWriter writer{{folder.path().toStdString()}, {.reserve = 0}};
    std::shared_ptr<ConversationRecord> record = writer.make();

    /// What a row of these bytes would have: its beginning, and the rest in the record.
    RowContent content(const std::string& bytes) {
        const std::uint64_t begin = record->passed(RecordSide::Received);
        record->received(bytesOf(bytes));
        return {record,
                RecordSide::Received,
                {begin, begin + bytes.size()},
                std::make_shared<const std::string>(bytes.substr(0, 256))};
    }
};

std::string everyByte() {
    std::string every;
    for (int value = 0; value < 256; ++value)
        every += static_cast<char>(value);
    return every;
}

} // namespace

class TestPayloadDetail : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badBytesAreCountedAndStandAsTheyAre() {
        const PayloadText text = payloadText("ab\xff"
                                             "cd\xe4\xbd\xa0\xe4\xbd",
                                             {}, true);
        QCOMPARE(text.firstBad, 2u);
        QVERIFY(text.badBytes >= 2);
        QCOMPARE(text.utf8, std::string("ab\xff"
                                        "cd\xe4\xbd\xa0\xe4\xbd"));
        QCOMPARE(payloadText("ab\xe4\xbd", {}, false).badBytes, 0u); // cut, not bad
        const std::string gbk = *encodeText("你好", "GBK");
        QCOMPARE(payloadText(gbk, "GBK", true).utf8, std::string("你好"));
        const PayloadText bad = payloadText(gbk + "\xff" + gbk, "GBK", true);
        QCOMPARE(bad.firstBad, 4u);
        QCOMPARE(bad.badBytes, 1u);
        QCOMPARE(bad.utf8, std::string("你好\xff"
                                       "你好"));
        QVERIFY(!payloadText("x", "no such", true).isKnown);
    }

    void linesAreWrappedWhereTheyMustBe() {
        using Starts = std::vector<std::uint32_t>;
        QCOMPARE(wrapLines("", 4), Starts{0});
        QCOMPARE(wrapLines("abcdefghij", 4), (Starts{0, 4, 8}));
        QCOMPARE(wrapLines("ab\ncd\n", 4), (Starts{0, 3}));
        QCOMPARE(wrapLines("ab\n\ncd", 4), (Starts{0, 3, 4}));
        QCOMPARE(wrapLines("你好吗", 4), (Starts{0, 6})); // two columns each
        QCOMPARE(wrapLines("a\x01"
                           "bc",
                           5),
                 (Starts{0, 2})); // \x01 takes four
    }

    void aShortTextIsForAnEdit() {
        Recorded r;
        const DetailText detail = detailText({.content = r.content("Hello\n\x01")});
        QVERIFY(!detail.utf8 && !detail.isHex);
        QCOMPARE(detail.text, QString("Hello\n\\x01"));
        QCOMPARE(detail.note, QString());
    }

    void aLineOfManyMegabytesIsWrappedAndWhole() {
        Recorded r;
        const std::string line(20'000'000, 'x');
        const DetailText detail = detailText({.content = r.content(line), .columns = 100});
        QVERIFY(detail.utf8);
        QCOMPARE(detail.lineStarts.size(), std::size_t{200'000});
        QVERIFY(*detail.utf8 == line);
        TextLines lines(detail.utf8, detail.lineStarts);
        QCOMPARE(lines.count(), 200'000u);
        QCOMPARE(lines.line(199'999)->runs.front().text, std::string(100, 'x'));
    }

    void hexIsReadInPagesFromTheRecord() {
        Recorded r;
        std::mt19937 random(1);
        std::string bytes(1'000'003, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random());
        HexLines lines(r.content(bytes), bytes.size());
        QCOMPARE(lines.count(), 62'501u);
        const auto text = [&](std::uint64_t line) {
            const bool isThere = QTest::qWaitFor([&] { return lines.line(line).has_value(); });
            return isThere ? lines.line(line)->runs.front().text : std::string();
        };
        for (const std::uint64_t line :
             {std::uint64_t{0}, std::uint64_t{31'234}, std::uint64_t{62'500}}) {
            const std::string part = bytes.substr(line * 16, 16);
            QVERIFY(text(line).starts_with(QString::asprintf("%08x  %02x",
                                                             static_cast<unsigned>(line * 16),
                                                             static_cast<unsigned char>(part[0]))
                                               .toStdString()));
        }
        QVERIFY(QString::fromStdString(text(62'500)).startsWith("000f4240"));
    }

    void textWithAFaultIsTextStill() {
        Recorded r;
        std::string bytes;
        for (int i = 0; i < 100; ++i)
            bytes += "a line of text\n";
        bytes[700] = '\xff';
        const DetailText detail = detailText({.content = r.content(bytes)});
        QVERIFY(!detail.isHex);
        QCOMPARE(detail.note, QString("1 byte(s) are not UTF-8, the first at 700"));
        QVERIFY(detail.text.contains("\\xff"));
        QVERIFY(detailText({.content = r.content(everyByte())}).isHex);
        const DetailText chosen =
            detailText({.content = r.content(everyByte()), .chosen = "ISO-8859-1"});
        QVERIFY(!chosen.isHex && chosen.text.contains(QChar(0xe9)));
    }

    void jsonIsLaidOut() {
        Recorded r;
        std::string json = "[";
        for (int i = 0; i < 300'000; ++i)
            json += "{\"n\":" + std::to_string(i) + "},";
        json.back() = ']';
        const DetailText detail =
            detailText({.content = r.content(json), .form = DetailForm::Json});
        QVERIFY(detail.utf8);
        QVERIFY(detail.utf8->starts_with("[\n  {\n    \"n\": 0\n  },\n"));
        const DetailText bad =
            detailText({.content = r.content("{\"a\":}"), .form = DetailForm::Json});
        QCOMPARE(bad.text, QString("{\"a\":}"));
        QVERIFY(!bad.note.isEmpty());
    }

    void aResponseIsHeadAndBody() {
        Recorded r;
        RowContent first = r.content("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\n"
                                     "Transfer-Encoding: chunked\r\n\r\n");
        r.content("4\r\n" + *encodeText("你好", "GBK") + "\r\n3\r\nabc\r\n0\r\n\r\n");
        first.range.end = r.record->kept(RecordSide::Received);
        const DetailText detail = detailText({.content = first, .form = DetailForm::Http});
        QVERIFY(detail.http.has_value());
        QCOMPARE(detail.http->statusLine, std::string("HTTP/1.1 200 OK"));
        QCOMPARE(detail.http->fields.size(), std::size_t{2});
        QCOMPARE(detail.text, QString("你好abc"));
        QCOMPARE(detail.http->body, QString("body, 7 B, came in chunks"));
        QCOMPARE(detail.http->fault, QString());
        RowContent broken =
            r.content("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        QCOMPARE(detailText({.content = broken, .form = DetailForm::Http}).http->fault,
                 QString("the size of a chunk is not a hex number"));
    }

    void copiesAreExactForEveryByte() {
        Recorded r;
        const std::string bytes = everyByte() + everyByte() + everyByte();
        const std::vector<RowContent> rows{r.content(bytes), r.content("ab")};
        const QByteArray all = QByteArray::fromStdString(bytes + "ab");
        QCOMPARE(QByteArray::fromHex(copyOf(rows, PayloadForm::Hex).text.toLatin1()), all);
        QVERIFY(copyOf(rows, PayloadForm::CArray).text.contains("data[770]"));
        QVERIFY(copyOf(rows, PayloadForm::PythonBytes).text.startsWith("b'\\x00\\x01"));
        const PayloadCopy text = copyOf(rows, PayloadForm::Text);
        QVERIFY(text.remark.contains("not UTF-8"));
        const PayloadCopy good = copyOf({r.content("Hello, 你好\n")}, PayloadForm::Text);
        QCOMPARE(good.text, QString("Hello, 你好\n"));
        QCOMPARE(good.remark, QString());
    }

    void whatIsTooLargeForTheClipboardIsSaid() {
        Recorded r;
        const PayloadCopy copy =
            copyOf({r.content(std::string(mostCopiedBytes + 1, 'x'))}, PayloadForm::Hex);
        QVERIFY(copy.text.isEmpty());
        QVERIFY(copy.problem.contains("too much for the clipboard"));
    }

    void withoutARecordTheBeginningIsThereAndThatIsSaid() {
        RowContent content = contentOfBytes(std::string(256, 'x'));
        content.range.end = 1000;
        QVERIFY(detailText({.content = content}).note.startsWith("first 256 B of 1000 B"));
        const PayloadCopy copy = copyOf({content}, PayloadForm::Text);
        QCOMPARE(copy.text.size(), 256);
        QVERIFY(copy.remark.contains("744 B"));
    }
};

QTEST_MAIN(TestPayloadDetail)
#include "tst_payload_detail.moc"
