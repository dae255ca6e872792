// The rows of a conversation whose framing tells messages apart.

#include <random>

#include <QAbstractItemModelTester>
#include <QPlainTextEdit>
#include <QtTest>

#include "core/base/encoding.h"
#include "core/framing/message_header.h"
#include "ui/clients/content_text.h"
#include "ui/clients/conversation_model.h"
#include "ui/clients/message_detail.h"

using namespace sscope;
using namespace std::chrono_literals;
using Side = ConversationModel::Side;
using Kind = ConversationRow::Kind;

namespace {

Framing framing(std::string_view name) {
    return Framing::parse(name).value();
}

/// Feeds a model as a connection with the framing message does.
class Feed {
public:
    explicit Feed(ConversationModel& model, std::string_view name = "message") : m_model(model) {
        model.beginStream(framing(name), false);
    }

    void receive(std::chrono::milliseconds at, std::uint64_t bytes) {
        add({.time = TimePoint(at),
             .plainOffset = m_received,
             .bytes = bytes,
             .kind = TraceKind::Received},
            {}, {});
        m_received += bytes;
    }
    /// Its whole size.
    std::uint64_t message(std::chrono::milliseconds at, TraceKind kind, const std::string& content,
                          const std::string& encoding = "utf-8", std::size_t most = 4096,
                          const std::string& more = {}) {
        std::vector fields{HeaderField{"content-type", "text/json"},
                           HeaderField{"content-encoding", encoding}};
        if (!more.empty())
            fields.push_back({"more", more});
        const std::string header = message_header::write(fields, content.size());
        std::uint64_t& begin = kind == TraceKind::MessageIn ? m_begun : m_sent;
        add({.time = TimePoint(at),
             .plainOffset = begin,
             .bytes = content.size(),
             .prefixBytes = 2,
             .headerBytes = static_cast<std::uint32_t>(header.size()),
             .kind = kind},
            content.substr(0, most), header);
        const std::uint64_t size = 2 + header.size() + content.size();
        begin += size;
        return size;
    }
    void part(std::chrono::milliseconds at, std::uint64_t need) {
        add({.time = TimePoint(at),
             .plainOffset = m_begun,
             .bytes = need,
             .kind = TraceKind::MessagePart},
            {}, {});
    }
    static std::uint64_t sizeOf(const std::string& content) {
        return 2 + content.size() +
               message_header::write(std::array{HeaderField{"content-type", "text/json"},
                                                HeaderField{"content-encoding", "utf-8"}},
                                     content.size())
                   .size();
    }

private:
    void add(TraceEvent event, const std::string& head, const std::string& header) {
        event.sequence = m_sequence++;
        m_model.add(event, bytesOf(head), bytesOf(header));
    }

