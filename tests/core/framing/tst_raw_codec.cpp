#include <QtTest>

#include "core/framing/framings.h"

using namespace sscope;

namespace {

struct Sink : CodecSink {
    void deliver(const Message& message) override {
        messages.emplace_back(textOf(message.content));
        offsets.push_back(message.offsets);
    }
    void transmit(ByteView bytes) override { transmitted += textOf(bytes); }
    void transmitFrom(std::unique_ptr<ByteSource> source) override {
        sources.push_back(std::move(source));
    }
    void sending(const Message& message) override { announced.push_back(message.offsets); }
    void needTimer(Duration) override {}
    void dropTimer() override {}
    void tooLong(std::size_t) override { failures.emplace_back("too long"); }
    void fail(std::string reason) override { failures.push_back(std::move(reason)); }

    std::vector<std::string> messages;
    std::vector<MessageOffsets> offsets;
    std::string transmitted;
    std::vector<std::unique_ptr<ByteSource>> sources;
    std::vector<std::string> failures;
    std::vector<MessageOffsets> announced;
};

struct NoBytes final : ByteSource {
    Result<std::size_t> read(std::span<std::byte>) override { return std::size_t{0}; }
    [[nodiscard]] std::uint64_t size() const override { return 0; }
};

} // namespace

class TestRawCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachReceiveIsAMessage() {
        const auto codec = Framing().make(CodecRole::Server);
        Sink sink;
        codec->receive(bytesOf("one"), sink);
        codec->receive(bytesOf("three"), sink);
        QVERIFY((sink.messages == std::vector<std::string>{"one", "three"}));
        QCOMPARE(sink.offsets[1].begin, std::uint64_t{3});
        QCOMPARE(sink.offsets[1].contentBegin, std::uint64_t{3});
        QCOMPARE(sink.offsets[1].end, std::uint64_t{8});
        QVERIFY(!codec->progress());
        QVERIFY(codec->isTransparent());
    }

    void aDatagramIsAMessageAlsoWhereItIsEmpty() {
        const auto codec = Framing().make(CodecRole::Client);
        Sink sink;
        codec->decodeWhole({}, sink);
        QVERIFY((sink.messages == std::vector<std::string>{""}));
    }

    void sendsAsItIs() {
        const auto codec = Framing().make(CodecRole::Client);
        Sink sink;
        QVERIFY(codec->send({.content = bytesOf("a\0b")}, sink));
        QCOMPARE(sink.transmitted, std::string("a"));
        QVERIFY(codec->send(std::make_unique<NoBytes>(), {}, sink));
        QCOMPARE(sink.sources.size(), std::size_t{1});
        QVERIFY(sink.failures.empty());
    }

    void unknownFramingsAreNotFound() {
        QVERIFY(!Framing::parse("morse"));
        QVERIFY(!Framing::parse(""));
    }
};

QTEST_GUILESS_MAIN(TestRawCodec)
#include "tst_raw_codec.moc"
