// The ranges of a stream, and what of them is to be seen, against references that look at each.

#include <random>

#include <QtTest>

#include "ui/clients/stream_axis.h"
#include "ui/clients/stream_track.h"

using namespace sscope;

namespace {

struct Range {
    std::uint64_t begin;
    std::uint64_t end;
    std::uint64_t number;
};

/// Cuts one stream into calls and messages at random.
class Stream {
public:
    explicit Stream(unsigned seed, std::size_t limit = StreamTrack::mostRanges)
        : track(limit), m_random(seed) {}

    void call(std::uint64_t bytes) {
        track.add({.plainOffset = m_moved, .bytes = bytes, .kind = TraceKind::Received});
        calls.push_back({m_moved, m_moved + bytes, calls.size() + 1});
        m_moved += bytes;
        while (m_next <= m_moved) {
            message(m_next - m_begun);
            m_next = m_begun + 1 + m_random() % 300;
        }
        if (m_moved > m_begun)
            track.add({.plainOffset = m_begun,
                       .bytes = m_next - m_begun,
                       .kind = TraceKind::MessagePart});
    }
    void message(std::uint64_t bytes) {
        const std::uint32_t header = static_cast<std::uint32_t>(bytes / 3);
        track.add({.plainOffset = m_begun,
                   .bytes = bytes - header,
                   .headerBytes = header,
                   .kind = TraceKind::MessageIn});
        messages.push_back({m_begun, m_begun + bytes, messages.size() + 1});
        m_begun += bytes;
    }
    [[nodiscard]] bool hasPart() const { return m_moved > m_begun; }
    [[nodiscard]] std::uint64_t begun() const { return m_begun; }
    [[nodiscard]] std::uint64_t moved() const { return m_moved; }
    std::mt19937& random() { return m_random; }

    /// By looking at all.
    [[nodiscard]] CallSpan spanOf(std::uint64_t begin, std::uint64_t end) const {
        CallSpan span;
        std::uint64_t from = 0;
        std::uint64_t to = 0;
        for (const Range& one : calls) {
            if (one.end <= begin || one.begin >= std::min(end, m_moved))
                continue;
            if (span.firstCall == 0) {
                span.firstCall = one.number;
                from = one.begin;
            }
            span.lastCall = one.number;
            to = one.end;
        }
        const auto take = [&](std::uint64_t number) {
            span.firstMessage = span.firstMessage == 0 ? number : span.firstMessage;
            span.lastMessage = number;
        };
        for (const Range& one : messages) {
            if (one.end > from && one.begin < to)
                take(one.number);
        }
        if (hasPart() && m_begun < to)
            take(messages.size() + 1);
        return span;
    }

    StreamTrack track;
    std::vector<Range> calls;
    std::vector<Range> messages;

private:
    std::mt19937 m_random;
    std::uint64_t m_moved = 0;
    std::uint64_t m_begun = 0; // of the message under way
    std::uint64_t m_next = 100;
};

std::string text(const CallSpan& span) {
    return std::to_string(span.firstCall) + "-" + std::to_string(span.lastCall) + " with " +
           std::to_string(span.firstMessage) + "-" + std::to_string(span.lastMessage);
}

/// Each range by itself, those that are narrower than 3 pixels joined to what is near before them.
std::vector<StreamBlock> slowBlocks(const StreamTrack::Ranges& ranges, const StreamAxis& axis,
                                    double left, double right) {
    std::vector<StreamBlock> all;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const double begin = axis.x(ranges[i].begin);
        const double end = axis.x(ranges[i].end);
        if (end > left && begin <= right)
            all.push_back({begin, end, i, i + 1});
    }
    return all;
}

} // namespace

