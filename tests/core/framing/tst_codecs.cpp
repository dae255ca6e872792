// What all framings have in common, and what each says beside its messages.

#include <random>

#include <QtTest>

#include "core/framing/framings.h"
#include "core/framing/owned_message.h"
#include "core/framing/part_reader.h"
#include "tests/support/codec_sink.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<Codec> codec(const char* framing, CodecRole role = CodecRole::Server,
                             const MessageLimits& limits = {}) {
    return Framing::parse(framing)->make(role, limits);
}

class TextSource final : public ByteSource {
public:
    explicit TextSource(std::string text) : m_text(std::move(text)) {}
    Result<std::size_t> read(std::span<std::byte> room) override {
        const std::size_t count = std::min({room.size(), m_text.size() - m_at, std::size_t{7}});
        std::ranges::copy(bytesOf(m_text).subspan(m_at, count), room.begin());
        m_at += count;
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return m_text.size(); }

private:
    const std::string m_text;
    std::size_t m_at = 0;
};

std::string readAll(ByteSource& source) {
    std::string all;
    std::array<std::byte, 64> room;
    for (auto count = source.read(room); count && *count > 0; count = source.read(room))
        all += textOf(ByteView(room).first(*count));
    return all;
}

std::string framed(const char* framing, const std::string& content) {
    CodecSinkRecord sink;
    (void)codec(framing, CodecRole::Client)->send({.content = bytesOf(content)}, sink);
    return sink.transmitted;
}

/// A content that the framing can carry.
std::string contentFor(const std::string& framing, std::mt19937& random) {
    const std::size_t size = framing == "fixed:64"    ? 64
                             : framing == "length:u8" ? random() % 256
                                                      : random() % 3000;
    std::string content(size, 'x');
    for (char& c : content)
        c = static_cast<char>(32 + random() % 95);
    return content;
}

} // namespace

