// The tab of a chat: what it shows of rooms and persons, what it finds, and how it fits.

#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include "tests/ui/chat/chat_page_fixture.h"
#include "ui/chat/chat_text.h"
#include "ui/clients/conversation_model.h"
#include "ui/clients/conversation_view.h"

using namespace sscope;
using namespace sscope::test;
using State = ChatSession::State;
using Fixture = PageFixture;

class TestChatPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void oneTalksToWhoIsInAnyOfOnesRooms() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        LinePerson jun(server.port(), "jun");
        jun.say("/join attic");
        jun.say("/part lobby");
        Fixture f;
        f.join(server.port());
        f.session().join("attic");
        f.session().setPlace(room("lobby"));
        QTRY_VERIFY(f.session().peopleThere().contains("jun"));
        QTest::mouseClick(f.find<QToolButton>("addPerson"), Qt::LeftButton);
        auto* list = f.find<QListWidget>("personPickerList");
        QTRY_COMPARE(list->count(), 2);
        QCOMPARE(list->item(0)->text(), QString("jun"));
        QCOMPARE(list->item(1)->text(), QString("lin"));
    }

    void roomsElsewhereAreCountedAndKeysGoThere() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.say("/join den");
        QTRY_COMPARE(f.session().place(), room("den"));
        lin.say("hello lobby");
        lin.say("mira, look here");
        const ChatPlacesModel& rooms = f.session().rooms();
        QTRY_COMPARE(rooms.at(rooms.rowOf(room("lobby"))).unread, 2);
        QTRY_COMPARE(rooms.at(rooms.rowOf(room("lobby"))).mentions, 1);
        f.picture("unread");
        QTest::keyClick(f.edit(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f.session().place(), room("lobby"));
        QTRY_COMPARE(rooms.at(rooms.rowOf(room("lobby"))).unread, 0);
        QTest::keyClick(f.edit(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(f.session().place(), room("den"));
    }

    void theTabTellsWhoCalls() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        QWidget other; // is looked at instead
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QSignalSpy told(&f.page, &TabPage::titleChanged);
        lin.say("hello");
        QTRY_COMPARE(f.page.sign(), QString("1"));
        QCOMPARE(f.page.stateWord(), QString("as mira; 1 unread"));
        lin.say("Mira, are you there?");
        QTRY_COMPARE(f.page.sign(), QString("@ 1"));
        QCOMPARE(f.page.stateWord(), QString("as mira; lin calls you"));
        QVERIFY(told.size() >= 2);
        f.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.page));
        QTRY_COMPARE(f.page.sign(), QString());
        QCOMPARE(f.page.stateWord(), QString("as mira"));
    }

    void aTabThatIsOpenedAgainBeginsWhereOneStoppedReading() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        lin.say("one");
        QTRY_VERIFY(f.rowWith("one") >= 0);
        const ChatClientConfig config = f.configOf(server.port(), "mira");
        const ChatReadMarks::Room lobby{QString::fromStdString(config.client.endpoint.text()),
                                        "mira", "lobby"};
        const auto read = [&] { return f.inputs.chatReadMarks().find(lobby); };
        QTRY_VERIFY(read() && read()->id == 1);
        f.session().leave();
        QTRY_COMPARE(f.session().state(), State::Ended);
        lin.say("two");
        lin.say("three");
        lin.say("/history 1");
        lin.hear("<lin> three");
        ChatPage again(f.bridge, f.hub, f.inputs, nullptr);
        again.resize(991, 704);
        again.show();
        again.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&again));
        again.setConfig(config);
        again.joinNow();
        ChatLinesModel& lines = again.session().lines(room("lobby"));
        QTRY_COMPARE(lines.newCount(), 2);
        QCOMPARE(lines.at(lines.rowCount() - 2).text, QString("two"));
        QVERIFY(lines.startsNew(lines.rowCount() - 2));
        QTRY_VERIFY(read()->id == 3); // they are in sight
        QCOMPARE(again.sign(), QString());
    }

    void moreThanNinetyNineAreNotCountedInATab() {
        QCOMPARE(unreadText(0, 0), QString());
        QCOMPARE(unreadText(99, 0), QString("99"));
        QCOMPARE(unreadText(100, 0), QString("99+"));
        QCOMPARE(unreadText(100, 2), QString("@ 2"));
        QCOMPARE(unreadText(500, 100), QString("@ 99+"));
    }

    void thePillAndTheDividerAgree() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        for (int i = 0; i < 60; ++i)
            lin.say("line " + std::to_string(i));
        QTRY_VERIFY(f.rowWith("line 59") >= 0);
        QCOMPARE(f.lines().newCount(), 0);
        f.find<ChatLinesView>("chatLines")->verticalScrollBar()->setValue(0);
        const auto* jump = f.find<QPushButton>("jumpToLatest");
        lin.say("one");
        lin.say("two");
        QTRY_VERIFY(f.rowWith("two") >= 0);
        QCOMPARE(f.lines().newCount(), 2);
        QCOMPARE(jump->text(), QString("2 new, jump to latest"));
        f.page.hide();
        lin.say("three");
        QTRY_VERIFY(f.rowWith("three") >= 0);
        QCOMPARE(f.lines().newCount(), 3);
        QCOMPARE(jump->text(), QString("3 new, jump to latest"));
        QVERIFY(f.lines().startsNew(f.rowWith("one")));
    }

    void aSearchFindsAndGoesToWhatIsNotLoaded() {
        const QTemporaryDir folder;
        RunningServer server(
            {"--listen", "127.0.0.1:0", "--history-file", folder.filePath("history")}, "chat");
        LinePerson lin(server.port(), "lin");
        for (int i = 1; i <= 280; ++i)
            lin.say("message number " + std::to_string(i));
        lin.say("the end");
        lin.say("/history 1");
        lin.hear("<lin> the end");
        Fixture f;
        f.join(server.port());
        QTRY_VERIFY(f.rowWith("the end") >= 0);
        QVERIFY(f.rowWith("message number 7") < 0);
        auto* field = f.find<QLineEdit>("searchHistory");
        field->setText("number 7");
        QTest::keyClick(field, Qt::Key_Return);
        auto* found = f.find<QListWidget>("foundMessages");
        QTRY_COMPARE(found->count(), 11); // 7, 70 to 79
        QVERIFY(found->item(10)->data(Qt::AccessibleTextRole).toString().endsWith("number 7"));
        f.picture("found");
        found->scrollToBottom();
        QTest::mouseClick(found->viewport(), Qt::LeftButton, {},
                          found->visualItemRect(found->item(10)).center());
        QTRY_VERIFY(f.rowWith("message number 7") >= 0);
        auto* view = f.page.linesView();
        QTRY_VERIFY(view->isVisible());
        QTRY_COMPARE(view->currentIndex().row(), f.rowWith("message number 7"));
        QVERIFY(view->viewport()->rect().intersects(view->visualRect(view->currentIndex())));
        f.picture("found-line");
        QVERIFY(f.page.find("number 99", false));
    }

    void aNarrowTabCountsWhatIsUnreadElsewhere() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        f.session().join("den");
        QTRY_VERIFY(f.session().rooms().rowOf(room("den")) >= 0);
        f.session().setPlace(room("den"));
        f.page.resize(360, 600);
        auto* button = f.find<QToolButton>("showRooms");
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(button->text(), QString());
        const int width = button->width();
        lin.say("one");
        lin.say("two");
        QTRY_COMPARE(button->text(), QString("2"));
        QVERIFY(button->width() > width);
        QVERIFY(button->width() >= button->sizeHint().width());
        f.picture("360-unread");
        lin.say("mira, look");
        QTRY_COMPARE(button->text(), QString("@ 1"));
        QCOMPARE(button->accessibleName(),
                 QString("Rooms and persons, 3 unread, 1 of them for you"));
        f.picture("360-called");
    }

    void columnsFoldWhereItIsNarrow() {
        RunningServer server(freePort, "chat");
        LinePerson lin(server.port(), "lin");
        Fixture f;
        f.join(server.port());
        auto* people = f.find<QWidget>("chatPeopleColumn");
        auto* side = f.find<QWidget>("chatSide");
        QVERIFY(people->isVisible() && side->isVisible());
        f.page.resize(880, 600);
        QTRY_VERIFY(!people->isVisible());
        QVERIFY(side->isVisible());
        QTest::mouseClick(f.find<QToolButton>("showPeople"), Qt::LeftButton);
        QVERIFY(people->isVisible());
        f.picture("880-people");
        f.page.resize(360, 600);
        QTRY_VERIFY(!side->isVisible());
        QTest::mouseClick(f.find<QToolButton>("showRooms"), Qt::LeftButton);
        QVERIFY(side->isVisible() && !people->isVisible());
        f.say("in a narrow tab");
        QTRY_VERIFY(f.rowWith("in a narrow tab") >= 0);
        f.picture("360");
        f.page.resize(320, 600);
        QTRY_COMPARE(f.page.width(), 320);
        for (const char* name :
             {"showMessages", "chatJoin", "chatName", "sendButton", "showPeople"}) {
            const auto* part = f.find<QWidget>(name);
            QTRY_VERIFY2(part->mapTo(&f.page, part->rect().topRight()).x() < 320, name);
        }
        f.picture("320");
        f.page.resize(991, 704);
        QTRY_VERIFY(people->isVisible() && side->isVisible());
    }

    void everyControlHasANameForThoseWhoDoNotSeeIt() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        for (auto* button : f.page.findChildren<QAbstractButton*>()) {
            const bool isOfField = qobject_cast<QLineEdit*>(button->parent()) != nullptr;
            if (!button->isVisible() || isOfField)
                continue;
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     qPrintable(button->objectName() + " in " + button->parent()->objectName()));
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
        }
        for (auto* field : f.page.findChildren<QLineEdit*>())
            QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
    }

    void tabGoesThroughThePageAsOneReadsIt() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.say("/msg mira to myself");
        f.session().setPlace(room("lobby"));
        QStringList order;
        QWidget* widget = f.find<QLineEdit>("chatAddress");
        do {
            const bool isReached = widget->isVisible() && widget->isEnabled() &&
                                   (widget->focusPolicy() & Qt::TabFocus);
            if (isReached)
                order.append(widget->objectName());
            widget = widget->nextInFocusChain();
        } while (widget != f.find<QLineEdit>("chatAddress") && order.size() < 40);
        QCOMPARE(order, QStringList({"chatAddress", "chatName", "chatJoin", "showChat",
                                     "showMessages", "chatSave", "addRoom", "chatRooms",
                                     "addPerson", "chatPersons", "editTopic", "searchHistory",
                                     "chatLines", "chatEdit", "chatPeople"}));
    }

    void theWireIsShownToo() {
        RunningServer server(freePort, "chat");
        Fixture f;
        f.join(server.port());
        f.say("on the wire");
        QTest::mouseClick(f.find<QToolButton>("showMessages"), Qt::LeftButton);
        QVERIFY(!f.edit()->isVisible());
        QTRY_VERIFY(f.page.find("on the wire", false));
        f.picture("wire");
        const auto* view = f.find<ConversationView>("conversationView");
        QVERIFY(!view->isColumnHidden(ConversationModel::MarkColumn));
        f.page.resize(660, 704);
        QTRY_VERIFY(view->columnWidth(ConversationModel::DataColumn) >= 240);
        f.picture("wire-narrow");
        f.page.resize(991, 704);
        QTRY_VERIFY(!view->isColumnHidden(ConversationModel::MarkColumn));
        QTest::mouseClick(f.find<QToolButton>("showChat"), Qt::LeftButton);
        QVERIFY(f.edit()->isVisible());
    }
};

QTEST_MAIN(TestChatPage)
#include "tst_chat_page.moc"
