// The lines of a place: where they stand, what they say, and that what is seen stays.

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/chat/chat_lines_fixture.h"
#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_text.h"
#include "ui/common/app_style.h"
#include "ui/common/theme.h"

using namespace sscope;
using namespace sscope::test;

using Fixture = LinesFixture;

class TestChatLinesView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }
    void init() { Theme::instance().setChoice(ThemeChoice::Light); }

    void looksLikeThePicture() {
        Fixture f;
        fillLikeThePicture(f.lines);
        f.settle();
        f.picture("lines-light");
        Theme::instance().setChoice(ThemeChoice::Dark);
        f.settle();
        f.picture("lines-dark");
        QCOMPARE(f.value(), f.most());
        QVERIFY(f.view.isAtEnd());
    }

    void theColumnOfNamesIsAsWideAsTheWidest() {
        QCOMPARE(ChatLinePainter::nameColumn(30, 646), 60);
        QCOMPARE(ChatLinePainter::nameColumn(90, 646), 90);
        QCOMPARE(ChatLinePainter::nameColumn(900, 1200), 140);
        QCOMPARE(ChatLinePainter::nameColumn(900, 440), 110); // the text has the most of it
        Fixture f;
        fillLikeThePicture(f.lines);
        f.lines.addMessages({message(14, timeOf(0, 9, 35), "katharina-b", "good morning"),
                             message(15, timeOf(0, 9, 36), "a-name-of-thirty-two-characters1",
                                     QString("long words ").repeated(20))},
                            false);
        f.settle();
        QVERIFY(f.view.isAtEnd());
        f.picture("lines-names");
        f.view.resize(440, 580);
        f.settle();
        QVERIFY(f.view.isAtEnd());
        f.picture("lines-names-narrow");
    }

    void thePillAndTheDividerCountTheSame() {
        Fixture f;
        f.lines.addMessages(many(1000, 300), false);
        f.settle();
        f.view.verticalScrollBar()->setValue(f.most() / 2);
        f.settle();
        f.lines.addMessages(many(1300, 2), true);
        f.lines.addMessages({own(1302, timeOf(1, 0, 30), "mine")}, true);
        f.lines.addMessages(many(1303, 1), true);
        QCOMPARE(f.lines.newCount(), 3);
        QCOMPARE(f.jump()->text(), QString("3 new, jump to latest"));
    }

    void staysAtTheEndAsLinesCome() {
        Fixture f;
        f.lines.addMessages(many(1, 200), false);
        QVERIFY(f.view.isAtEnd());
        QCOMPARE(f.value(), f.most());
        const int before = f.most();
        f.lines.addMessages(many(201, 50), false);
        QVERIFY(f.most() > before);
        QCOMPARE(f.value(), f.most());
        QCOMPARE(f.lines.at(f.lines.rowCount() - 1).id, 250U);
        QVERIFY(f.yOf(250) > 0);
        QVERIFY(f.jump()->isHidden());
    }

    void whatIsSeenStaysAsLinesComeBelowAndAbove() {
        Fixture f;
        f.lines.addMessages(many(1000, 300), false);
        f.settle();
        f.view.verticalScrollBar()->setValue(f.most() / 2);
        f.settle();
        const quint64 seen = f.idAt(f.view.viewport()->height() / 2);
        QVERIFY(seen > 1000 && seen < 1300);
        const int y = f.yOf(seen);
        f.lines.addMessages(many(1300, 40), false);
        f.settle();
        QCOMPARE(f.yOf(seen), y);
        QVERIFY(!f.jump()->isHidden());
        QCOMPARE(f.jump()->text(), QString("40 new, jump to latest"));
        f.picture("lines-jump");
        f.lines.addOlder(many(700, 300));
        f.settle();
        QCOMPARE(f.yOf(seen), y);
        QTest::mouseClick(f.jump(), Qt::LeftButton);
        QVERIFY(f.view.isAtEnd());
        QVERIFY(f.jump()->isHidden());
        QCOMPARE(f.value(), f.most());
    }

    void asksForOlderNearTheTopUntilThereAreNone() {
        Fixture f;
        QSignalSpy wanted(&f.view, &ChatLinesView::olderWanted);
        f.lines.addMessages(many(1000, 300), false);
        f.lines.setOlder(true, false);
        f.settle();
        QCOMPARE(wanted.size(), 0); // the end is seen
        f.view.verticalScrollBar()->setValue(20);
        QVERIFY(wanted.size() > 0);
        f.lines.setOlder(true, true);
        wanted.clear();
        f.view.verticalScrollBar()->setValue(0);
        QCOMPARE(wanted.size(), 0); // it is on its way
        f.picture("lines-loading");
        f.lines.addOlder(many(900, 100));
        f.lines.setOlder(false, false);
        f.view.verticalScrollBar()->setValue(0);
        QCOMPARE(wanted.size(), 0);
        f.settle();
        f.picture("lines-beginning");
    }

    void asksForOlderWhereThereIsRoomLeft() {
        Fixture f;
        QSignalSpy wanted(&f.view, &ChatLinesView::olderWanted);
        f.lines.addMessages(many(1000, 3), false);
        f.lines.setOlder(true, false);
        QVERIFY(wanted.size() > 0);
    }

    void stepsWithKeysAndCopiesWhatIsChosen() {
        Fixture f;
        fillLikeThePicture(f.lines);
        f.view.setFocus();
        QTest::keyClick(&f.view, Qt::Key_End);
        QCOMPARE(f.view.currentIndex().row(), f.lines.rowCount() - 1);
        QTest::keyClick(&f.view, Qt::Key_Up);
        QTest::keyClick(&f.view, Qt::Key_Up, Qt::ShiftModifier);
        QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(
            QGuiApplication::clipboard()->text(),
            QString::fromUtf8("[09:33:30] 陈晨: 新版也在 192.168.1.66:9001 上了，大家可以试试。\n"
                              "[09:34:01] mira: On it. Recv-Q stays at 0 so far."));
        QTest::keyClick(&f.view, Qt::Key_Home);
        QCOMPARE(f.view.currentIndex().row(), 0);
        QCOMPARE(f.value(), 0); // with what stands before the first line
        QTest::keyClick(&f.view, Qt::Key_PageDown);
        const int row = f.view.currentIndex().row();
        QVERIFY(row > 5 && row < f.lines.rowCount());
    }

    void hiddenCharactersNeverComeOutOfACopy() {
        QCOMPARE(copyText(QString("a\r\nb\x1b[0m")), QString("a\nb\\x1b[0m"));
        const ChatText shown = chatText(QString("x\x1b[31m\ny") + QChar(0x202E) + "z", "");
        QCOMPARE(shown.boxes.size(), 2U);
        const auto nameOf = [&](const ChatText::Span& box) {
            return shown.text.mid(box.start, box.length).remove(QChar(0x202F));
        };
        QCOMPARE(nameOf(shown.boxes[0]), QString("ESC"));
        QCOMPARE(nameOf(shown.boxes[1]), QString("RLO"));
        QVERIFY(shown.text.contains(QChar(QChar::LineSeparator)));
        QVERIFY(!shown.text.contains(QChar(0x1b)));
        QVERIFY(!shown.text.contains(QChar(0x202E)));
    }

    void theReaderIsFoundAsAWordOnly() {
        const ChatText shown = chatText("Mira, ask @mira. Not miracle, nor admira.", "mira");
        QCOMPARE(shown.names.size(), 2U);
        QCOMPARE(shown.text.mid(shown.names[0].start, shown.names[0].length), QString("Mira"));
        QCOMPARE(shown.text.mid(shown.names[1].start, shown.names[1].length), QString("@mira"));
        const QString chinese = QString::fromUtf8("大家问陈晨吧");
        QCOMPARE(chatText(chinese, QString::fromUtf8("陈晨")).names.size(), 1U);
    }

    void aClickOnTheMarkSendsAgainWhatWasRefused() {
        Fixture f;
        f.lines.addMessages(many(1, 3), false);
        ChatLine line = own(0, timeOf(0, 9, 0), "lost words");
        line.state = ChatLine::State::Waiting;
        line.tag = 7;
        f.lines.addWaiting(line);
        f.lines.setRefused(7, "the disk is full");
        f.settle();
        f.picture("lines-refused");
        QSignalSpy again(&f.view, &ChatLinesView::sendAgainAsked);
        const QRect row = f.view.visualRect(f.lines.index(3, 0));
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {},
                          {f.view.width() - 20, row.bottom() - 10});
        QCOMPARE(again.size(), 1);
        QCOMPARE(again[0][0].toULongLong(), 7U);
    }

    void findsBackwardsAndGoesAround() {
        Fixture f;
        f.lines.addMessages(many(1, 500), false);
        QVERIFY(f.view.find("message 77 ", true));
        QCOMPARE(f.lines.at(f.view.currentIndex().row()).id, 77U);
        QVERIFY(f.view.viewport()->rect().intersects(f.view.visualRect(f.view.currentIndex())));
        QVERIFY(f.view.find("MESSAGE 400 ", true));
        QVERIFY(!f.view.find("nobody said this", true));
    }

    void heightsFollowTheWidthAndWhatIsAtTheEndStays() {
        Fixture f;
        f.lines.addMessages(many(1, 300), false);
        QTRY_VERIFY(f.view.isMeasured());
        const int wide = f.most();
        f.view.resize(360, 580);
        f.settle();
        QVERIFY(f.most() > wide);
        QCOMPARE(f.value(), f.most());
        f.picture("lines-narrow");
        f.view.resize(646, 580);
        QTRY_VERIFY(f.view.isMeasured());
        QCOMPARE(f.most(), wide);
    }

    void hugeAndStrangeTextsKeepTheirPlaces() {
        Fixture f;
        f.lines.addMessages(
            {message(1, timeOf(0, 9, 0), "a-name-of-thirty-two-characters-", "long name"),
             message(2, timeOf(0, 9, 1), "lin", QString("x").repeated(8192)),
             message(3, timeOf(0, 9, 2), "lin", "one\ntwo\n\nfour"),
             message(4, timeOf(0, 9, 3), "lin", QString("\x07").repeated(60)),
             message(5, timeOf(0, 9, 4), "lin", "<b>no</b> &amp; <img src=x>"),
             message(6, timeOf(0, 9, 5), "lin", QString::fromUtf8("עברית mixed العربية 12")),
             message(7, timeOf(0, 9, 6), "lin", QString("e") + QString(QChar(0x301)).repeated(40))},
            false);
        f.settle();
        f.picture("lines-strange");
        f.view.verticalScrollBar()->setValue(0);
        f.settle();
        f.picture("lines-strange-top");
        QCOMPARE(f.lines.rowCount(), 7);
        for (int row = 1; row < 7; ++row)
            QCOMPARE(f.view.visualRect(f.lines.index(row, 0)).top(),
                     f.view.visualRect(f.lines.index(row - 1, 0)).bottom() + 1);
    }

    /// Printed, never judged: what one line costs with 10 000 loaded.
    void tellsWhatALineCosts() {
        Fixture f;
        f.lines.addMessages(many(1, 10'000), false);
        f.settle();
        QElapsedTimer time;
        time.start();
        for (quint64 i = 0; i < 500; ++i) {
            f.lines.addMessages(many(10'001 + i, 1), false);
            f.view.viewport()->repaint();
        }
        qInfo("with 10 000 lines: %lld us a line at the end, painted each time",
              time.nsecsElapsed() / 500'000);
        f.view.verticalScrollBar()->setValue(f.most() / 2);
        time.restart();
        for (quint64 i = 0; i < 500; ++i) {
            f.lines.addMessages(many(10'501 + i, 1), false);
            f.view.viewport()->repaint();
        }
        qInfo("with 10 000 lines: %lld us a line while scrolled up, painted each time",
              time.nsecsElapsed() / 500'000);
        time.restart();
        f.view.resize(500, 580);
        f.view.viewport()->repaint();
        qInfo("with 11 000 lines: %lld us for another width", time.nsecsElapsed() / 1000);
        QCOMPARE(f.lines.rowCount(), 11'000);
    }
};

QTEST_MAIN(TestChatLinesView)
#include "tst_chat_lines_view.moc"
