// Closed sockets in the table's dock: filtered, sorted, copied, exported.

#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>
#include <QtTest>

#include "tests/ui/connections_fixture.h"
#include "tests/ui/table_rows.h"
#include "ui/common/app_style.h"
#include "ui/common/export_button.h"
#include "ui/connections/closed_model.h"
#include "ui/connections/closed_view.h"
#include "ui/connections/column_layout.h"
#include "ui/connections/connections_dock.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/filter_field.h"
#include "ui/engine_bridge.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Model = ConnectionsModel;

class TestClosedView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void closedSocketsHaveTheSameFilter() {
        Fixture f;
        ClosedSocket closed;
        closed.row = makeRow(1, 80, 9);
        ClosedSocket other;
        other.row = makeRow(2, 443, 9);
        Q_EMIT f.bridge.closedArrived({closed, HistoryGap{{}, 3}, other});
        QCOMPARE(f.dock->closed().rowCount(), 3);
        QTest::mouseClick(f.find<QToolButton>("viewClosed"), Qt::LeftButton);
        QVERIFY(f.find<QWidget>("closedView")->isVisible());
        f.filter().setText("port:443");
        QCOMPARE(f.dock->closed().rowCount(), 2); // the gap is always there
        QTest::mouseClick(f.find<QToolButton>("viewAll"), Qt::LeftButton);
        QVERIFY(f.view().isVisible());
    }

    void closedSocketsAreSortedAndTheirColumnsChosen() {
        Fixture f;
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), makeClosed(2, 80), makeClosed(3, 8080)});
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        f.dock->resize(1440, 400);
        QTRY_COMPARE(view.width(), 1440);
        const auto shown = [&] {
            std::vector<quint64> all;
            for (int row = 0; row < f.dock->closed().rowCount(); ++row)
                all.push_back(f.dock->closed().socketAt(row)->row.cookie);
            return all;
        };
        QCOMPARE(shown(), (std::vector<quint64>{3, 2, 1}));
        clickHeader(view, ClosedModel::LocalColumn);
        QCOMPARE(shown(), (std::vector<quint64>{2, 1, 3}));
        Q_EMIT f.bridge.closedArrived({makeClosed(4, 100)});
        QCOMPARE(shown(), (std::vector<quint64>{2, 4, 1, 3}));
        QMenu menu;
        view.columns().fillMenu(menu);
        QStringList names;
        for (QAction* action : menu.actions()) {
            names.append(action->text());
            if (action->text() == "PID")
                action->trigger();
        }
        QVERIFY(names.contains("Retransmits") && !names.contains("Closed"));
        QVERIFY(view.isColumnHidden(ClosedModel::PidColumn));
        // All of it is there at the next start, and the table's columns are their own.
        f.open();
        f.dock->showView(ConnectionsDock::Closed);
        QVERIFY(f.dock->closedView().isColumnHidden(ClosedModel::PidColumn));
        QVERIFY(!f.view().isColumnHidden(Model::PidColumn));
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), makeClosed(2, 80)});
        QCOMPARE(shown(), (std::vector<quint64>{2, 1}));
        QMenu again;
        f.dock->closedView().columns().fillMenu(again);
        again.actions().last()->trigger(); // as at first
        QVERIFY(!f.dock->closedView().isColumnHidden(ClosedModel::PidColumn));
        Q_EMIT f.bridge.closedArrived({makeClosed(3, 100)});
        QCOMPARE(shown(), (std::vector<quint64>{3, 2, 1}));
    }

    void closedSocketsAreCopiedAndExported() {
        Fixture f;
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), HistoryGap{{}, 3}, makeClosed(2, 80)});
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        view.selectAll();
        const auto choose = [&](const char* name) {
            QMenu menu;
            view.fillMenu(menu, f.dock->closed().index(0, ClosedModel::LocalColumn));
            menu.findChild<QAction*>(name)->trigger();
            return clipboard();
        };
        QCOMPARE(choose("copyCell"), QString("127.0.0.1:80"));
        QVERIFY(choose("copyRow").contains("127.0.0.1:80\t127.0.0.1:9"));
        QCOMPARE(choose("copyText").count('\n'), 2); // the gap too
        QCOMPARE(choose("copySs"), QString("( src 127.0.0.1:80 and dst 127.0.0.1:9 ) or "
                                           "( src 127.0.0.1:443 and dst 127.0.0.1:9 )"));
        QVERIFY(choose("copyCsv").startsWith("closed_at,"));
        QCOMPARE(QJsonDocument::fromJson(choose("copyJson").toUtf8()).array().size(), 2);
        auto* button = f.find<ExportButton>("exportButton");
        QVERIFY(button->isEnabled());
        const QString path = f.folder.filePath("closed.json");
        button->saveAs(path, ExportButton::Form::Json);
        QTRY_VERIFY(button->isEnabled());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray written = QJsonDocument::fromJson(file.readAll()).array();
        QCOMPARE(written.size(), 3);
        QCOMPARE(written.at(1).toObject().value("lost").toInt(), 3);
        button->saveAs(f.folder.filePath("closed.csv"), ExportButton::Form::Csv);
        QTRY_VERIFY(button->isEnabled());
        QFile csv(f.folder.filePath("closed.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), 4);
    }

    void manyClosedSocketsAreCopiedOffTheWindowsThread() {
        Fixture f;
        std::vector<HistoryEntry> many{HistoryGap{{}, 3}};
        for (std::uint64_t i = 1; i <= 3'000; ++i)
            many.emplace_back(makeClosed(i, static_cast<std::uint16_t>(i)));
        Q_EMIT f.bridge.closedArrived(many);
        f.dock->showView(ConnectionsDock::Closed);
        QTRY_COMPARE(f.dock->closed().rowCount(), 3'001);
        ClosedView& view = f.dock->closedView();
        view.selectAll();
        QMenu menu;
        view.fillMenu(menu, f.dock->closed().index(0, 0));
        const auto text = [] { return QApplication::clipboard()->text(); };
        const auto begin = [&](const char* name) {
            QApplication::clipboard()->setText("before");
            menu.findChild<QAction*>(name)->trigger();
            return text() == "before";
        };
        QVERIFY(begin("copyText"));
        f.dock->closed().clear(); // they are still copied
        QTRY_COMPARE(text().count('\n'), 3'000);
        Q_EMIT f.bridge.closedArrived(many);
        QTRY_COMPARE(f.dock->closed().rowCount(), 3'001);
        view.selectAll();
        QVERIFY(begin("copyCsv"));
        QTRY_COMPARE(text().count('\n'), 3'001); // and the header
        QVERIFY(begin("copyFilter"));
        QTRY_VERIFY(text().startsWith("( "));
    }

    void aSelectedClosedSocketKeepsItsPlaceInTheView() {
        Fixture f;
        std::vector<HistoryEntry> first;
        for (std::uint64_t i = 1; i <= 200; ++i)
            first.emplace_back(makeClosed(i, static_cast<std::uint16_t>(1000 + i)));
        Q_EMIT f.bridge.closedArrived(first);
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        const QSignalSpy chosen(&view, &ClosedView::chosen);
        view.setCurrentIndex(f.dock->closed().index(100, 0));
        QCOMPARE(chosen.count(), 1);
        QCoreApplication::processEvents();
        const auto y = [&] { return view.rowViewportPosition(view.currentIndex().row()); };
        const int before = y();
        Q_EMIT f.bridge.closedArrived({makeClosed(300, 1), makeClosed(301, 5000)});
        QCOMPARE(view.currentIndex().row(), 102);
        QCOMPARE(y(), before);
        f.dock->closed().sort(ClosedModel::LocalColumn, Qt::AscendingOrder);
        QCOMPARE(view.currentIndex().row(), 100);
        QCOMPARE(y(), before);
        QCOMPARE(chosen.count(), 1);
    }

    void aSelectedClosedSocketOutlivesAFilter() {
        Fixture f;
        Q_EMIT f.bridge.closedArrived({makeClosed(1, 443), makeClosed(2, 80)});
        f.dock->showView(ConnectionsDock::Closed);
        ClosedView& view = f.dock->closedView();
        view.setCurrentIndex(f.dock->closed().index(1, 0));
        f.filter().setText("port:80");
        QCOMPARE(f.dock->closed().rowCount(), 1);
        f.filter().setText("port:443");
        QCOMPARE(f.dock->closed().socketAt(view.currentIndex().row())->row.cookie, quint64{1});
        f.filter().setText("port:80");
        f.filter().clear();
        QCOMPARE(view.currentIndex().row(), 1);
        QCOMPARE(view.selectionModel()->selectedRows().size(), 1);
    }
};

QTEST_MAIN(TestClosedView)
#include "tst_closed_view.moc"
