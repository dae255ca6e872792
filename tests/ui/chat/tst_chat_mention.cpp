// Where a text names a person.

#include <QTest>

#include "ui/chat/chat_mention.h"

using namespace sscope;

class TestChatMention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsANameAsAWordOfItsOwn_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isMentioned");
        QTest::newRow("word") << "ask mira, please"
                              << "mira" << true;
        QTest::newRow("at") << "@mira!"
                            << "mira" << true;
        QTest::newRow("case") << "MIRA?"
                              << "mira" << true;
        QTest::newRow("alone") << "mira"
                               << "mira" << true;
        QTest::newRow("within") << "admirable"
                                << "mira" << false;
        QTest::newRow("begins") << "mirage"
                                << "mira" << false;
        QTest::newRow("second") << "mirage, mira"
                                << "mira" << true;
        QTest::newRow("underscore") << "mira_2"
                                    << "mira" << false;
        QTest::newRow("punctuation") << "to ann-b:"
                                     << "ann-b" << true;
        QTest::newRow("sharp s") << "STRASSE"
                                 << "straße" << true;
        QTest::newRow("turkish") << "ÇAĞLA"
                                 << "çağla" << true;
        QTest::newRow("no spaces")
            << QString::fromUtf8("请陈晨看一下") << QString::fromUtf8("陈晨") << true;
        QTest::newRow("one character")
            << QString::fromUtf8("请陈看一下") << QString::fromUtf8("陈") << false;
        QTest::newRow("short") << "Me too"
                               << "me" << false;
        QTest::newRow("short with at") << "me too, @me"
                                       << "me" << true;
        QTest::newRow("none") << "anything"
                              << "" << false;
    }

    void findsANameAsAWordOfItsOwn() {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QTEST(mentionsName(text, name), "isMentioned");
    }
};

QTEST_MAIN(TestChatMention)
#include "tst_chat_mention.moc"
