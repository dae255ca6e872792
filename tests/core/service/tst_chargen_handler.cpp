#include <set>

#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

namespace {

constexpr std::size_t mostInOneCall = 65536;

std::unique_ptr<RequestHandler> makeChargen() {
    return findService("chargen")->make({});
}

} // namespace

class TestChargenHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesRotateThroughThePrintableCharacters() {
        const auto handler = makeChargen();
        FakeContext context;
        handler->setup(context);
        for (int i = 0; i < 3; ++i)
            handler->timer(context);
        const std::string output = context.output();
        QVERIFY(output.starts_with(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "[\\]^_`abcdefg\r\n!\"#"));
        QVERIFY(output.size() > 3 * 95 * 74);
        for (std::size_t i = 0; i < output.size(); ++i) {
            const std::size_t line = i / 74;
            const std::size_t column = i % 74;
            const char expected = column == 72   ? '\r'
                                  : column == 73 ? '\n'
                                                 : static_cast<char>(' ' + (line + column) % 95);
            if (output[i] != expected)
                QFAIL(qPrintable(QStringLiteral("byte %1").arg(i)));
        }
    }

    void goesOnInTheNextTurn() {
        const auto handler = makeChargen();
        FakeContext context;
        handler->setup(context);
        QVERIFY(!context.sent.empty());
        QVERIFY(context.output().size() <= mostInOneCall);
        QVERIFY((context.timers == std::vector<Duration>{Duration(0)}));
        const std::size_t before = context.output().size();
        handler->timer(context);
        QVERIFY(context.output().size() > before);
        QVERIFY(context.output().size() <= before + mostInOneCall);
        QCOMPARE(context.timers.size(), std::size_t{2});
    }

    void waitsForAPeerThatHasFallenBehind() {
        const auto handler = makeChargen();
        FakeContext context;
        context.room = 1;
        handler->setup(context);
        QVERIFY(context.timers.empty());
        const std::size_t before = context.sent.size();
        handler->timer(context);
        QCOMPARE(context.sent.size(), before);
        context.room = 1;
        handler->writable(context);
        QVERIFY(context.sent.size() > before);
        QVERIFY(context.timers.empty());
    }

    void whatThePeerSendsIsThrownAway() {
        const auto handler = makeChargen();
        FakeContext context;
        handler->handle(context, {.content = bytesOf("stop")});
        QVERIFY(context.sent.empty());
        QVERIFY(!context.closed);
    }

    void goesOnForAPeerThatOnlyReads() {
        FakeContext context;
        makeChargen()->peerClosed(context);
        QVERIFY(!context.closed);
    }

    void aDatagramIsAnsweredByUpTo512Characters() {
        const auto handler = makeChargen();
        FakeContext context;
        context.datagram = true;
        handler->setup(context);
        QVERIFY(context.sent.empty());
        std::set<std::size_t> lengths;
        for (int i = 0; i < 20'000; ++i) {
            context.sent.clear();
            handler->handle(context, {});
            QCOMPARE(context.sent.size(), std::size_t{1});
            lengths.insert(context.sent.front().size());
        }
        QCOMPARE(*lengths.begin(), std::size_t{0});
        QCOMPARE(*lengths.rbegin(), std::size_t{512});
        QVERIFY(context.timers.empty());
    }
};

QTEST_GUILESS_MAIN(TestChargenHandler)
#include "tst_chargen_handler.moc"
