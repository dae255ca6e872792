#include <QtTest>

#include "core/service/services.h"
#include "tests/support/fake_context.h"

using namespace sscope;
using namespace sscope::test;

namespace {

std::vector<std::string> answers(std::string_view text, bool datagram) {
    FakeContext context;
    context.datagram = datagram;
    findService("upper")->make({})->handle(context, {.content = bytesOf(text)});
    return context.sent;
}

} // namespace

class TestUpperHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsBackUpperCaseWithoutSurroundingSpace_data() {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("word") << QByteArray("hello") << QByteArray("HELLO");
        QTest::newRow("a line") << QByteArray("hello world\r\n") << QByteArray("HELLO WORLD");
        QTest::newRow("every white space")
            << QByteArray(" \t\n\r\v\fa \t b\f\v\r\n\t ") << QByteArray("A \t B");
        QTest::newRow("edges of the alphabet") << QByteArray("`az{@AZ[") << QByteArray("`AZ{@AZ[");
        QTest::newRow("not ASCII") << QByteArray("\xc3\xa4\xff z") << QByteArray("\xc3\xa4\xff Z");
        QTest::newRow("NUL is no white space") << QByteArray("\0a\0", 3) << QByteArray("\0A\0", 3);
    }

    void sendsBackUpperCaseWithoutSurroundingSpace() {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, answer);
        for (const bool datagram : {false, true})
            QVERIFY((answers(sent.toStdString(), datagram) ==
                     std::vector<std::string>{answer.toStdString()}));
    }

    void whatIsEmptyIsAnsweredOnDatagramsOnly() {
        for (const char* text : {"", " \r\n"}) {
            QVERIFY(answers(text, false).empty());
            QVERIFY((answers(text, true) == std::vector<std::string>{""}));
        }
    }
};

QTEST_GUILESS_MAIN(TestUpperHandler)
#include "tst_upper_handler.moc"
