#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestEchoHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsBackWhatCame() {
        const Service* echo = findService("echo");
        QVERIFY(echo);
        QCOMPARE(echo->framing, std::string_view("raw"));
        const auto handler = echo->make({});
        FakeContext context;
        handler->setup(context);
        for (const char* text : {"Hello", "", "\xff\x01"})
            handler->handle(context, {.content = bytesOf(text)});
        QVERIFY((context.sent == std::vector<std::string>{"Hello", "", "\xff\x01"}));
        QVERIFY(!context.closed);
    }

    void closesWhenThePeerHasFinished() {
        FakeContext context;
        findService("echo")->make({})->peerClosed(context);
        QVERIFY(context.closed);
    }

    void unknownServicesAreNotFound() { QVERIFY(!findService("coffee")); }
};

QTEST_GUILESS_MAIN(TestEchoHandler)
#include "tst_echo_handler.moc"
