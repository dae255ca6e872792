// The table's dock: selection, headings, filters, views, snapshots.

#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QtTest>

#include "tests/ui/connections_fixture.h"
#include "tests/ui/table_rows.h"
#include "ui/common/app_style.h"
#include "ui/common/inline_message.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/connections/snapshot_page.h"
#include "ui/connections/state_bar.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

class TestConnectionsDock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void severalRowsStaySelectedWhileOthersComeAndGo() {
        Fixture f;
        TableChange first;
        for (std::uint64_t i = 1; i <= 12; ++i)
            first.added.push_back(makeRow(i, static_cast<std::uint16_t>(100 + i)));
        f.take(std::move(first));
        const QSignalSpy spy(&f.view(), &ConnectionsView::selectionChangedTo);
        f.clickRow(3);
        QCOMPARE(spy.last().at(0).toULongLong(), quint64{3});
        f.clickRow(5, Qt::ControlModifier);
        QCOMPARE(spy.last().at(0).toULongLong(), quint64{5});
        f.clickRow(7, Qt::ShiftModifier | Qt::ControlModifier);
        QVERIFY((f.view().selectedCookies() == std::vector<quint64>{3, 5, 6, 7}));
        f.take({.added = {makeRow(20, 50), makeRow(21, 106)}, .gone = {makeRow(6, 106)}});
        f.take({});
        QVERIFY((f.view().selectedCookies() == std::vector<quint64>{3, 5, 7}));
        f.filter().setText("port:103");
        QVERIFY((f.shown() == std::vector<quint64>{3}));
        f.filter().clear();
        QVERIFY((f.view().selectedCookies() == std::vector<quint64>{3, 5, 7}));
        QCOMPARE(f.view().selectionModel()->selectedRows().size(), 3);
        QCOMPARE(f.view().currentCookie(), quint64{7});
    }

    void theSelectedRowKeepsItsPlaceInTheView() {
        Fixture f;
        TableChange first;
        for (std::uint64_t i = 1; i <= 200; ++i)
            first.added.push_back(makeRow(i, static_cast<std::uint16_t>(1000 + i)));
        f.take(std::move(first));
        f.view().selectCookie(100);
        QCoreApplication::processEvents();
        const auto y = [&] { return f.view().rowViewportPosition(f.model().rowOfCookie(100)); };
        const int before = y();
        TableChange above;
        for (std::uint64_t i = 300; i < 340; ++i)
            above.added.push_back(makeRow(i, static_cast<std::uint16_t>(i)));
        f.take(std::move(above));
        QCoreApplication::processEvents();
        QCOMPARE(y(), before);
    }

    void homeAndEndGoToTheFirstAndTheLastRow() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 81), makeRow(3, 82)}});
        f.view().setFocus();
        f.view().setCurrentIndex(f.model().index(1, 1));
        QTest::keyClick(&f.view(), Qt::Key_End);
        QCOMPARE(f.view().currentIndex().row(), 2);
        QTest::keyClick(&f.view(), Qt::Key_Home);
        QCOMPARE(f.view().currentIndex().row(), 0);
    }

    void headingsFoldByKeyAndClick() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 5), makeRow(2, 81, 0, SocketState::Listen),
                          makeRow(3, 82, 0, SocketState::Listen)}});
        f.find<QMenu>("tableOptions")->findChild<QAction*>("groupState")->trigger();
        QVERIFY((f.shown() == std::vector<quint64>{0, 2, 3, 0, 1}));
        f.view().setFocus();
        f.view().setCurrentIndex(f.model().index(1, 1));
        QTest::keyClick(&f.view(), Qt::Key_Left); // to its heading
        QCOMPARE(f.view().currentIndex().row(), 0);
        QTest::keyClick(&f.view(), Qt::Key_Left);
        QVERIFY((f.shown() == std::vector<quint64>{0, 0, 1}));
        QTest::keyClick(&f.view(), Qt::Key_Right);
        QVERIFY((f.shown() == std::vector<quint64>{0, 2, 3, 0, 1}));
        QTest::keyClick(&f.view(), Qt::Key_Space);
        QVERIFY((f.shown() == std::vector<quint64>{0, 0, 1}));
        QTest::mouseClick(f.view().viewport(), Qt::LeftButton, {},
                          f.view().visualRect(f.model().index(0, 1)).center());
        QVERIFY((f.shown() == std::vector<quint64>{0, 2, 3, 0, 1}));
        // The choice is there at the next start.
        f.open();
        QCOMPARE(f.model().grouping(), Grouping::State);
    }

    void theBarOfStatesFilters() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 5), makeRow(2, 81, 0, SocketState::Listen),
                          makeRow(3, 82, 5, SocketState::CloseWait)}});
        auto* listen = f.find<StateButton>("stateLISTEN");
        auto* waiting = f.find<StateButton>("stateCLOSE_WAIT");
        QVERIFY(listen->isVisible() && listen->count() == 1);
        QVERIFY(!f.find<StateButton>("stateLAST_ACK")->isVisible());
        QTest::mouseClick(listen, Qt::LeftButton);
        QVERIFY((f.shown() == std::vector<quint64>{2}));
        QTest::keyClick(waiting, Qt::Key_Space); // another instead
        QVERIFY((f.shown() == std::vector<quint64>{3}));
        QVERIFY(!listen->isChecked());
        QTest::mouseClick(waiting, Qt::LeftButton);
        QCOMPARE(f.model().rowCount(), 3);
        QVERIFY(!waiting->isChecked());
    }

    void aFilterThatIsNoneSaysWhereAndTheLastOneHolds() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 443)}});
        f.filter().setFocus();
        QTest::keyClicks(&f.filter(), "port:443");
        QVERIFY((f.shown() == std::vector<quint64>{2}));
        f.filter().setText("port:443 port:x");
        QVERIFY((f.shown() == std::vector<quint64>{2}));
        auto* fault = f.find<QLabel>("filterFault");
        QVERIFY(fault->isVisible());
        QVERIFY2(fault->text().contains("15"), qPrintable(fault->text())); // the column of x
        QVERIFY(!f.find<StateBar>("stateBar")->isVisible());
        f.filter().setText("port:80");
        QVERIFY(!fault->isVisible());
        QVERIFY((f.shown() == std::vector<quint64>{1}));
    }

    void filtersThatWereUsedComeBack() {
        Fixture f;
        f.filter().setFocus();
        for (const char* text : {"port:80", "not port:80"}) {
            f.filter().setText(text);
            QTest::keyClick(&f.filter(), Qt::Key_Return);
        }
        f.filter().clear();
        QTest::keyClick(&f.filter(), Qt::Key_Up);
        QCOMPARE(f.filter().text(), QString("not port:80"));
        QTest::keyClick(&f.filter(), Qt::Key_Up);
        QCOMPARE(f.filter().text(), QString("port:80"));
        QTest::keyClick(&f.filter(), Qt::Key_Down);
        QTest::keyClick(&f.filter(), Qt::Key_Down);
        QCOMPARE(f.filter().text(), QString());
        f.open();
        QCOMPARE(f.filter().history(), QStringList({"not port:80", "port:80"}));
    }

    void wordsOfAFilterAreCompleted() {
        Fixture f;
        SocketRow row = makeRow(1, 80);
        setOwner(row, 7, "nginx");
        f.take({.added = {row}});
        f.filter().setFocus();
        QTest::keyClicks(&f.filter(), "process:ng");
        auto* popup = f.find<QWidget>("filterCompletions");
        QVERIFY(popup->isVisible());
        QTest::keyClick(&f.filter(), Qt::Key_Tab);
        QCOMPARE(f.filter().text().trimmed(), QString("process:nginx"));
        QVERIFY(!popup->isVisible());
    }

    void aKeyOnItsWayEmptiesNoTable() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 443)}});
        f.filter().setFocus();
        const QSignalSpy changed(&f.filter(), &FilterField::filterChanged);
        QTest::keyClicks(&f.filter(), "port:");
        QCOMPARE(changed.count(), 0);
        QCOMPARE(f.model().rowCount(), 2);
        QTest::keyClicks(&f.filter(), "80");
        QCOMPARE(f.model().rowCount(), 1);
        // As a word of its own it counts once it rests, or is confirmed.
        f.filter().clear();
        QTest::keyClicks(&f.filter(), "por");
        QTRY_COMPARE(f.model().rowCount(), 0);
        f.filter().clear();
        QTest::keyClicks(&f.filter(), "por");
        QTest::keyClick(&f.filter(), Qt::Key_Return);
        QCOMPARE(f.model().rowCount(), 0);
    }

    void everyViewKeepsItsColumns() {
        Fixture f;
        f.take({.added = {makeRow(1, 80)}});
        f.view().setColumnHidden(Model::UserColumn, true);
        f.dock->showView(ConnectionsDock::Ss);
        QCOMPARE(f.model().style(), TableStyle::Ss);
        f.view().horizontalHeader()->resizeSection(2, 211);
        f.dock->saveLayout();
        f.dock->showView(ConnectionsDock::Netstat);
        QVERIFY(f.view().columnWidth(2) != 211);
        f.dock->showView(ConnectionsDock::All);
        QVERIFY(f.view().isColumnHidden(Model::ReceiveRateColumn)); // hidden at first
        f.dock->showView(ConnectionsDock::Ss);
        QCOMPARE(f.view().columnWidth(2), 211);
        f.open();
        QCOMPARE(f.model().style(), TableStyle::Ss);
        QCOMPARE(f.view().columnWidth(2), 211);
    }

    void comparesSnapshotsAlsoFromAFile() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 81)}});
        f.find<QMenu>("tableOptions")->findChild<QAction*>("takeSnapshot")->trigger();
        QTRY_COMPARE(f.dock->snapshots().count(), 1);
        SocketRow changed = makeRow(1, 80);
        changed.receiveQueue = 5;
        f.take({.added = {makeRow(3, 82)}, .changed = {changed}, .gone = {makeRow(2, 81)}});
        const auto& difference = f.dock->snapshots().model().difference();
        QTRY_COMPARE(difference.same, std::size_t{2});
        f.press("Compare with now");
        QTRY_COMPARE(difference.opened.size(), std::size_t{1});
        QCOMPARE(difference.closed.size(), std::size_t{1});
        QCOMPARE(difference.changed.size(), std::size_t{1});
        QCOMPARE(f.dock->snapshots()
                     .model()
                     .index(2, SnapshotModel::ReceiveQueueColumn)
                     .data()
                     .toString(),
                 QString("5, was 0"));
        // What is sought is sought among the differences.
        auto* differences = f.find<QTableView>("snapshotTable");
        QVERIFY(f.dock->find("127.0.0.1:81", false));
        QCOMPARE(differences->currentIndex().row(), 1);
        QVERIFY(!f.dock->find("127.0.0.1:8080", false));
        QVERIFY(!f.view().currentIndex().isValid());
        const QString path = f.folder.filePath("snapshot.json");
        f.dock->snapshots().saveTo(path);
        QTRY_VERIFY(QFile::exists(path));
        f.dock->snapshots().openFile(path);
        QTRY_COMPARE(f.dock->snapshots().count(), 2);
        QTRY_COMPARE(difference.opened.size(), std::size_t{1});
        // What is no snapshot says so, and all stays as it was.
        QFile torn(f.folder.filePath("torn.json"));
        QVERIFY(torn.open(QIODevice::WriteOnly) && torn.write("{\"format\": 7") > 0);
        torn.close();
        f.message().hide();
        f.dock->snapshots().openFile(torn.fileName());
        QTRY_VERIFY(f.message().isVisible());
        QCOMPARE(f.dock->snapshots().count(), 2);
    }

    void showsWhoHoldsAPort() {
        Fixture f;
        f.take({.added = {makeRow(1, 80, 4000), makeRow(2, 80, 0, SocketState::Bound),
                          makeRow(3, 443, 0, SocketState::Listen)}});
        f.dock->showView(ConnectionsDock::Closed);
        f.filter().setText("port:443");
        f.dock->showPort(80);
        QCOMPARE(f.view().currentCookie(), quint64{2});
        QVERIFY(f.view().isVisible() && f.filter().text().isEmpty());
        f.dock->showPort(81);
        QVERIFY(f.message().text().contains("81"));
    }

    void showsWhoHoldsAPortOnceALargeTableIsTaken() {
        Fixture f;
        TableChange many;
        for (std::uint64_t cookie = 1; cookie <= 30'000; ++cookie)
            many.added.push_back(makeRow(cookie, static_cast<std::uint16_t>(cookie)));
        f.take(std::move(many));
        QVERIFY(f.model().isBusy());
        f.dock->showPort(29'999);
        QTRY_COMPARE(f.view().currentCookie(), quint64{29'999});
    }

    void sayingThatAKindIsNotOffered() {
        Fixture f;
        TableUpdate update = makeUpdate({});
        update.stats.notOffered = {SocketProtocol::UdpLite};
        Q_EMIT f.bridge.tableArrived(update);
        auto* action = f.find<QMenu>("tableOptions")->findChild<QAction*>("tableKind.udplite");
        QVERIFY(action);
        QVERIFY(action->text().contains("not offered"));
        update.stats.notOffered.clear();
        Q_EMIT f.bridge.tableArrived(update);
        QCOMPARE(action->text(), QString("UDP-Lite"));
    }

    void countsLeaveOutWhatIsGone() {
        Fixture f;
        f.take({.added = {makeRow(1, 80), makeRow(2, 81), makeRow(3, 82)}});
        f.filter().setText("port:81-82");
        f.take({.gone = {makeRow(1, 80), makeRow(2, 81)}});
        QCOMPARE(f.shown(), (std::vector<quint64>{2, 3})); // for one interval, red
        QCOMPARE(f.model().total(), std::size_t{1});
        QCOMPARE(f.model().passing(), std::size_t{1});
        f.take({});
        QCOMPARE(f.model().total(), std::size_t{1});
        QCOMPARE(f.model().passing(), std::size_t{1});
    }

    void tablesWaitWithTheirReaderWhileOneIsTaken() {
        Fixture f;
        TableChange many;
        for (std::uint64_t cookie = 1; cookie <= 30'000; ++cookie)
            many.added.push_back(makeRow(cookie, static_cast<std::uint16_t>(cookie)));
        f.take(std::move(many));
        QVERIFY(f.model().isBusy());
        QVERIFY(f.bridge.isTableHeld());
        QTRY_VERIFY(!f.model().isBusy());
        QTRY_VERIFY(!f.bridge.isTableHeld());
    }

    void hostileNamesAreOneRowEach() {
        Fixture f;
        SocketRow row = makeRow(1, 80);
        setOwner(row, 7, "a) R 1 (\n");
        f.take({.added = {row, makeUnixRow(2, 0, "@a\nb\x1b[31m\xe2\x80\xae")}});
        QCOMPARE(f.model().rowCount(), 2);
        for (int r = 0; r < 2; ++r) {
            const QString line = f.model().lineText(r);
            QVERIFY(!line.contains('\n') && !line.contains(QChar(0x1b)) &&
                    !line.contains(QChar(0x202e)));
        }
        QCOMPARE(f.model().index(f.model().rowOfCookie(1), Model::ProcessColumn).data().toString(),
                 QString("a) R 1 (\\n"));
    }
};

QTEST_MAIN(TestConnectionsDock)
#include "tst_connections_dock.moc"
