#include <QtTest>

#include "core/service/services.h"

using namespace sscope;

namespace {

struct Context : RequestContext {
    void send(ByteView content) override { sent.emplace_back(textOf(content)); }
    void close() override { closed = true; }
    [[nodiscard]] bool hasRoom() const override { return true; }
    [[nodiscard]] WallTime wallTime() const override { return 0; }
    [[nodiscard]] std::string workerName() const override { return {}; }
    [[nodiscard]] TimePoint now() const override { return {}; }
    void setTimer(Duration) override {}
    JobToken submit(Job) override { return 0; }
    [[nodiscard]] bool isDatagram() const override { return false; }

    std::vector<std::string> sent;
    bool closed = false;
};

} // namespace

class TestEchoHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsBackWhatCame() {
        const Service* echo = findService("echo");
        QVERIFY(echo);
        QCOMPARE(echo->framing, std::string_view("raw"));
        const auto handler = echo->make({});
        Context context;
        handler->setup(context);
        for (const char* text : {"Hello", "", "\xff\x01"})
            handler->handle(context, {.content = bytesOf(text)});
        QVERIFY((context.sent == std::vector<std::string>{"Hello", "", "\xff\x01"}));
        QVERIFY(!context.closed);
    }

    void closesWhenThePeerHasFinished() {
        Context context;
        findService("echo")->make({})->peerClosed(context);
        QVERIFY(context.closed);
    }

    void unknownServicesAreNotFound() { QVERIFY(!findService("coffee")); }
};

QTEST_GUILESS_MAIN(TestEchoHandler)
#include "tst_echo_handler.moc"
