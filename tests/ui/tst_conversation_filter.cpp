#include <random>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QtTest>

#include "ui/clients/conversation_filter.h"

using namespace sscope;
using namespace std::chrono_literals;
using Side = ConversationModel::Side;
using Kind = ConversationRow::Kind;
using Direction = ConversationFilter::Direction;

namespace {

class Feed {
public:
    explicit Feed(ConversationModel& model) : m_model(model) {}

    /// Far enough from the one before to be a row of its own, or near enough to join its burst.
    void add(TraceKind kind, const std::string& text, std::chrono::milliseconds later = 100ms) {
        m_now += later;
        std::uint64_t& offset = kind == TraceKind::MessageOut ? m_sent : m_received;
        m_model.add({.time = TimePoint(m_now),
                     .plainOffset = offset,
                     .bytes = text.size(),
                     .sequence = m_sequence++,
                     .kind = kind},
                    bytesOf(text).first(std::min(text.size(), traceHeadLimit)));
        offset += text.size();
    }
    void note(const QString& text) {
        m_now += 100ms;
        m_model.addNote(TimePoint(m_now), m_sequence++, Kind::Note, text);
    }

private:
    ConversationModel& m_model;
    std::chrono::milliseconds m_now{0};
    std::uint32_t m_sequence = 0;
    std::uint64_t m_sent = 0;
    std::uint64_t m_received = 0;
};

struct Fixture {
    ConversationModel model{Side::Client, false};
    ConversationFilter filter{model};
    Feed feed{model};

    QStringList shown() {
        QStringList all;
        for (int row = 0; row < filter.rowCount(); ++row)
            all.append(filter.index(row, ConversationModel::DataColumn).data().toString());
        return all;
    }
    void finish() {
        while (filter.isScanning())
            QCoreApplication::processEvents();
    }
};

} // namespace

class TestConversationFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAllRowsUntilAskedForSome() {
        Fixture f;
        f.feed.add(TraceKind::MessageOut, "GET /a");
        f.feed.add(TraceKind::Received, "found Apple");
        f.feed.note("the other side sends no more");
        f.model.commit();
        QCOMPARE(f.filter.rowCount(), 3);
        QCOMPARE(f.filter.setFilter("apple", Direction::Both), QString());
        QCOMPARE(f.shown(), QStringList{"found Apple"});
        QCOMPARE(f.filter.sourceRow(0), 1);
        QCOMPARE(f.filter.rowOf(0), -1);
        f.filter.setFilter({}, Direction::Sent);
        QCOMPARE(f.shown(), QStringList{"GET /a"});
        f.filter.setFilter({}, Direction::Received);
        QCOMPARE(f.shown(), QStringList{"found Apple"});
        f.filter.setFilter("sends no more", Direction::Both);
        QCOMPARE(f.filter.rowCount(), 1);
        f.filter.setFilter({}, Direction::Both);
        QCOMPARE(f.filter.rowCount(), 3);
    }

    void takesRegularExpressions() {
        Fixture f;
        for (const char* text : {"PING", "ping 12", "pong 7"})
            f.feed.add(TraceKind::MessageOut, text);
        f.model.commit();
        f.filter.setFilter("/p.ng \\d+$/", Direction::Both);
        QCOMPARE(f.shown(), QStringList({"ping 12", "pong 7"}));
        f.filter.setFilter("/^ping/i", Direction::Both);
        QCOMPARE(f.shown(), QStringList({"PING", "ping 12"}));
        QVERIFY(!f.filter.setFilter("/(/", Direction::Both).isEmpty()); // and stays as it was
        QCOMPARE(f.filter.rowCount(), 2);
        f.filter.setFilter("/", Direction::Both); // a word like any other
        QCOMPARE(f.filter.rowCount(), 0);
    }

    void aBurstOpensWithinTheFilter() {
        Fixture f;
        const QAbstractItemModelTester tester(&f.filter);
        f.feed.add(TraceKind::MessageOut, "x");
        f.feed.add(TraceKind::Received, "one ", 100ms);
        f.feed.add(TraceKind::Received, "two ", 1ms);
        f.feed.add(TraceKind::MessageOut, "one too");
        f.model.commit();
        f.filter.setFilter("one", Direction::Both);
        QCOMPARE(f.filter.rowCount(), 2);
        f.model.toggle(1);
        QCOMPARE(f.shown(), QStringList({"one two ", "one ", "one too"}));
        f.model.toggle(1);
        QCOMPARE(f.shown(), QStringList({"one two ", "one too"}));
    }

    void followsWhateverTheModelDoes() {
        Fixture f;
        const QAbstractItemModelTester source(&f.model);
        const QAbstractItemModelTester tester(&f.filter);
        f.model.setRowLimit(300);
        std::mt19937 random(11);
        const QStringList filters{"", "a", "/b.*a/", "zz", "/^[ab]+$/"};
        QString text;
        Direction direction = Direction::Both;
        for (int step = 0; step < 400; ++step) {
            for (auto i = random() % 20; i > 0; --i) {
                std::string payload(1 + random() % 6, 'a');
                for (char& c : payload)
                    c = static_cast<char>('a' + random() % 3);
                const bool sent = random() % 3 == 0;
                if (random() % 15 == 0)
                    f.feed.note("a remark");
                else
                    f.feed.add(sent ? TraceKind::MessageOut : TraceKind::Received, payload,
                               random() % 2 ? 1ms : 100ms);
            }
            f.model.commit();
            if (random() % 4 == 0 && f.model.rowCount() > 0)
                f.model.toggle(
                    static_cast<int>(random() % static_cast<std::size_t>(f.model.rowCount())));
            if (random() % 60 == 0)
                f.model.clear();
            if (random() % 10 == 0) {
                text = filters[static_cast<qsizetype>(random() % 5)];
                direction = static_cast<Direction>(random() % 3);
                QCOMPARE(f.filter.setFilter(text, direction), QString());
            }
            f.finish();
            const QRegularExpression expression(text.startsWith('/') ? text.mid(1, text.size() - 2)
                                                                     : text);
            std::vector<int> expected;
            for (int row = 0; row < f.model.rowCount(); ++row) {
                const Kind kind = f.model.at(row).kind;
                const bool suits =
                    direction == Direction::Both ||
                    kind == (direction == Direction::Sent ? Kind::Sent : Kind::Received);
                if (suits && f.model.searchedText(row).contains(expression))
                    expected.push_back(row);
            }
            QCOMPARE(f.filter.rowCount(), static_cast<int>(expected.size()));
            for (std::size_t i = 0; i < expected.size(); ++i) {
                QCOMPARE(f.filter.sourceRow(static_cast<int>(i)), expected[i]);
                QCOMPARE(f.filter.rowOf(expected[i]), static_cast<int>(i));
            }
        }
    }

    void looksThroughManyRowsInSlices() {
        Fixture f;
        f.model.setRowLimit(100'000);
        for (int i = 0; i < 100'000; ++i)
            f.feed.add(TraceKind::MessageOut, "row " + std::to_string(i));
        f.model.commit();
        f.filter.setFilter("row 9999", Direction::Both);
        QVERIFY(f.filter.isScanning()); // it has come back before it was through
        f.filter.setFilter("row 99999", Direction::Both);
        f.finish();
        QCOMPARE(f.shown(), QStringList{"row 99999"});
    }
};

QTEST_MAIN(TestConversationFilter)
#include "tst_conversation_filter.moc"
