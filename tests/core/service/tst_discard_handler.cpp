#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestDiscardHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersNothing() {
        for (const bool datagram : {false, true}) {
            const auto handler = findService("discard")->make({});
            FakeContext context;
            context.datagram = datagram;
            handler->setup(context);
            handler->handle(context, {.content = bytesOf("into the void")});
            handler->handle(context, {});
            QVERIFY(context.sent.empty());
            QVERIFY(!context.closed);
        }
    }

    void closesWhenThePeerHasFinished() {
        FakeContext context;
        findService("discard")->make({})->peerClosed(context);
        QVERIFY(context.closed);
    }
};

QTEST_GUILESS_MAIN(TestDiscardHandler)
#include "tst_discard_handler.moc"
