// Characters that are chosen in the lines of a chat, and links that are followed.

#include <QClipboard>
#include <QDesktopServices>
#include <QFontMetrics>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolTip>

#include "tests/ui/chat/chat_lines_fixture.h"
#include "ui/common/app_style.h"
#include "ui/common/theme.h"

using namespace sscope;
using namespace sscope::test;
using Painter = ChatLinePainter;

namespace {

struct Fixture : LinesFixture {
    /// In front of a character of a line's text; texts in which all before it is in one line.
    QPoint placeOf(int row, int at) {
        const Painter::Room room{view.width(), Painter::leastName};
        const QString text = lines.at(row).text.left(at);
        return Painter::textPlace(view.visualRect(lines.index(row, 0)), lines, row, room) +
               QPoint(QFontMetrics(QApplication::font()).horizontalAdvance(text) + 1, 10);
    }
    void press(QPoint at, Qt::KeyboardModifiers keys = {}) {
        QTest::mousePress(view.viewport(), Qt::LeftButton, keys, at);
    }
    void release(QPoint at) { QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, at); }
    void moveTo(QPoint at) {
        QMouseEvent move(QEvent::MouseMove, at, view.viewport()->mapToGlobal(at), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
    }
    void drag(QPoint from, QPoint to) {
        press(from);
        moveTo((from + to) / 2);
        moveTo(to);
        release(to);
    }
    void click(QPoint at) {
        press(at);
        release(at);
    }
    QString copied() {
        QGuiApplication::clipboard()->setText("nothing was copied");
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        return QGuiApplication::clipboard()->text();
    }
    void add(quint64 id, const QString& author, const QString& text) {
        lines.addMessages({message(id, timeOf(0, 9, 0, static_cast<int>(id)), author, text)},
                          false);
        settle();
    }
};

/// Whoever opens an address is told here instead.
class Browser : public QObject {
    Q_OBJECT

public:
    Browser() {
        for (const char* scheme : {"http", "https"})
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Browser() override {
        for (const char* scheme : {"http", "https"})
            QDesktopServices::unsetUrlHandler(scheme);
    }
    QStringList opened;

public Q_SLOTS:
    void open(const QUrl& url) { opened.append(url.toString()); }
};

/// The texts of the menu that is open, and then it is closed; one entry is chosen first.
QStringList menuTexts(const QString& chosen = {}) {
    QStringList texts;
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    for (QAction* action : menu ? menu->actions() : QList<QAction*>()) {
        texts.append(action->text());
        if (action->text() == chosen)
            action->trigger();
    }
    if (menu)
        menu->close();
    return texts;
}

} // namespace

class TestChatSelecting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }
    void init() { Theme::instance().setChoice(ThemeChoice::Light); }

    void aPartOfAMessageIsChosenInEitherDirection() {
        Fixture f;
        f.add(1, "lin", "31 sockets in CLOSE_WAIT");
        f.drag(f.placeOf(0, 3), f.placeOf(0, 10));
        QCOMPARE(f.copied(), QString("sockets"));
        QVERIFY(f.view.selectionModel()->selection().isEmpty()); // not the line
        f.drag(f.placeOf(0, 10), f.placeOf(0, 3));
        QCOMPARE(f.copied(), QString("sockets"));
        f.click(f.placeOf(0, 5));
        QVERIFY(f.view.characters().isEmpty());
        f.press(f.placeOf(0, 13), Qt::ShiftModifier); // from the click before
        f.release(f.placeOf(0, 13));
        QCOMPARE(f.copied(), QString("ckets in"));
    }

    void severalMessagesAreChosenFromCharacterToCharacter() {
        Fixture f;
        fillLikeThePicture(f.lines);
        f.settle();
        const int first = f.view.rowOf(8);
        QCOMPARE(f.lines.at(first - 1).remark, ChatLine::Remark::Joined);
        f.drag(f.placeOf(first - 1, 4), f.placeOf(first + 2, 5));
        f.picture("lines-selected");
        QCOMPARE(f.copied(), QString("* joined with ncat, line mode\n"
                                     "jun: hi, is 65432 the echo port?\n"
                                     "jun: \\x1b[31mred?\\x1b[0m\n"
                                     "lin: Shown"));
        Theme::instance().setChoice(ThemeChoice::Dark);
        f.settle();
        f.picture("lines-selected-dark");
        f.drag(f.placeOf(first, 0), f.placeOf(first + 1, 0)); // nothing of the second
        QCOMPARE(f.copied(), QString("jun: hi, is 65432 the echo port?"));
    }

    void clicksChooseWordsAndMessages() {
        Fixture f;
        f.add(1, "lin", "31 sockets in CLOSE_WAIT\non atlas");
        const QPoint at = f.placeOf(0, 5);
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(f.copied(), QString("sockets"));
        f.click(at); // the third within the time of a double click
        QCOMPARE(f.copied(), QString("31 sockets in CLOSE_WAIT\non atlas"));
    }

    void aDoubleClickThatIsDraggedChoosesByWords() {
        Fixture f;
        f.add(1, "lin", "31 sockets in CLOSE_WAIT");
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, {}, f.placeOf(0, 12));
        f.press(f.placeOf(0, 0)); // another place: a click of its own
        f.release(f.placeOf(0, 0));
        QVERIFY(f.view.characters().isEmpty());
        QMouseEvent twice(QEvent::MouseButtonDblClick, f.placeOf(0, 12),
                          f.view.viewport()->mapToGlobal(f.placeOf(0, 12)), Qt::LeftButton,
                          Qt::LeftButton, {});
        QCoreApplication::sendEvent(f.view.viewport(), &twice);
        f.moveTo(f.placeOf(0, 5));
        f.release(f.placeOf(0, 5));
        QCOMPARE(f.copied(), QString("sockets in"));
    }

    void wrappedLinesAndOtherScriptsAreChosenToo() {
        Fixture f;
        f.add(1, "lin", QString::fromUtf8("新版也在 192.168.1.66:9001 上了，大家可以试试。"));
        f.add(2, "lin", QString("wrapped words ").repeated(20));
        f.drag(f.placeOf(0, 1), f.placeOf(0, 4));
        QCOMPARE(f.copied(), QString::fromUtf8("版也在"));
        const QPoint start = f.placeOf(1, 0);
        f.drag(start, start + QPoint(-1, ChatLineLayout::step())); // to the second line's begin
        const QString first = f.copied();
        QVERIFY2(first.size() > 30 && first.startsWith("wrapped words "), qPrintable(first));
        QVERIFY(first.size() < f.lines.at(1).text.size() / 2);
        f.drag(start, start + QPoint(0, 300)); // to below all of it
        QCOMPARE(f.copied(), f.lines.at(1).text);
    }

    void aHiddenCharacterIsChosenWholeAndCopiedAsItsEscape() {
        Fixture f;
        f.add(1, "lin", QString("\x1b[31m") + QChar(0x202E) + "x");
        const QPoint start = f.placeOf(0, 0);
        f.drag(start, start + QPoint(8, 0)); // into the box, nearer to its begin
        QVERIFY(f.view.characters().isEmpty());
        f.drag(start, start + QPoint(24, 0));
        QCOMPARE(f.copied().left(4), QString("\\x1b"));
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, {}, start + QPoint(8, 0));
        QCOMPARE(f.copied(), QString("\\x1b"));
        f.click(start + QPoint(8, 0));
        QCOMPARE(f.copied(), QString("\\x1b[31m\\u202ex"));
    }

    void whatIsChosenStaysAsLinesComeAndGo() {
        Fixture f;
        f.lines.addMessages(many(1000, 30), false);
        f.settle();
        const int row = f.view.rowOf(1026);
        f.drag(f.placeOf(row, 0), f.placeOf(row + 1, 7));
        const QString chosen = f.copied();
        QVERIFY(chosen.startsWith("person1: message 1026") && chosen.endsWith(": message"));
        f.lines.addMessages(many(1030, 20), false);
        QCOMPARE(f.copied(), chosen);
        f.lines.addOlder(many(700, 300));
        f.settle();
        QCOMPARE(f.copied(), chosen);
        QCOMPARE(f.view.characters().range().from.row, f.view.rowOf(1026));
        // What waits goes to its place among what has come meanwhile.
        ChatLine waiting = own(0, timeOf(0, 9, 0), "mine");
        waiting.tag = 1;
        f.lines.addWaiting(waiting);
        f.view.goToEnd();
        f.settle();
        const int last = f.lines.rowCount() - 1;
        f.drag(f.placeOf(last, 0), f.placeOf(last, 4));
        QCOMPARE(f.copied(), QString("mine"));
        f.lines.addMessages(many(1051, 3), false);
        f.lines.setStored(1, 1050, timeOf(0, 9, 0));
        QCOMPARE(f.copied(), QString("mine"));
        f.lines.removeAll();
        QVERIFY(f.view.characters().isEmpty());
        QCOMPARE(f.copied(), QString("nothing was copied"));
    }

    void choosingEndsWhereTheReleaseIsNotHeard() {
        Fixture f;
        f.lines.addMessages(many(1000, 100), false);
        f.settle();
        const QPoint start = f.placeOf(f.view.rowOf(1098), 3);
        const int before = f.value();
        f.press(start);
        f.moveTo({start.x(), -60});
        QTRY_VERIFY(f.value() < before);
        f.view.hide(); // another tab has come by the keyboard
        f.view.show();
        f.settle();
        const int after = f.value();
        QTest::qWait(120); // two intervals
        QCOMPARE(f.value(), after);
        const ChatSelection::Range chosen = f.view.characters().range();
        QMouseEvent hover(QEvent::MouseMove, QPoint(start.x(), 10),
                          f.view.viewport()->mapToGlobal(QPoint(start.x(), 10)), Qt::NoButton,
                          Qt::NoButton, {});
        QCoreApplication::sendEvent(f.view.viewport(), &hover);
        QVERIFY(f.view.characters().range().from == chosen.from);
    }

    void draggedBeyondTheEdgeItScrolls() {
        Fixture f;
        f.lines.addMessages(many(1000, 100), false);
        f.settle();
        const int row = f.view.rowOf(1098);
        const QPoint start = f.placeOf(row, 3);
        const int before = f.value();
        f.press(start);
        f.moveTo({start.x(), -60});
        QTRY_VERIFY(f.value() < before - 300);
        f.release({start.x(), -60});
        QVERIFY(f.copied().count('\n') > 8);
        const int after = f.value();
        QTest::qWait(120); // two intervals: it has ended with the button
        QCOMPARE(f.value(), after);
    }

    void besideTheTextWholeLinesAreChosen() {
        Fixture f;
        fillLikeThePicture(f.lines);
        f.settle();
        const int row = f.view.rowOf(12);
        f.drag(f.placeOf(row, 0), f.placeOf(row, 3));
        QVERIFY(!f.view.characters().isEmpty());
        f.click({30, f.placeOf(row, 0).y()}); // its time
        QVERIFY(f.view.characters().isEmpty());
        QCOMPARE(
            f.copied(),
            QString::fromUtf8("[09:33:30] 陈晨: 新版也在 192.168.1.66:9001 上了，大家可以试试。"));
        QTest::keyClick(&f.view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(f.copied().count('\n'), 1);
        f.drag(f.placeOf(row, 0), f.placeOf(row, 2));
        QCOMPARE(f.copied(), QString::fromUtf8("新版"));
    }

    void keysExtendAndEndIt() {
        Fixture f;
        f.add(1, "lin", QString("ab\x07") + "cd ef gh");
        f.drag(f.placeOf(0, 0), f.placeOf(0, 2));
        QCOMPARE(f.copied(), QString("ab"));
        QTest::keyClick(&f.view, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(f.copied(), QString("ab\\x07")); // the box whole
        QTest::keyClick(&f.view, Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(f.copied(), QString("ab\\x07cd "));
        QTest::keyClick(&f.view, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(f.copied(), QString("ab\\x07cd"));
        QTest::keyClick(&f.view, Qt::Key_Escape);
        QVERIFY(f.view.characters().isEmpty());
    }

    void inANarrowViewItIsTheSame() {
        Fixture f;
        f.view.resize(360, 580);
        f.add(1, "lin", "31 sockets in CLOSE_WAIT");
        f.drag(f.placeOf(0, 3), f.placeOf(0, 10));
        QCOMPARE(f.copied(), QString("sockets"));
        f.picture("lines-selected-narrow");
        f.click(f.placeOf(0, 3) - QPoint(0, ChatLineLayout::step())); // its head
        QCOMPARE(f.copied(), QString("[09:00:01] lin: 31 sockets in CLOSE_WAIT"));
    }

    void aLinkIsOpenedOnceItWasToldWhereItLeads() {
        Fixture f;
        Browser browser;
        f.add(1, "lin", "see http://a.example/x?y=1, please");
        const QPoint at = f.placeOf(0, 10);
        f.click(at); // nothing was told yet
        QCOMPARE(browser.opened, QStringList());
        QCOMPARE(QToolTip::text(), QString("http://a.example/x?y=1"));
        QTest::mouseMove(f.view.viewport(), f.placeOf(0, 1));
        QTRY_COMPARE(f.view.viewport()->cursor().shape(), Qt::IBeamCursor);
        QTest::mouseMove(f.view.viewport(), at);
        QTRY_COMPARE(f.view.viewport()->cursor().shape(), Qt::PointingHandCursor);
        f.picture("lines-link");
        f.click(at);
        QCOMPARE(browser.opened, QStringList({"http://a.example/x?y=1"}));
        f.drag(at, f.placeOf(0, 20)); // chooses, and opens nothing
        QCOMPARE(browser.opened.size(), 1);
        QVERIFY(!f.copied().isEmpty());
        f.click(f.placeOf(0, 30)); // the comma and what follows are no part of it
        QCOMPARE(browser.opened.size(), 1);
    }

    void aWrappedLinkIsOneLink() {
        Fixture f;
        Browser browser;
        const QString address = "https://a.example/" + QString("path/").repeated(40);
        f.add(1, "lin", "see " + address + " x");
        const QPoint second = f.placeOf(0, 0) + QPoint(20, ChatLineLayout::step());
        QTest::mouseMove(f.view.viewport(), second);
        f.moveTo(second);
        f.picture("lines-link-wrapped");
        f.click(second);
        f.click(second);
        QVERIFY(!browser.opened.isEmpty());
        QCOMPARE(browser.opened.last(), address);
    }

    void itsMenuCopiesAndOpens() {
        Fixture f;
        Browser browser;
        f.add(1, "lin", "see http://a.example/&x and http://b.example");
        const auto menuAt = [&](QContextMenuEvent::Reason reason, QPoint at, const QString& text) {
            QStringList texts;
            QTimer::singleShot(0, [&] { texts = menuTexts(text); });
            QContextMenuEvent event(reason, at, f.view.viewport()->mapToGlobal(at));
            QCoreApplication::sendEvent(f.view.viewport(), &event);
            return texts;
        };
        const QStringList over = menuAt(QContextMenuEvent::Mouse, f.placeOf(0, 8), "Copy address");
        QVERIFY(over.contains("Open http://a.example/&&x"));
        QCOMPARE(over.count("Copy address"), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), QString("http://a.example/&x"));
        QVERIFY(!menuAt(QContextMenuEvent::Mouse, f.placeOf(0, 1), {}).contains("Copy address"));
        // From the keyboard: those of the line.
        f.view.setCurrentIndex(f.lines.index(0, 0));
        const QStringList all = menuAt(QContextMenuEvent::Keyboard, {}, "Open http://b.example");
        QCOMPARE(all.count("Copy address"), 2);
        QCOMPARE(browser.opened, QStringList({"http://b.example"}));
        // What is chosen stays, and is what is copied.
        f.drag(f.placeOf(0, 0), f.placeOf(0, 3));
        QVERIFY(menuAt(QContextMenuEvent::Mouse, f.placeOf(0, 1), "Copy").contains("Copy"));
        QCOMPARE(QGuiApplication::clipboard()->text(), QString("see"));
    }
};

QTEST_MAIN(TestChatSelecting)
#include "tst_chat_selecting.moc"
