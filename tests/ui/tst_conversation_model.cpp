#include <random>

#include <QAbstractItemModelTester>
#include <QtTest>

#include "ui/clients/conversation_model.h"

using namespace sscope;
using namespace std::chrono_literals;
using Side = ConversationModel::Side;
using Kind = ConversationRow::Kind;

namespace {

/// Feeds a model with events at chosen times.
class Feed {
public:
    explicit Feed(ConversationModel& model) : m_model(model) {}

    void sent(std::chrono::milliseconds at, const std::string& text) {
        add(at, TraceKind::MessageOut, text);
    }
    void received(std::chrono::milliseconds at, const std::string& text) {
        add(at, TraceKind::Received, text);
    }
    void add(std::chrono::milliseconds at, TraceKind kind, const std::string& text) {
        m_model.add(
            {.time = TimePoint(at), .bytes = text.size(), .sequence = m_sequence++, .kind = kind},
            bytesOf(text).first(std::min(text.size(), traceHeadLimit)));
    }

private:
    ConversationModel& m_model;
    std::uint32_t m_sequence = 0;
};

QString cell(const ConversationModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

} // namespace

class TestConversationModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsWhatPassedInTheOrderOfTime() {
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        Feed feed(model);
        feed.received(20ms, "world\n");
        feed.sent(10ms, "Hello\n");
        model.addNote(TimePoint(5ms), 9, Kind::Good, "connected", 90us);
        model.commit();
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.at(0).kind == Kind::Good && model.at(1).kind == Kind::Sent);
        QCOMPARE(cell(model, 0, ConversationModel::LatencyColumn), QString("0.09 ms"));
        QCOMPARE(cell(model, 1, ConversationModel::SizeColumn), QString("6 B"));
        QCOMPARE(cell(model, 1, ConversationModel::DataColumn), QString("Hello\\n"));
        QCOMPARE(cell(model, 2, ConversationModel::LatencyColumn), QString("10 ms"));
        QVERIFY(model.lineText(2).contains("<-  6 B  world\\n"));
    }

    void leavesOutWhatIsNoRow() {
        ConversationModel model(Side::Client, false);
        Feed feed(model);
        feed.add(1ms, TraceKind::MessageIn, "x");
        feed.add(2ms, TraceKind::Sent, "x");
        model.commit();
        QCOMPARE(model.rowCount(), 0);
    }

    void aBurstOfReceivesIsOneRowThatOpens() {
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        Feed feed(model);
        feed.sent(0ms, std::string(1000, 'q'));
        for (int i = 0; i < 5; ++i)
            feed.received(std::chrono::milliseconds(10 + i),
                          std::string(200, static_cast<char>('a' + i)));
        model.commit();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.at(1).bytes, std::uint64_t{1000});
        QCOMPARE(model.at(1).receives, 5u);
        QCOMPARE(model.at(1).head, std::string(200, 'a') + std::string(56, 'b'));
        model.toggle(1);
        QCOMPARE(model.rowCount(), 7);
        QVERIFY(model.at(2).isPart && model.at(6).isPart);
        QCOMPARE(model.at(6).bytes, std::uint64_t{200});
        // What comes while it is open is another row.
        feed.received(16ms, "later");
        model.commit();
        QCOMPARE(model.rowCount(), 8);
        model.toggle(1);
        QCOMPARE(model.rowCount(), 3);
    }

    void aBurstGrowsOverSeveralCommits() {
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        Feed feed(model);
        for (int i = 0; i < 10; ++i) {
            feed.received(std::chrono::milliseconds(i * 10), "x");
            model.commit();
        }
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.at(0).receives, 10u);
        feed.received(500ms, "apart");
        model.commit();
        QCOMPARE(model.rowCount(), 2);
    }

    void datagramsKeepTheirBorders() {
        ConversationModel model(Side::Client, true);
        Feed feed(model);
        feed.sent(0ms, "a");
        for (int i = 1; i < 5; ++i)
            feed.received(std::chrono::milliseconds(i), "x");
        model.commit();
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.markText(model.at(1)), QString());
    }

    void marksWhereMessagesAndChunksDiffer() {
        ConversationModel model(Side::Client, false);
        Feed feed(model);
        for (int i = 0; i < 3; ++i)
            feed.sent(std::chrono::milliseconds(i), "one\n");
        feed.received(5ms, "one\none\none\n");
        feed.sent(100ms, "two\n");
        feed.received(101ms, "two\n");
        feed.sent(200ms, std::string(2000, 'x'));
        feed.received(201ms, std::string(1500, 'x'));
        feed.received(202ms, std::string(500, 'x'));
        model.commit();
        QCOMPARE(model.at(3).sends, 3u);
        QCOMPARE(model.at(3).receives, 1u);
        QCOMPARE(model.at(5).sends, 0u); // one for one
        QCOMPARE(model.at(7).sends, 1u);
        QCOMPARE(model.at(7).receives, 2u);
        QVERIFY(!model.markText(model.at(3)).isEmpty() && model.markText(model.at(5)).isEmpty());
    }

    void aServerAnswersByWhatItSends() {
        ConversationModel model(Side::Server, false);
        Feed feed(model);
        feed.received(10ms, "question");
        feed.sent(14ms, "answer");
        model.commit();
        QVERIFY(!model.at(0).latency);
        QVERIFY(model.at(1).latency == Duration(4ms));
        QCOMPARE(model.markText(model.at(0)), QString());
    }

    void showsBinaryAsHex() {
        ConversationModel model(Side::Client, false);
        Feed feed(model);
        feed.sent(0ms, std::string("\xb5\x62\x01\x07", 4));
        feed.sent(1ms, "");
        feed.sent(2ms, std::string(255, 'a') + "你"); // the head cuts the character
        model.commit();
        QCOMPARE(cell(model, 0, ConversationModel::DataColumn), QString("b5 62 01 07"));
        QCOMPARE(cell(model, 1, ConversationModel::SizeColumn), QString("0 B"));
        QCOMPARE(cell(model, 2, ConversationModel::DataColumn), QString(255, 'a'));
    }

    void dropsTheOldestBeyondTheLimitAndCounts() {
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        model.setRowLimit(100);
        QSignalSpy spy(&model, &ConversationModel::droppedRowsChanged);
        Feed feed(model);
        for (int i = 0; i < 1000; ++i) {
            feed.sent(std::chrono::milliseconds(i), std::to_string(i));
            if (i % 13 == 0)
                model.commit();
        }
        model.commit();
        QVERIFY(model.rowCount() <= 100);
        QCOMPARE(model.droppedRows() + static_cast<quint64>(model.rowCount()), quint64{1000});
        QCOMPARE(model.at(model.rowCount() - 1).head, std::string("999"));
        QVERIFY(spy.count() > 0);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void agreesWithAReferenceUnderRandomBatches() {
        std::mt19937 random(3);
        ConversationModel model(Side::Client, false);
        const QAbstractItemModelTester tester(&model);
        model.setRowLimit(200);
        Feed feed(model);
        std::uint64_t sent = 0;
        std::uint64_t received = 0;
        auto now = 0ms;
        for (int batch = 0; batch < 300; ++batch) {
            const int events = static_cast<int>(random() % 20);
            for (int i = 0; i < events; ++i) {
                now += std::chrono::milliseconds(random() % 40);
                const std::string text(random() % 300, 'x');
                if (random() % 2 == 0) {
                    feed.sent(now, text);
                    sent += text.size();
                } else {
                    feed.received(now, text);
                    received += text.size();
                }
            }
            model.commit();
            if (model.rowCount() > 0 && random() % 3 == 0)
                model.toggle(static_cast<int>(random() % static_cast<unsigned>(model.rowCount())));
            if (batch % 100 == 50) {
                model.clear();
                sent = received = 0;
            }
            std::uint64_t shownSent = 0;
            std::uint64_t shownReceived = 0;
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.at(row).isPart)
                    continue;
                (model.at(row).kind == Kind::Sent ? shownSent : shownReceived) +=
                    model.at(row).bytes;
            }
            if (model.droppedRows() == 0) {
                QCOMPARE(shownSent, sent);
                QCOMPARE(shownReceived, received);
            }
        }
    }
};

QTEST_MAIN(TestConversationModel)
#include "tst_conversation_model.moc"
