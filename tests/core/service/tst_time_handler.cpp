#include <QtEndian>
#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestTimeHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheSecondsSince1900_data() {
        QTest::addColumn<qint64>("since1970");
        QTest::addColumn<quint32>("since1900");
        // The examples of RFC 868.
        QTest::newRow("1970") << qint64{0} << quint32{2'208'988'800};
        QTest::newRow("1976") << qint64{189'302'400} << quint32{2'398'291'200};
        QTest::newRow("1983") << qint64{420'595'200} << quint32{2'629'584'000};
        QTest::newRow("the last one") << qint64{2'085'978'495} << quint32{0xffffffff};
        QTest::newRow("begins anew") << qint64{2'085'978'496} << quint32{0};
    }

    void tellsTheSecondsSince1900() {
        QFETCH(qint64, since1970);
        QFETCH(quint32, since1900);
        FakeContext context;
        context.wall = since1970 * 1'000'000'000 + 999'999'999;
        findService("time")->make({})->setup(context);
        QCOMPARE(context.sent.size(), std::size_t{1});
        QCOMPARE(context.sent.front().size(), std::size_t{4});
        QCOMPARE(qFromBigEndian<quint32>(context.sent.front().data()), since1900);
        QVERIFY(context.closed);
    }

    void whatComesOnAStreamIsThrownAway() {
        FakeContext context;
        findService("time")->make({})->handle(context, {.content = bytesOf("when?")});
        QVERIFY(context.sent.empty());
    }

    void answersEachDatagram() {
        const auto handler = findService("time")->make({});
        FakeContext context;
        context.datagram = true;
        handler->setup(context);
        QVERIFY(context.sent.empty());
        handler->handle(context, {});
        handler->handle(context, {});
        const std::string in1970("\x83\xaa\x7e\x80");
        QVERIFY((context.sent == std::vector<std::string>{in1970, in1970}));
        QVERIFY(!context.closed);
    }
};

QTEST_GUILESS_MAIN(TestTimeHandler)
#include "tst_time_handler.moc"
