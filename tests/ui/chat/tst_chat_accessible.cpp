// What a chat says to those who do not see it.

#include <QAccessible>
#include <QListView>
#include <QTest>

#include "tests/ui/chat/chat_lines_fixture.h"
#include "ui/chat/chat_people_model.h"
#include "ui/chat/chat_people_view.h"
#include "ui/chat/chat_place_list.h"
#include "ui/chat/chat_places_model.h"
#include "ui/common/app_style.h"

using namespace sscope;
using namespace sscope::test;

namespace {

QAccessibleInterface* of(QWidget& widget) {
    return QAccessible::queryAccessibleInterface(&widget);
}

/// Of the row that the keyboard is on.
QAccessibleInterface* current(QAbstractItemView& view) {
    QAccessibleInterface* list = of(view);
    for (int i = 0; i < list->childCount(); ++i) {
        if (list->child(i)->state().focused)
            return list->child(i);
    }
    return nullptr;
}

QString nameOf(QAccessibleInterface* interface) {
    return interface ? interface->text(QAccessible::Name) : QString("none");
}

void focus(QWidget& widget) {
    widget.show();
    widget.activateWindow();
    (void)QTest::qWaitForWindowActive(&widget);
    widget.setFocus();
}

} // namespace

class TestChatAccessible : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QApplication::setStyle(new AppStyle);
        QAccessible::setActive(true);
    }

    void theCurrentLineIsReadAsNameTimeAndText() {
        LinesFixture f;
        fillLikeThePicture(f.lines);
        focus(f.view);
        QCOMPARE(nameOf(of(f.view)), QString("Messages"));
        QCOMPARE(of(f.view)->childCount(), f.lines.rowCount());
        const auto goTo = [&](int row) { f.view.setCurrentIndex(f.lines.index(row, 0)); };
        goTo(f.view.rowOf(10));
        QCOMPARE(nameOf(current(f.view)),
                 QString("lin, 09:21:40, Shown, not obeyed. Yes, 65432, loopback only."));
        goTo(f.view.rowOf(9)); // safe to hand on
        QCOMPARE(nameOf(current(f.view)), QString("jun, 09:21:17, \\x1b[31mred?\\x1b[0m"));
        goTo(f.view.rowOf(8) - 1);
        QCOMPARE(nameOf(current(f.view)), QString("09:20:58, jun joined with ncat, line mode"));
        QTest::keyClick(&f.view, Qt::Key_End);
        QCOMPARE(nameOf(current(f.view)), QString("mira, 09:34:03, Send-Q too.; not stored yet"));
        const QRect rect = current(f.view)->rect();
        QCOMPARE(
            rect.top(),
            f.view.viewport()->mapToGlobal(f.view.visualRect(f.view.currentIndex()).topLeft()).y());
    }

    void whatIsUnreadIsReadWithTheRoom() {
        ChatPlacesModel rooms;
        const auto room = [](const QString& name, int unread, int mentions) {
            return ChatPlacesModel::Entry{
                .place = {ChatPlace::Kind::Room, name}, .unread = unread, .mentions = mentions};
        };
        rooms.put(room("build", 0, 0));
        rooms.put(room("general", 3, 1));
        ChatPlaceList list;
        list.setAccessibleName("Rooms");
        list.setPlaces(rooms);
        focus(list);
        QCOMPARE(of(list)->childCount(), 2);
        QCOMPARE(nameOf(of(list)->child(0)), QString("build"));
        list.showChosen({ChatPlace::Kind::Room, "general"});
        QCOMPARE(nameOf(current(list)), QString("general, 3 unread, 1 naming you"));
        rooms.put(room("general", 0, 0));
        QCOMPARE(nameOf(current(list)), QString("general"));
    }

    void whoIsThereIsReadWithHowTheyAre() {
        ChatPeopleModel people;
        people.set({{.name = "jun", .usesLines = true}, {.name = "mira", .isMe = true}});
        people.setConnected(true);
        ChatPeopleView view(people, nullptr);
        view.setRoom("general");
        view.resize(ChatPeopleView::columnWidth, 300);
        focus(view);
        QCOMPARE(of(*view.list())->childCount(), 2);
        view.list()->setFocus();
        view.list()->setCurrentIndex(people.index(0));
        QCOMPARE(nameOf(current(*view.list())), QString("jun, in line mode"));
        QCOMPARE(nameOf(of(*view.list())->child(1)), QString("mira, you"));
        QVERIFY(!nameOf(of(*view.list())).isEmpty());
    }
};

QTEST_MAIN(TestChatAccessible)
#include "tst_chat_accessible.moc"