    ConversationModel& m_model;
    std::uint32_t m_sequence = 0;
    std::uint64_t m_received = 0;
    std::uint64_t m_begun = 0;
    std::uint64_t m_sent = 0;
};

QString cell(const ConversationModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

QStringList marks(const ConversationModel& model) {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(cell(model, row, ConversationModel::MarkColumn));
    return all;
}

} // namespace

class TestMessageRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRowIsAMessageWithItsHeaderApart() {
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        Feed feed(model);
        const std::string content = "{\"result\": \"x\"}";
        feed.message(1ms, TraceKind::MessageOut, "{\"action\": \"search\"}");
        feed.receive(3ms, Feed::sizeOf(content));
        feed.message(3ms, TraceKind::MessageIn, content);
        model.commit();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 1, ConversationModel::NumberColumn), QString("1"));
        QCOMPARE(cell(model, 1, ConversationModel::TypeColumn), QString("text/json"));
        QCOMPARE(cell(model, 1, ConversationModel::DataColumn), QString(content.c_str()));
        QCOMPARE(cell(model, 1, ConversationModel::SizeColumn),
                 QString("%1 B").arg(Feed::sizeOf(content)));
        QCOMPARE(cell(model, 1, ConversationModel::MarkColumn), QString("1"));
        QCOMPARE(cell(model, 1, ConversationModel::LatencyColumn), QString("2.00 ms"));
        QCOMPARE(headerFields(model.at(1)).size(), std::size_t{4});
        QVERIFY(model.headerData(ConversationModel::TypeColumn, Qt::Horizontal, Qt::DisplayRole)
                    .isValid());
    }

    void saysWhichReceivesAMessageCameIn() {
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        Feed feed(model);
        const std::string small = "{\"a\": 1}";
        const std::string large = '"' + std::string(400, 'x') + '"';
        const std::uint64_t size = Feed::sizeOf(small);
        const std::uint64_t more = Feed::sizeOf(large);
        feed.receive(1ms, size);
        feed.message(1ms, TraceKind::MessageIn, small);
        feed.receive(2ms, 3 * size);
        for (int i = 0; i < 3; ++i)
            feed.message(2ms, TraceKind::MessageIn, small);
        feed.receive(3ms, more - 10);
        feed.part(3ms, more);
        model.commit();
        QCOMPARE(marks(model), (QStringList{"1", "2, with messages 3, 4", "2, with messages 2, 4",
                                            "2, with messages 2, 3", "3, not complete"}));
        QCOMPARE(cell(model, 4, ConversationModel::DataColumn),
                 QString("have %1 of %2 bytes").arg(more - 10).arg(more));
        feed.receive(4ms, 10 + 40);
        feed.message(4ms, TraceKind::MessageIn, large);
        feed.part(4ms, size);
        model.commit();
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(cell(model, 4, ConversationModel::MarkColumn), QString("3 and 4, cut"));
        QCOMPARE(cell(model, 5, ConversationModel::MarkColumn), QString("4, not complete"));
        QVERIFY(model.at(5).isUnfinished);
        QCOMPARE(model.at(5).have, std::uint64_t{40});
        // Another connection: what is there stays as it was.
        const QStringList before = marks(model);
        model.beginStream(framing("message"), false);
        model.commit();
        QCOMPARE(marks(model), before);
        QCOMPARE(model.track(false).callCount(), std::uint64_t{0});
    }

    void namesManyNeighboursByTheirNumber() {
        const CallSpan span{.firstCall = 2, .lastCall = 2, .firstMessage = 5, .lastMessage = 45};
        QCOMPARE(receivesText(span, 7, false).left(8), QString("2, with "));
        QVERIFY(receivesText(span, 7, false).contains("40"));
        QCOMPARE(receivesText({.firstCall = 1, .lastCall = 9, .firstMessage = 1, .lastMessage = 1},
                              1, false),
                 QString("1 to 9, cut"));
        QCOMPARE(receivesText({.firstCall = 1, .lastCall = 1, .firstMessage = 1, .lastMessage = 2},
                              1, false),
                 QString("1, with message 2"));
    }

    void decodesByTheEncodingOfTheHeader() {
        ConversationModel model(Side::Client, false);
        Feed feed(model);
        const std::string gbk = *encodeText("你好", "gbk");
        feed.message(1ms, TraceKind::MessageIn, gbk, "gbk");
        feed.message(2ms, TraceKind::MessageIn, gbk, "utf-8");
        feed.message(3ms, TraceKind::MessageIn, "ab\xff", "utf-8");
        feed.message(4ms, TraceKind::MessageIn, std::string("\x01\x02\x03\xff", 4), "binary");
        feed.message(5ms, TraceKind::MessageIn, *encodeText("🐶!", "utf-16"), "utf-16");
        feed.message(6ms, TraceKind::MessageIn, "你你你", "utf-8", 4); // what is kept cuts one
        feed.message(7ms, TraceKind::MessageIn, "text", "klingon");
        model.commit();
        const auto content = [&](int row) {
            return cell(model, row, ConversationModel::DataColumn);
        };
        QCOMPARE(content(0), QString("你好"));
        QCOMPARE(content(1), QString("bad byte at 0: c4 e3 ba c3"));
        QCOMPARE(content(2), QString("bad byte at 2: 61 62 ff"));
        QCOMPARE(content(3), QString("01 02 03 ff"));
        QCOMPARE(content(4), QString("🐶!"));
        QCOMPARE(content(5), QString("你"));
        QCOMPARE(content(6), QString("74 65 78 74"));
    }

    void theListDecodesWhatIsWellKnownOnly() {
        ConversationModel model(Side::Client, false);
        Feed feed(model);
        const std::string content = *encodeText("text", "IBM037");
        feed.message(1ms, TraceKind::MessageIn, content, "IBM037");
        feed.message(2ms, TraceKind::MessageIn, *encodeText("да", "KOI8-R"), "KOI8-R");
        model.commit();
        QCOMPARE(cell(model, 0, ConversationModel::DataColumn), QString("a3 85 a7 a3"));
        QCOMPARE(cell(model, 1, ConversationModel::DataColumn), QString("да"));
        MessageDetail detail;
        detail.setConversation(model);
        detail.showRow(0);
        QCOMPARE(detail.findChild<QPlainTextEdit*>("messageContent")->toPlainText(),
                 QString("text"));
    }

    void anUnfinishedMessageIsFollowedWhileOlderRowsGo() {
        ConversationModel model(Side::Client, false);
        model.setRowLimit(100);
        Feed feed(model);
        for (int i = 0; i < 99; ++i)
            feed.message(1ms, TraceKind::MessageOut, "{}");
        feed.receive(2ms, 40);
        feed.part(2ms, 1000);
        model.commit();
        MessageDetail detail;
        detail.setConversation(model);
        detail.showRow(99);
        const auto shown = [&] {
            return detail.findChild<QPlainTextEdit*>("messageContent")->placeholderText();
        };
        QCOMPARE(shown(), QString("have 40 of 1 000 bytes"));
        for (int i = 0; i < 10; ++i)
            feed.message(3ms, TraceKind::MessageOut, "{}");
        model.commit();
        QVERIFY(model.droppedRows() > 0);
        feed.receive(4ms, 60);
        feed.part(4ms, 1000);
        model.commit();
        QCOMPARE(shown(), QString("have 100 of 1 000 bytes"));
    }

    void anUnfinishedMessageThatWasDroppedComesBackWhole() {
        ConversationModel model(Side::Client, false);
        model.setRowLimit(100);
        Feed feed(model);
        const std::string content(400, 'x');
        feed.receive(1ms, 40);
        feed.part(1ms, Feed::sizeOf(content));
        model.commit();
        for (int i = 0; i < 200; ++i)
            feed.message(2ms, TraceKind::MessageOut, "{}");
        model.commit();
        QVERIFY(!model.at(0).isUnfinished);
        feed.receive(3ms, Feed::sizeOf(content) - 40);
        feed.message(3ms, TraceKind::MessageIn, content);
        model.commit();
        feed.receive(4ms, 40);
        feed.part(4ms, 1000);
        model.commit();
        QVERIFY(model.at(model.rowCount() - 1).isUnfinished);
        QCOMPARE(model.at(model.rowCount() - 2).number, std::uint64_t{1});
    }

    void datagramsHaveNoReceivesToTell() {
        ConversationModel model(Side::Client, false);
        model.beginStream(framing("message"), true);
        model.add({.bytes = 10, .kind = TraceKind::Received}, {});
        model.add({.bytes = 4, .prefixBytes = 2, .headerBytes = 4, .kind = TraceKind::MessageIn},
                  bytesOf(std::string("text")));
        model.commit();
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, ConversationModel::MarkColumn), QString());
        QCOMPARE(cell(model, 0, ConversationModel::NumberColumn), QString("1"));
        QCOMPARE(model.track(false).callCount(), std::uint64_t{0});
    }

    void theNthReplyAnswersTheNthRequest() {
        ConversationModel model(Side::Client, false);
        Feed feed(model, "line");
        for (int i = 0; i < 3; ++i)
            feed.message(std::chrono::milliseconds(i), TraceKind::MessageOut, "q");
        for (int i = 0; i < 4; ++i)
            feed.message(std::chrono::milliseconds(10 + 2 * i), TraceKind::MessageIn, "a");
        model.commit();
        QVERIFY(model.at(3).latency == Duration(10ms));
        QVERIFY(model.at(4).latency == Duration(11ms));
        QVERIFY(model.at(5).latency == Duration(12ms));
        QVERIFY(!model.at(6).latency);
    }

    void keepsNoMoreThanItMay() {
        ConversationModel model(Side::Client, false);
        model.setHeadLimit(250'000);
        Feed feed(model);
        for (int i = 0; i < 500; ++i) {
            feed.message(std::chrono::milliseconds(i), TraceKind::MessageOut,
                         std::string(1000, 'x'));
            if (i % 7 == 0)
                model.commit();
        }
        model.commit();
        std::size_t kept = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            kept += model.at(row).head.size() + model.at(row).header.size();
        QCOMPARE(model.headBytes(), kept);
        QCOMPARE(model.rowCount(), 500);
        QCOMPARE(model.at(0).head.size(), std::size_t{256});
        QCOMPARE(model.at(499).head.size(), std::size_t{1000});
        QCOMPARE(cell(model, 0, ConversationModel::TypeColumn), QString("text/json"));
        model.clear();
        QCOMPARE(model.headBytes(), std::size_t{0});
    }

    void aShrunkRowKeepsItsTypeAndEncoding() {
        ConversationModel model(Side::Client, false);
        model.setHeadLimit(1000);
        Feed feed(model);
        const std::string note(300, 'y');
        feed.message(1ms, TraceKind::MessageIn, *encodeText("你好", "gbk"), "gbk", 4096, note);
        feed.message(2ms, TraceKind::MessageIn, std::string(2000, 'x'));
        model.commit();
        QCOMPARE(model.at(0).header, std::string());
        QCOMPARE(cell(model, 0, ConversationModel::TypeColumn), QString("text/json"));
        QCOMPARE(cell(model, 0, ConversationModel::DataColumn), QString("你好"));
    }

    void findsTheRowOfAReceiveUnderRaw() {
        std::mt19937 random(3);
        ConversationModel model(Side::Client, false);
        model.beginStream(framing("raw"), false);
        std::uint64_t offsets[2] = {0, 0};
        Duration now = 1ms;
        for (std::uint32_t i = 0; i < 3000; ++i) {
            const bool isSent = random() % 3 == 0;
            std::uint64_t& offset = offsets[isSent ? 1 : 0];
            const std::uint64_t bytes = 1 + random() % 9;
            now += Duration(random() % 40 == 0 ? 60ms : 1ms);
            model.add({.time = TimePoint(now),
                       .plainOffset = offset,
                       .bytes = bytes,
                       .sequence = 2 * i,
                       .kind = isSent ? TraceKind::MessageOut : TraceKind::Received},
                      bytesOf(std::string(bytes, 'x')));
            model.add({.time = TimePoint(now + Duration(1)),
                       .plainOffset = offset,
                       .bytes = bytes,
                       .sequence = 2 * i + 1,
                       .kind = isSent ? TraceKind::Sent : TraceKind::MessageIn},
                      {});
            offset += bytes;
            if (i % 50 == 0)
                model.addNote(TimePoint(now), i, Kind::Note, "note");
            if (i % 17 == 0)
                model.commit();
        }
        model.commit();
        for (int row = 0; row < model.rowCount(); row += 5) {
            if (model.at(row).canOpen() && !model.at(row).isOpen)
                model.toggle(row);
        }
        for (const bool isSent : {false, true}) {
            for (const StreamRange& range : model.track(isSent).messages()) {
                const int row = model.rowOf(isSent, range);
                QVERIFY(row >= 0);
                const ConversationRow& found = model.at(row);
                QVERIFY(found.begin <= range.begin && range.end <= found.begin + found.bytes);
                QVERIFY(!found.isPart && (found.kind == Kind::Sent) == isSent);
            }
        }
        QCOMPARE(model.rowOf(false, {.begin = offsets[0], .end = offsets[0] + 1}), -1);
    }

    void findsTheRowOfARange() {
        ConversationModel model(Side::Client, false);
        Feed feed(model);
        for (int i = 0; i < 50; ++i) {
            feed.message(std::chrono::milliseconds(i / 3), TraceKind::MessageOut, "q");
            feed.message(std::chrono::milliseconds(i / 3), TraceKind::MessageIn, "a");
        }
        model.commit();
        for (const bool isSent : {false, true}) {
            for (const StreamRange& range : model.track(isSent).messages()) {
                const int row = model.rowOf(isSent, range);
                QVERIFY(row >= 0);
                QCOMPARE(model.at(row).number, range.number);
                QCOMPARE(model.at(row).kind == Kind::Sent, isSent);
            }
        }
        model.clear();
        QVERIFY(model.track(false).messages().empty());
        QCOMPARE(model.track(false).messageCount(), std::uint64_t{50}); // numbers go on
    }

    void agreesWithAReferenceUnderRandomBatches() {
        std::mt19937 random(11);
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        model.setRowLimit(400);
        QSignalSpy moved(&model, &ConversationModel::streamChanged);
        Feed feed(model);
        auto now = 0ms;
        std::uint64_t messages = 0;
        for (int batch = 0; batch < 300; ++batch) {
            const qsizetype before = moved.count();
            const int events = static_cast<int>(random() % 12);
            for (int i = 0; i < events; ++i) {
                now += std::chrono::milliseconds(random() % 3);
                const std::string content(random() % 400, 'x');
                const std::uint64_t size = Feed::sizeOf(content);
                if (random() % 3 == 0) {
                    feed.message(now, TraceKind::MessageOut, content);
                } else if (random() % 2 == 0) { // in two receives
                    feed.receive(now, size / 2);
                    feed.part(now, size);
                    if (random() % 2 == 0)
                        model.commit();
                    feed.receive(now, size - size / 2);
                    feed.message(now, TraceKind::MessageIn, content);
                    ++messages;
                } else {
                    feed.receive(now, size);
                    feed.message(now, TraceKind::MessageIn, content);
                    ++messages;
                }
            }
            model.commit();
            QCOMPARE(moved.count() > before, events > 0);
            std::uint64_t last = 0;
            for (int row = 0; row < model.rowCount(); ++row) {
                QVERIFY(!model.at(row).isUnfinished);
                if (model.at(row).kind != Kind::Received)
                    continue;
                QVERIFY(last == 0 || model.at(row).number == last + 1);
                last = model.at(row).number;
            }
            QVERIFY(last == messages || model.rowCount() == 0);
            if (batch % 100 == 60)
                model.clear();
        }
    }

    void indentsJson() {
        QCOMPARE(indentedJson("{\"a\":[1,{\"b\":\"x,:{}\\\"y\"}],\"c\":{},\"d\":[ ]}"),
                 std::string("{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x,:{}\\\"y\"\n    }\n  "
                             "],\n  \"c\": {},\n  \"d\": []\n}"));
        QCOMPARE(indentedJson(" 1.50 "), std::string("1.50"));
    }

    void showsBytesInLinesOfSixteen() {
        const QStringList lines =
            hexDump(bytesOf(std::string("0123456789abcdef\x00", 17))).split('\n');
        QCOMPARE(lines.at(0), QString("00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66"
                                      "  0123456789abcdef"));
        QVERIFY(lines.at(1).startsWith("00000010  00 "));
        QVERIFY(lines.at(1).endsWith("  ."));
    }

    void linesAreSafeToShow() {
        QCOMPARE(safeLines("a\tb\r\n\x1b[31m\u202ec"), QString("a\tb\\r\n\\x1b[31m\\u202ec"));
    }
};

QTEST_MAIN(TestMessageRows)
#include "tst_message_rows.moc"
