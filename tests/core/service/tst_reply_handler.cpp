#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestReplyHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysYesByDefault() {
        FakeContext context;
        findService("reply")->make({})->handle(context, {.content = bytesOf("Really?")});
        QVERIFY((context.sent == std::vector<std::string>{"Yes"}));
    }

    void sendsTheSameToEachMessage() {
        const auto handler = findService("reply")->make({.reply = "No\n"});
        FakeContext context;
        handler->setup(context);
        QVERIFY(context.sent.empty());
        for (const char* text : {"a", "", "GET / HTTP/1.1\r\n\r\n"})
            handler->handle(context, {.content = bytesOf(text)});
        QVERIFY((context.sent == std::vector<std::string>{"No\n", "No\n", "No\n"}));
        QVERIFY(!context.closed);
    }
};

QTEST_GUILESS_MAIN(TestReplyHandler)
#include "tst_reply_handler.moc"
