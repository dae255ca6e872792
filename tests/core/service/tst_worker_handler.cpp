#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestWorkerHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhoWorksAndWhatCame() {
        const auto handler = findService("worker")->make({});
        FakeContext context;
        context.worker = "epoll0";
        handler->handle(context, {.content = bytesOf("Hello World 1\r\n")});
        context.worker = "pid 4711";
        handler->handle(context, {.content = bytesOf("\xff")});
        QVERIFY((context.sent ==
                 std::vector<std::string>{"epoll0: Hello World 1\r\n", "pid 4711: \xff"}));
        QVERIFY(!context.closed);
    }
};

QTEST_GUILESS_MAIN(TestWorkerHandler)
#include "tst_worker_handler.moc"
