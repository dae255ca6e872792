#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

class TestWelcomeHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void greetsThenEchoes() {
        const auto handler = findService("welcome")->make({});
        FakeContext context;
        handler->setup(context);
        for (const char* text : {"hi", "exit now", "EXIT", "exit\r", "exit\n\n", " exit"})
            handler->handle(context, {.content = bytesOf(text)});
        QVERIFY((context.sent == std::vector<std::string>{"welcome to here", "hi", "exit now",
                                                          "EXIT", "exit\r", "exit\n\n", " exit"}));
        QVERIFY(!context.closed);
    }

    void exitCloses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("alone") << QByteArray("exit");
        QTest::newRow("LF") << QByteArray("exit\n");
        QTest::newRow("CR LF") << QByteArray("exit\r\n");
    }

    void exitCloses() {
        QFETCH(QByteArray, text);
        const auto handler = findService("welcome")->make({.welcome = "Hello\n"});
        FakeContext context;
        handler->setup(context);
        handler->handle(context, {.content = bytesOf(text.toStdString())});
        QVERIFY((context.sent == std::vector<std::string>{"Hello\n"}));
        QVERIFY(context.closed);
    }

    void anEmptyWelcomeIsNotSent() {
        FakeContext context;
        findService("welcome")->make({.welcome = ""})->setup(context);
        QVERIFY(context.sent.empty());
    }

    void onlyEchoesOnDatagrams() {
        const auto handler = findService("welcome")->make({});
        FakeContext context;
        context.datagram = true;
        handler->setup(context);
        for (const char* text : {"hi", "exit"})
            handler->handle(context, {.content = bytesOf(text)});
        QVERIFY((context.sent == std::vector<std::string>{"hi", "exit"}));
        QVERIFY(!context.closed);
    }
};

QTEST_GUILESS_MAIN(TestWelcomeHandler)
#include "tst_welcome_handler.moc"