class TestStreamTrack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsCallsAndMessages() {
        // The picture: 148, 445, 512 and 223 bytes; six messages, of which the last lacks 24.
        StreamTrack track;
        std::uint64_t at = 0;
        for (const std::uint64_t bytes : {148, 445, 512, 223}) {
            track.add({.plainOffset = at, .bytes = bytes, .kind = TraceKind::Received});
            at += bytes;
        }
        at = 0;
        for (const std::uint64_t bytes : {148, 165, 142, 138, 590}) {
            track.add({.plainOffset = at, .bytes = bytes, .kind = TraceKind::MessageIn});
            at += bytes;
        }
        track.add({.plainOffset = at, .bytes = 169, .kind = TraceKind::MessagePart});
        QCOMPARE(track.partHave(), std::uint64_t{145});
        QVERIFY(!track.hasGaps());
        QVERIFY(track.knowsPartEnd());
        QCOMPARE(text(track.spanOf(0, 148)), std::string("1-1 with 1-1"));
        QCOMPARE(text(track.spanOf(148, 313)), std::string("2-2 with 2-4"));
        QCOMPARE(text(track.spanOf(593, 1183)), std::string("3-4 with 5-6"));
        QCOMPARE(text(track.spanOf(1183, 1352)), std::string("4-4 with 5-6"));
        QCOMPARE(track.wholeMessagesIn(track.calls()[1]), std::uint64_t{3});
        QCOMPARE(track.wholeMessagesIn(track.calls()[3]), std::uint64_t{0});
        QVERIFY(!track.spanOf(5000, 5001).isKnown());
    }

    void agreesWithAReferenceUnderRandomCuts_data() {
        QTest::addColumn<int>("most");
        for (const int most : {1, 7, 64, 1000, 5000})
            QTest::addRow("receives of up to %d bytes", most) << most;
    }

    void agreesWithAReferenceUnderRandomCuts() {
        QFETCH(int, most);
        Stream stream(static_cast<unsigned>(most));
        for (int i = 0; i < 400; ++i) {
            stream.call(1 + stream.random()() % static_cast<unsigned>(most));
            QCOMPARE(stream.track.part().has_value(), stream.hasPart());
            QCOMPARE(stream.track.partHave(),
                     stream.hasPart() ? stream.moved() - stream.begun() : 0);
            QCOMPARE(stream.track.bytes(), stream.moved());
            if (i % 20 != 0)
                continue;
            for (const Range& one : stream.messages)
                QCOMPARE(text(stream.track.spanOf(one.begin, one.end)),
                         text(stream.spanOf(one.begin, one.end)));
            for (const StreamRange& call : stream.track.calls()) {
                const auto whole = std::ranges::count_if(stream.messages, [&](const Range& one) {
                    return one.begin >= call.begin && one.end <= call.end;
                });
                QCOMPARE(stream.track.wholeMessagesIn(call), static_cast<std::uint64_t>(whole));
            }
        }
    }

    void theOldestMakeRoomAndAreStillCounted() {
        Stream stream(5, 100);
        for (int i = 0; i < 1000; ++i)
            stream.call(1 + stream.random()() % 900);
        const StreamTrack& track = stream.track;
        QCOMPARE(track.calls().size(), std::size_t{100});
        QCOMPARE(track.messages().size(), std::size_t{100});
        QCOMPARE(track.callCount(), std::uint64_t{1000});
        QCOMPARE(track.messageCount(), static_cast<std::uint64_t>(stream.messages.size()));
        QCOMPARE(track.calls().back().end, stream.moved());
        QVERIFY(!track.spanOf(0, 1).isKnown());
        const StreamRange& last = track.messages().back();
        QCOMPARE(StreamTrack::byNumber(track.messages(), last.number)->begin, last.begin);
        QVERIFY(!StreamTrack::byNumber(track.messages(), 1));
        QVERIFY(!StreamTrack::byNumber(track.messages(), last.number + 1));
    }

    void aPartOfUnknownLengthEndsWhereTheStreamDoes() {
        StreamTrack track;
        track.add({.plainOffset = 0, .bytes = 1, .kind = TraceKind::Received});
        track.add({.plainOffset = 0, .kind = TraceKind::MessagePart});
        QVERIFY(track.part() && !track.knowsPartEnd());
        QCOMPARE(track.partHave(), std::uint64_t{1});
        track.clear();
        QVERIFY(!track.part());
        QCOMPARE(track.bytes(), std::uint64_t{0});
    }

    void lostEventsLeaveAGap() {
        StreamTrack track;
        track.add({.plainOffset = 0, .bytes = 10, .kind = TraceKind::Received});
        track.add({.plainOffset = 50, .bytes = 10, .kind = TraceKind::Received});
        QVERIFY(track.hasGaps());
        QVERIFY(!StreamTrack::at(track.calls(), 20));
        QCOMPARE(StreamTrack::at(track.calls(), 55)->number, std::uint64_t{2});
        QVERIFY(!track.spanOf(20, 30).isKnown());
    }

    void aLostMessageLeavesAGapToo() {
        const TraceEvent call{.bytes = 30, .kind = TraceKind::Received};
        const TraceEvent first{.bytes = 10, .kind = TraceKind::MessageIn};
        const TraceEvent third{.plainOffset = 20, .bytes = 10, .kind = TraceKind::MessageIn};
        StreamTrack track;
        for (const TraceEvent& event : {call, first, third})
            track.add(event);
        QVERIFY(track.hasGaps());
        // Under ready other words stand between them.
        StreamTrack parted;
        parted.setAdjoining(false);
        for (const TraceEvent& event : {call, first, third})
            parted.add(event);
        QVERIFY(!parted.hasGaps());
    }

    void blocksShowEachRangeOnce() {
        for (unsigned seed = 0; seed < 200; ++seed) {
            Stream stream(seed);
            for (int i = 0; i < 200; ++i)
                stream.call(1 + stream.random()() % (seed % 2 == 0 ? 2000 : 30));
            const double scale = 0.001 * std::pow(2.0, static_cast<double>(seed % 14));
            const StreamAxis axis{.first = 0, .scale = scale, .origin = 84 - double(seed)};
            const auto& ranges = seed % 3 == 0 ? stream.track.messages() : stream.track.calls();
            const auto blocks = visibleBlocks(ranges, axis, 84, 1000);
            const auto slow = slowBlocks(ranges, axis, 84, 1000);
            // Without a gap from the first that is seen to the last.
            std::size_t next = blocks.empty() ? 0 : blocks.front().from;
            for (const StreamBlock& block : blocks) {
                QCOMPARE(block.from, next);
                QVERIFY(block.to > block.from);
                QCOMPARE(block.left, axis.x(ranges[block.from].begin));
                QCOMPARE(block.right, axis.x(ranges[block.to - 1].end));
                for (std::size_t i = block.from; block.isMerged() && i < block.to; ++i)
                    QVERIFY(axis.x(ranges[i].end) - axis.x(ranges[i].begin) < 3);
                next = block.to;
            }
            QVERIFY(slow.empty() || (!blocks.empty() && blocks.front().from <= slow.front().from));
            QVERIFY(slow.empty() || blocks.back().to >= slow.back().to);
            QVERIFY(blocks.size() < 1000 / 3 + 3);
        }
    }

    void ticksAreRoundNumbers() {
        QCOMPARE(tickStep(0.8, 72), std::uint64_t{100});
        QCOMPARE(tickStep(0.3, 72), std::uint64_t{500});
        QCOMPARE(tickStep(32, 72), std::uint64_t{5});
        QCOMPARE(tickStep(1e-6, 72), std::uint64_t{100'000'000});
    }

    void theAxisFindsTheByteUnderAPixel() {
        const StreamAxis axis{.first = 100, .scale = 0.5, .origin = 84};
        QCOMPARE(axis.x(100), 84.0);
        QCOMPARE(axis.offsetAt(84), std::uint64_t{100});
        QCOMPARE(axis.offsetAt(85.1), std::uint64_t{102});
        QCOMPARE(axis.offsetAt(0), std::uint64_t{100});
        QCOMPARE(axis.x(0), 34.0);
    }
};

QTEST_MAIN(TestStreamTrack)
#include "tst_stream_track.moc"
