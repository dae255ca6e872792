#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

namespace {

constexpr WallTime someTime = 784'111'777'500'000'000;
const std::string saidOfIt = "Sunday, November 6, 1994 08:49:37-UTC\r\n";

} // namespace

class TestDaytimeHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheTimeOnceOnAStream() {
        const auto handler = findService("daytime")->make({});
        FakeContext context;
        context.wall = someTime;
        handler->setup(context);
        QVERIFY((context.sent == std::vector<std::string>{saidOfIt}));
        QVERIFY(context.closed);
    }

    void whatComesOnAStreamIsThrownAway() {
        FakeContext context;
        findService("daytime")->make({})->handle(context, {.content = bytesOf("when?")});
        QVERIFY(context.sent.empty());
    }

    void answersEachDatagram() {
        const auto handler = findService("daytime")->make({});
        FakeContext context;
        context.wall = someTime;
        context.datagram = true;
        handler->setup(context);
        QVERIFY(context.sent.empty());
        handler->handle(context, {});
        handler->handle(context, {.content = bytesOf("when?")});
        QVERIFY((context.sent == std::vector<std::string>{saidOfIt, saidOfIt}));
        QVERIFY(!context.closed);
    }
};

QTEST_GUILESS_MAIN(TestDaytimeHandler)
#include "tst_daytime_handler.moc"