class TestCodecs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsNames() {
        for (const std::string& name : framingExamples()) {
            const auto framing = Framing::parse(name);
            QVERIFY2(framing, name.c_str());
            QCOMPARE(framing->text(), name);
        }
        for (const char* name : {"", "raw:", "raw:1", "lines", "fixed", "fixed:", "fixed:0",
                                 "fixed:-1", "fixed:+1", "fixed:1x", "fixed:99999999999", "length",
                                 "length:", "length:u64be", "length:u8 ", "message:", "Raw"})
            QVERIFY2(!Framing::parse(name), name);
        QVERIFY(!Framing::parse("fixed:100")->make(CodecRole::Server, {.content = 99}));
        QVERIFY(!Framing::parse("ready")->kind().suitsDatagrams);
    }

    void endsLinesInCrLfWhereAskedTo() {
        CodecSinkRecord sink;
        const auto encoder = codec("line:crlf");
        QVERIFY(encoder->send({.content = bytesOf("PING")}, sink));
        QVERIFY(encoder->send({.content = bytesOf("")}, sink));
        QVERIFY(encoder->send({.content = bytesOf("a\r")}, sink));
        QVERIFY(!encoder->send({.content = bytesOf("a\nb")}, sink));
        QCOMPARE(sink.transmitted, std::string("PING\r\n\r\na\r\r\n"));
        const auto decoder = codec("line:crlf");
        decoder->receive(bytesOf("one\r\ntwo\n"), sink);
        QCOMPARE(sink.messages, (std::vector<std::string>{"one", "two"}));
    }

    void tellsWhereAMessageLies_data() {
        QTest::addColumn<QByteArray>("framing");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QList<int>>("offsets"); // of the second message
        QTest::newRow("raw") << QByteArray("raw") << QByteArray("abcd")
                             << QList<int>{4, 4, 4, 8, 8};
        QTest::newRow("line") << QByteArray("line") << QByteArray("ab\r\n")
                              << QList<int>{4, 4, 4, 6, 8};
        QTest::newRow("fixed") << QByteArray("fixed:3") << QByteArray("abc")
                               << QList<int>{3, 3, 3, 6, 6};
        QTest::newRow("length") << QByteArray("length:u8") << QByteArray("\3abc")
                                << QList<int>{4, 5, 5, 8, 8};
        const QByteArray header(
            "{\"byteorder\":\"big\",\"content-type\":\"a\",\"content-encoding\":\"b\","
            "\"content-length\":3}");
        const auto size = static_cast<int>(header.size());
        QTest::newRow("message") << QByteArray("message")
                                 << QByteArray(1, '\0') + QByteArray(1, static_cast<char>(size)) +
                                        header + "abc"
                                 << QList<int>{size + 5, size + 7, 2 * size + 7, 2 * size + 10,
                                               2 * size + 10};
    }

    void tellsWhereAMessageLies() {
        QFETCH(QByteArray, framing);
        QFETCH(QByteArray, input);
        QFETCH(QList<int>, offsets);
        const auto decoder = codec(framing.constData());
        CodecSinkRecord sink;
        for (int i = 0; i < 2; ++i)
            decoder->receive(bytesOf(input.toStdString()), sink);
        QCOMPARE(sink.offsets.size(), std::size_t{2});
        const MessageOffsets& second = sink.offsets[1];
        const QList<int> told{static_cast<int>(second.begin), static_cast<int>(second.headerBegin),
                              static_cast<int>(second.contentBegin),
                              static_cast<int>(second.contentEnd), static_cast<int>(second.end)};
        QCOMPARE(told, offsets);
    }

    void whatOneEndSendsTheOtherReadsHoweverItIsCut_data() {
        QTest::addColumn<QByteArray>("framing");
        for (const std::string& name : framingExamples())
            if (name != "ready" && name != "raw")
                QTest::newRow(name.c_str()) << QByteArray::fromStdString(name);
    }

    void whatOneEndSendsTheOtherReadsHoweverItIsCut() {
        QFETCH(QByteArray, framing);
        std::mt19937 random(7);
        const auto sender = codec(framing.constData(), CodecRole::Client);
        const auto receiver = codec(framing.constData());
        CodecSinkRecord sent;
        CodecSinkRecord received;
        std::vector<std::string> contents;
        for (int i = 0; i < 50; ++i) {
            contents.push_back(contentFor(framing.toStdString(), random));
            QVERIFY(sender->send({.content = bytesOf(contents.back())}, sent));
        }
        QCOMPARE(sent.transmissions, 50); // each message in one piece
        for (ByteView left = bytesOf(sent.transmitted); !left.empty();) {
            const std::size_t size = std::min<std::size_t>(1 + random() % 200, left.size());
            receiver->receive(left.first(size), received);
            left = left.subspan(size);
        }
        QVERIFY(received.messages == contents);
        QVERIFY(received.offsets.size() == sent.announced.size());
        for (std::size_t i = 0; i < 50; ++i)
            QCOMPARE(received.offsets[i].end, sent.announced[i].end);
        QVERIFY(!receiver->progress());
    }

    void aSourceIsFramedAsAContentIs_data() { whatOneEndSendsTheOtherReadsHoweverItIsCut_data(); }

    void aSourceIsFramedAsAContentIs() {
        QFETCH(QByteArray, framing);
        std::mt19937 random(11);
        const std::string content = contentFor(framing.toStdString(), random);
        CodecSinkRecord sink;
        QVERIFY(codec(framing.constData())->send(std::make_unique<TextSource>(content), {}, sink));
        QCOMPARE(sink.sources.size(), std::size_t{1});
        const std::uint64_t size = sink.sources[0]->size();
        const std::string bytes = readAll(*sink.sources[0]);
        QCOMPARE(bytes, framed(framing.constData(), content));
        QCOMPARE(size, std::uint64_t{bytes.size()});
        QCOMPARE(sink.announced.at(0).end, size);
    }

    void whatCannotBeCarriedIsRefused_data() {
        QTest::addColumn<QByteArray>("framing");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("fault");
        const auto row = [](const char* framing, const QByteArray& content, Fault fault) {
            QTest::newRow(framing) << QByteArray(framing) << content << static_cast<int>(fault);
        };
        row("line", "a\nb", Fault::HoldsDelimiter);
        row("nul", QByteArray("a\0b", 3), Fault::HoldsDelimiter);
        row("fixed:3", "ab", Fault::NotFixedSize);
        row("length:u8", QByteArray(256, 'x'), Fault::MessageTooLong);
        row("length:u16be", QByteArray(65536, 'x'), Fault::MessageTooLong);
    }

    void whatCannotBeCarriedIsRefused() {
        QFETCH(QByteArray, framing);
        QFETCH(QByteArray, content);
        QFETCH(int, fault);
        CodecSinkRecord sink;
        const std::string text = content.toStdString();
        const auto sent = codec(framing.constData())->send({.content = bytesOf(text)}, sink);
        QVERIFY(!sent);
        QVERIFY(sent.error().is(static_cast<Fault>(fault)));
        QVERIFY(sink.transmitted.empty() && sink.announced.empty());
        QVERIFY(!Framing::parse(framing.toStdString())->accepts(bytesOf(text)));
        auto source = std::make_unique<TextSource>(text);
        if (!codec(framing.constData())->send(std::move(source), {}, sink))
            return;
        // Found while it is read.
        std::array<std::byte, 512> room;
        QVERIFY(!sink.sources.at(0)->read(room));
    }

    void aLineKeepsTheReturnAtItsEnd() {
        QCOMPARE(framed("line", "a\r"), std::string("a\r\r\n"));
        CodecSinkRecord sink;
        codec("line")->receive(bytesOf("a\r\r\n"), sink);
        QVERIFY((sink.messages == std::vector<std::string>{"a\r"}));
        QVERIFY(codec("line")->send(std::make_unique<TextSource>("a\r"), {}, sink));
        std::array<std::byte, 16> room;
        QVERIFY(sink.sources.at(0)->read(room));
        QVERIFY(!sink.sources.at(0)->read(room)); // a source's size has been told
    }

    void aDatagramHoldsOneMessage_data() {
        QTest::addColumn<QByteArray>("framing");
        for (const std::string& name : framingExamples())
            if (Framing::parse(name)->kind().suitsDatagrams && name != "raw")
                QTest::newRow(name.c_str()) << QByteArray::fromStdString(name);
    }

    void aDatagramHoldsOneMessage() {
        QFETCH(QByteArray, framing);
        std::mt19937 random(3);
        const std::string content = contentFor(framing.toStdString(), random);
        const std::string whole = framed(framing.constData(), content);
        const auto decoder = codec(framing.constData());
        CodecSinkRecord sink;
        decoder->decodeWhole(bytesOf(whole), sink);
        QVERIFY((sink.messages == std::vector{content}) && sink.failures.empty());
        decoder->decodeWhole(bytesOf(whole + whole), sink);
        QVERIFY(
            (sink.failures == std::vector<std::string>{"the datagram goes on after its message"}));
        decoder->decodeWhole(bytesOf(whole).first(whole.size() - 1), sink);
        decoder->decodeWhole({}, sink);
        QVERIFY(sink.failures.size() == 3 && sink.failures[1] == sink.failures[2]);
        QCOMPARE(sink.failures[1], std::string("the datagram ends inside a message"));
        QVERIFY(!decoder->progress()); // each one finds it as new
        decoder->decodeWhole(bytesOf(whole), sink);
        QCOMPARE(sink.messages.size(), std::size_t{2});
        QCOMPARE(sink.offsets[1].begin, std::uint64_t{4 * whole.size() - 1});
    }

    void afterAWrongByteNothingIsLookedAt() {
        const auto decoder = codec("message");
        CodecSinkRecord sink;
        decoder->receive(bytesOf(std::string(2, '\0')), sink);
        decoder->receive(bytesOf(framed("message", "fine")), sink);
        decoder->timeout(sink);
        QCOMPARE(sink.failures.size(), std::size_t{1});
        QVERIFY(sink.messages.empty());
    }

    void aHeaderHasTenSecondsFromItsFirstByte() {
        const auto decoder = codec("message");
        const std::string whole = framed("message", "hi");
        CodecSinkRecord sink;
        decoder->receive(bytesOf(whole).first(1), sink);
        QVERIFY(sink.timer == Duration(10s));
        sink.timer.reset();
        for (std::size_t i = 1; i < 20; ++i) // a trickle does not give it more time
            decoder->receive(bytesOf(whole).subspan(i, 1), sink);
        QVERIFY(!sink.timer);
        decoder->timeout(sink);
        QVERIFY((sink.failures == std::vector<std::string>{
                                      "the header was not complete 10 s after its first byte"}));
    }

    void aContentMayTakeItsTime() {
        const auto decoder = codec("message");
        const std::string whole = framed("message", "hi");
        CodecSinkRecord sink;
        decoder->receive(bytesOf(whole).first(10), sink);
        QVERIFY(sink.timer.has_value());
        decoder->receive(bytesOf(whole).subspan(10, whole.size() - 11), sink);
        QVERIFY(!sink.timer);
        decoder->receive(bytesOf(whole).last(1), sink);
        QVERIFY((sink.messages == std::vector<std::string>{"hi"}));
        decoder->receive(bytesOf(whole).first(1), sink); // and the next header has ten again
        QVERIFY(sink.timer.has_value());
    }

    void aMessageHasItsHeadersFields() {
        const std::vector<HeaderField> fields{{"content-type", "text/\"x\""},
                                              {"content-encoding", "utf-16"},
                                              {"note", "\xF0\x9F\x90\xB0"},
                                              {"number", "1.5", false}};
        CodecSinkRecord sink;
        QVERIFY(codec("message")->send({.content = bytesOf("ab"), .header = fields}, sink));
        const auto decoder = codec("message");
        decoder->receive(bytesOf(sink.transmitted), sink);
        QCOMPARE(sink.messages.size(), std::size_t{1});
        const auto& header = sink.headers.at(0);
        QCOMPARE(fieldValue(header, "content-type"), std::string_view("text/\"x\""));
        QCOMPARE(fieldValue(header, "content-encoding"), std::string_view("utf-16"));
        QCOMPARE(fieldValue(header, "content-length"), std::string_view("2"));
        QCOMPARE(fieldValue(header, "note"), std::string_view("\xF0\x9F\x90\xB0"));
        QVERIFY((header.back() == HeaderField{"number", "1.5", false}));
        QCOMPARE(sink.headerTexts.at(0), sink.transmitted.substr(2, sink.transmitted.size() - 4));
    }

    void aMessageSurvivesTheWayToAnotherProcess() {
        const OwnedMessage message{{std::byte{1}, std::byte{0}},
                                   {{"a", "b"}, {"", "x"}, {"n", "1", false}}};
        std::vector<std::byte> bytes;
        appendTo(bytes, message.view());
        appendTo(bytes, {.content = bytesOf("next")});
        ByteView left = bytes;
        const auto first = takeMessage(left);
        QVERIFY(first && first->content == message.content && first->header == message.header);
        QCOMPARE(textOf(takeMessage(left)->content), std::string_view("next"));
        QVERIFY(left.empty());
        for (std::size_t size = 0; size + 1 < bytes.size(); ++size) {
            ByteView cut = ByteView(bytes).first(size);
            while (takeMessage(cut)) {
            }
        }
    }

    void aPartTakesNoMoreMemoryThanTwiceWhatHasCome() {
        PartReader part(1 << 24);
        const std::string piece(1000, 'x');
        for (int i = 0; i < 300; ++i) {
            ByteView bytes = bytesOf(piece);
            QVERIFY(!part.take(bytes));
            QVERIFY(part.memory() <= 2 * part.have());
        }
        part.begin(4);
        QCOMPARE(part.memory(), std::size_t{0}); // an idle connection keeps nothing large
    }

    void aClientOfReadySendsOneMessageForEachAnswer() {
        const auto client = codec("ready", CodecRole::Client);
        CodecSinkRecord sink;
        QVERIFY(client->takesMore());
        QVERIFY(client->send({.content = bytesOf("date")}, sink));
        QVERIFY(!client->takesMore());
        client->receive(bytesOf("Ready|0000000002"), sink);
        client->receive(bytesOf("a"), sink);
        QVERIFY(!client->takesMore());
        client->receive(bytesOf("b"), sink);
        QVERIFY(client->takesMore());
    }

    void aServerOfReadyHoldsWhatIsNotStarted() {
        const auto server = codec("ready");
        CodecSinkRecord sink;
        QVERIFY(server->send({.content = bytesOf("answer")}, sink));
        QVERIFY(server->holdsOutput());
        server->receive(bytesOf("Start"), sink);
        QVERIFY(!server->holdsOutput());
    }

    void aFileIsLookedAtWhereThatMatters() {
        const std::string long_(200'000, 'x');
        const auto accepts = [](const char* framing, const std::string& text) {
            return Framing::parse(framing)->accepts(std::make_unique<TextSource>(text)).has_value();
        };
        QVERIFY(accepts("line", long_) && !accepts("line", long_ + "\n"));
        QVERIFY(accepts("nul", long_) && accepts("length:u32be", long_));
        QVERIFY(!accepts("length:u16be", long_) && !accepts("fixed:3", long_));
    }

    void aServerOfReadyKeepsNoMoreThanOneMessageMayHave() {
        const auto server = codec("ready", CodecRole::Server, {.content = 10});
        CodecSinkRecord sink;
        QVERIFY(server->send({.content = bytesOf("12345")}, sink));
        QVERIFY(server->send({.content = bytesOf("12345")}, sink));
        QVERIFY(!server->send({.content = bytesOf("1")}, sink));
        server->receive(bytesOf("Start"), sink);
        QVERIFY(server->send({.content = bytesOf("1")}, sink));
    }
};

QTEST_GUILESS_MAIN(TestCodecs)
#include "tst_codecs.moc"
