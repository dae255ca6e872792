// The lines of a place: where they stand, what they say, and that what is seen stays.

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QElapsedTimer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "ui/chat/chat_lines_view.h"
#include "ui/chat/chat_text.h"
#include "ui/common/app_style.h"
#include "ui/common/theme.h"

using namespace sscope;

namespace {

constexpr WallTime second = 1'000'000'000;
constexpr WallTime minute = 60 * second;

WallTime timeOf(int daysAgo, int hours, int minutes, int seconds = 0) {
    const QDateTime time(QDate::currentDate().addDays(-daysAgo),
                         QTime(hours, minutes, seconds, 117));
    return time.toMSecsSinceEpoch() * 1'000'000;
}

ChatLine message(quint64 id, WallTime time, const QString& author, const QString& text) {
    return {.id = id,
            .time = time,
            .author = author,
            .text = text,
            .mentionsMe = text.contains("@mira")};
}

ChatLine own(quint64 id, WallTime time, const QString& text) {
    ChatLine line = message(id, time, "mira", text);
    line.isOwn = true;
    line.state = ChatLine::State::Stored;
    return line;
}

ChatLine remark(ChatLine::Remark kind, WallTime time, const QString& text) {
    return {.kind = ChatLine::Kind::Remark, .remark = kind, .time = time, .text = text};
}

std::vector<ChatLine> many(quint64 first, int count, WallTime start = timeOf(1, 0, 0)) {
    std::vector<ChatLine> lines;
    for (int i = 0; i < count; ++i) {
        const quint64 id = first + static_cast<quint64>(i);
        const QString tail = QString("more words ").repeated(static_cast<int>(id * 7 % 23));
        lines.push_back(message(id, start + static_cast<WallTime>(id) * second,
                                QString("person%1").arg(id % 5),
                                QString("message %1 %2").arg(id).arg(tail)));
    }
    return lines;
}

struct Fixture {
    Fixture() {
        view.resize(646, 580);
        view.setLines(lines, "general", "Nothing yet");
        view.setOwnName("mira");
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }

    int value() { return view.verticalScrollBar()->value(); }
    int most() { return view.verticalScrollBar()->maximum(); }
    /// Where a message stands in the viewport; far away where it is not loaded.
    int yOf(quint64 id) {
        const int row = view.rowOf(id);
        return row < 0 ? -100'000 : view.visualRect(lines.index(row, 0)).top();
    }
    quint64 idAt(int y) {
        const QModelIndex index = view.indexAt({200, y});
        return index.isValid() ? lines.at(index.row()).id : 0;
    }
    void settle() {
        QCoreApplication::processEvents();
        QTest::qWait(1);
    }
    QPushButton* jump() { return view.findChild<QPushButton*>("jumpToLatest"); }
    /// For whoever wants to look: saved where SSCOPE_PICTURES says.
    void picture(const QString& name) {
        const QString folder = qEnvironmentVariable("SSCOPE_PICTURES");
        if (!folder.isEmpty())
            view.grab().save(folder + "/" + name + ".png");
    }

    ChatLinesModel lines{nullptr, 20'000};
    ChatLinesView view;
};

void fillLikeThePicture(ChatLinesModel& lines) {
    using Remark = ChatLine::Remark;
    lines.addMessages(
        {message(1, timeOf(8, 17, 58, 20), "lin",
                 "31 sockets in CLOSE_WAIT on build-3, all of them sync-agent."),
         message(2, timeOf(8, 18, 1, 47), "ravi", "Restarting it now."),
         message(3, timeOf(8, 18, 2, 11), "ravi", "The pile on build-3 is gone since the restart."),
         message(4, timeOf(8, 18, 2, 40), "lin", "Because the process is. It will be back."),
         message(5, timeOf(0, 9, 14, 5), "lin",
                 "sync-agent holds 31 sockets in CLOSE_WAIT on atlas again. The other side closed "
                 "hours ago."),
         own(6, timeOf(0, 9, 14, 52),
             "Looked at one in the inspector: FIN came 3 h ago, nobody closed fd 17 since."),
         message(7, timeOf(0, 9, 15, 20), "ravi",
                 "Found it, the retry path drops the socket without closing it. Patch within the "
                 "hour.")},
        false);
    ChatLine joined =
        remark(Remark::Joined, timeOf(0, 9, 20, 58), "jun joined with ncat, line mode");
    joined.usesLines = true;
    lines.append({joined}, false);
    lines.addMessages(
        {message(8, timeOf(0, 9, 21, 3), "jun", "hi, is 65432 the echo port?"),
         message(9, timeOf(0, 9, 21, 17), "jun", "\x1b[31mred?\x1b[0m"),
         message(10, timeOf(0, 9, 21, 40), "lin", "Shown, not obeyed. Yes, 65432, loopback only.")},
        false);
    lines.append({remark(Remark::Resumed, timeOf(0, 9, 32, 51),
                         "Connection lost for 2.4 s. Resumed after message 1 041: nothing missed, "
                         "nothing twice.")},
                 false);
    lines.addMessages(
        {message(11, timeOf(0, 9, 33, 2), "ravi",
                 "@mira the fix runs on atlas:8001, can you watch its Recv-Q for a minute?"),
         message(12, timeOf(0, 9, 33, 30), QString::fromUtf8("陈晨"),
                 QString::fromUtf8("新版也在 192.168.1.66:9001 上了，大家可以试试。"))},
        true);
    lines.addMessages({own(13, timeOf(0, 9, 34, 1), "On it. Recv-Q stays at 0 so far.")}, false);
    ChatLine waiting = own(0, timeOf(0, 9, 34, 3), "Send-Q too.");
    waiting.state = ChatLine::State::Waiting;
    waiting.tag = 1;
    lines.addWaiting(waiting);
}

} // namespace

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
        QCOMPARE(ChatLinePainter::nameColumn(900, 450), 90); // the text has the most of it
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
