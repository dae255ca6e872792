#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestManualHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesTheAnswerToAPerson() {
        const auto handler = findService("manual")->make({});
        FakeContext context;
        handler->setup(context);
        handler->handle(context, {.content = bytesOf("anybody there?")});
        QVERIFY(context.sent.empty());
        QVERIFY(!context.closed);
    }

    void closesWhenThePeerHasFinished() {
        FakeContext context;
        findService("manual")->make({})->peerClosed(context);
        QVERIFY(context.closed);
    }
};

QTEST_GUILESS_MAIN(TestManualHandler)
#include "tst_manual_handler.moc"
