// The topic of a room, and how it is set in its place.

#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include "core/service/chat_protocol.h"
#include "ui/chat/chat_header.h"
#include "ui/common/app_style.h"
#include "ui/common/theme.h"
#include "ui/inspector/elided_label.h"

using namespace sscope;

namespace {

struct Fixture {
    Fixture() {
        header.resize(640, ChatHeader::barHeight);
        header.setPlace({ChatPlace::Kind::Room, "general"});
        header.setTopic("Who holds which port");
        header.setEnabledFor(true);
        header.show();
        header.activateWindow();
        (void)QTest::qWaitForWindowActive(&header);
        header.searchField()->setFocus();
    }
    template <typename T>
    T* find(const char* name) {
        return header.findChild<T*>(name);
    }
    QLineEdit* field() { return find<QLineEdit>("topicEdit"); }
    QToolButton* pencil() { return find<QToolButton>("editTopic"); }
    ElidedLabel* label() { return find<ElidedLabel>("placeTopic"); }
    QString count() { return find<QLabel>("topicCount")->text(); }
    void picture(const QString& name) {
        const QString folder = qEnvironmentVariable("SSCOPE_PICTURES");
        if (!folder.isEmpty())
            header.grab().save(folder + "/header-" + name + ".png");
    }

    ChatHeader header;
    QSignalSpy edited{&header, &ChatHeader::topicEdited};
};

} // namespace

class TestChatTopic : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }
    void init() { Theme::instance().setChoice(ThemeChoice::Light); }

    void thePencilComesWithThePointerAndTheKeyboard() {
        Fixture f;
        QVERIFY(f.pencil()->isVisible()); // it keeps its place
        QTRY_VERIFY(f.pencil()->icon().isNull());
        f.picture("rest");
        const int gap = f.pencil()->x() - f.label()->geometry().right();
        QVERIFY2(gap > 0 && gap <= 16, qPrintable(QString::number(gap)));
        QTest::keyClick(f.header.searchField(), Qt::Key_Backtab);
        QVERIFY(f.pencil()->hasFocus());
        QTRY_VERIFY(!f.pencil()->icon().isNull());
        f.picture("focus");
        QTest::keyClick(f.pencil(), Qt::Key_Space);
        QVERIFY(f.field()->hasFocus());
        QCOMPARE(f.field()->selectedText(), QString("Who holds which port"));
        QTest::keyClicks(f.field(), "Who hangs");
        QTest::keyClick(f.field(), Qt::Key_Return);
        QCOMPARE(f.edited.size(), 1);
        QCOMPARE(f.edited[0][0].toString(), QString("Who hangs"));
        f.header.setTopic(QString());
        QTRY_VERIFY(!f.pencil()->icon().isNull()); // nothing else says that there is one to set
        f.picture("none");
    }

    void itIsSetByItsMenuAndByADoubleClick() {
        Fixture f;
        const auto choose = [&](const QString& text) {
            QTimer::singleShot(0, [&] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                for (QAction* action : menu ? menu->actions() : QList<QAction*>()) {
                    if (action->text() == text)
                        action->trigger();
                }
                if (menu)
                    menu->close();
            });
            QContextMenuEvent event(QContextMenuEvent::Mouse, {5, 5},
                                    f.label()->mapToGlobal(QPoint(5, 5)));
            QCoreApplication::sendEvent(f.label(), &event);
        };
        choose("Copy the topic");
        QCOMPARE(QGuiApplication::clipboard()->text(), QString("Who holds which port"));
        QVERIFY(!f.field()->isVisible());
        choose("Set the topic…");
        QVERIFY(f.field()->isVisible());
        QTest::keyClick(f.field(), Qt::Key_Escape);
        QVERIFY(!f.field()->isVisible() && f.label()->isVisible());
        QTest::mouseDClick(f.label(), Qt::LeftButton);
        QVERIFY(f.field()->isVisible());
        QCOMPARE(f.edited.size(), 0);
    }

    void itsLimitIsToldWhileItIsTyped() {
        Fixture f;
        f.header.editTopic();
        QCOMPARE(f.count(), QString("20 B of 1 KiB"));
        f.picture("edited");
        f.field()->setText(QString::fromUtf8("题").repeated(341)); // of three bytes each
        QCOMPARE(f.count(), QString("1023 B of 1 KiB"));
        f.field()->setText(QString::fromUtf8("题").repeated(342));
        QCOMPARE(f.count(), QString("2 B too long"));
        QVERIFY(f.field()->property("atFault").toBool());
        f.picture("too-long");
        QTest::keyClick(f.field(), Qt::Key_Return);
        QCOMPARE(f.edited.size(), 0);
        QVERIFY(f.field()->isVisible());
        f.field()->setText(QString("x").repeated(static_cast<int>(longestChatTopic)));
        QTest::keyClick(f.field(), Qt::Key_Return);
        QCOMPARE(f.edited.size(), 1);
    }

    void aLongOneLeavesRoomForTheRest() {
        Fixture f;
        f.header.setTopic(QString("Who holds which port, and why it hangs. ").repeated(10));
        QCoreApplication::processEvents();
        f.picture("long");
        QVERIFY(f.pencil()->geometry().right() < f.header.searchField()->x());
        QVERIFY(f.label()->width() > 200);
        f.header.resize(360, ChatHeader::barHeight); // in its menu and the rooms' still
        QVERIFY(!f.label()->isVisible() && !f.pencil()->isVisible());
        QTest::mouseDClick(f.find<QLabel>("placeName"), Qt::LeftButton);
        QVERIFY(f.field()->isVisible());
        QCoreApplication::processEvents();
        f.picture("360-edited");
        QVERIFY(f.field()->width() > 100);
        QVERIFY(f.find<QLabel>("topicCount")->geometry().right() < 360);
    }

    void whoeverIsNotInSetsNone() {
        Fixture f;
        f.header.setEnabledFor(false);
        QVERIFY(!f.pencil()->isVisible());
        f.header.editTopic();
        QVERIFY(!f.field()->isVisible());
        f.header.setEnabledFor(true);
        f.header.setPlace({ChatPlace::Kind::Person, "lin"});
        QVERIFY(!f.pencil()->isVisible());
        f.header.editTopic();
        QVERIFY(!f.field()->isVisible());
    }
};

QTEST_MAIN(TestChatTopic)
#include "tst_chat_topic.moc"
