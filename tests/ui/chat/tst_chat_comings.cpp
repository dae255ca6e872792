// Who comes and goes in a busy room: told apart at first, then in one sentence.

#include <chrono>

#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/chat/chat_comings.h"
#include "ui/chat/chat_lines_model.h"

using namespace sscope;

namespace {

constexpr WallTime now = 1'000;

ChatComings told(const QStringList& all) {
    ChatComings comings;
    for (const QString& one : all)
        comings.note(one.mid(1), one.startsWith('+'), false, now);
    return comings;
}

} // namespace

class TestChatComings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_data() {
        QTest::addColumn<QStringList>("all");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isLonger");
        QTest::newRow("nobody") << QStringList{} << "" << false;
        QTest::newRow("one") << QStringList{"+a"} << "a joined" << false;
        QTest::newRow("two, apart") << QStringList{"+a", "-b"} << "b left" << false;
        QTest::newRow("the third begins") << QStringList{"+a", "+b", "+c"} << "c joined" << false;
        QTest::newRow("the fourth goes along")
            << QStringList{"+a", "+b", "+c", "+d"} << "c and d joined" << true;
        QTest::newRow("many") << QStringList{"+a", "+b", "+c", "+d", "+e", "+f"}
                              << "c, d and 2 other(s) joined" << true;
        QTest::newRow("both") << QStringList{"+a", "+b", "+c", "-a", "-b"}
                              << "c joined; a and b left" << true;
        QTest::newRow("came and went") << QStringList{"+a", "+b", "+c", "-c"} << "c left" << true;
        QTest::newRow("went and came") << QStringList{"+a", "+b", "-b", "+b"} << "b joined" << true;
        QTest::newRow("a name that lies")
            << QStringList{"+\u202e", "+b", "+\u202e", "+d"} << "\\u202e and d joined" << true;
    }
    void says() {
        QFETCH(QStringList, all);
        QFETCH(QString, text);
        QFETCH(bool, isLonger);
        const ChatComings comings = told(all);
        QCOMPARE(comings.text(), text);
        QCOMPARE(comings.isLonger(), isLonger);
    }

    void howOneCameIsSaidOfOneAlone() {
        ChatComings comings;
        comings.note("a", true, true, now);
        QCOMPARE(comings.text(), QString("a joined in line mode"));
        QVERIFY(comings.usesLines());
        for (const char* name : {"b", "c", "d"})
            comings.note(name, true, true, now);
        QCOMPARE(comings.text(), QString("c and d joined"));
        QVERIFY(!comings.usesLines());
    }

    void afterFiveMinutesItIsOver() {
        using namespace std::chrono_literals;
        const ChatComings comings = told({"+a", "+b", "+c"});
        QVERIFY(!comings.isOver(now + std::chrono::nanoseconds(4min).count()));
        QVERIFY(comings.isOver(now + std::chrono::nanoseconds(6min).count()));
    }

    void theLastRemarkSaysMore() {
        ChatLinesModel model;
        const QAbstractItemModelTester tester(&model);
        ChatLine line{.kind = ChatLine::Kind::Remark, .time = now, .text = "a joined"};
        model.append({line}, false);
        QVERIFY(model.endsWithRemark("a joined"));
        model.addWaiting({.tag = 1, .text = "mine", .isOwn = true});
        QVERIFY(model.endsWithRemark("a joined")); // before what waits
        model.setLastRemark(ChatLine::Remark::Left, "a joined; b left");
        QCOMPARE(model.at(0).text, QString("a joined; b left"));
        QCOMPARE(model.at(0).remark, ChatLine::Remark::Left);
        model.append({{.id = 1, .time = now, .author = "b", .text = "a joined; b left"}}, false);
        QVERIFY(!model.endsWithRemark("a joined; b left")); // somebody says so
    }
};

QTEST_MAIN(TestChatComings)
#include "tst_chat_comings.moc"
