#include <random>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"
#include "tests/ui/load_samples.h"
#include "ui/common/app_style.h"
#include "ui/common/export_button.h"
#include "ui/common/figure_row.h"
#include "ui/common/inline_message.h"
#include "ui/common/load_strip.h"
#include "ui/load/load_compare_model.h"
#include "ui/load/load_errors_model.h"
#include "ui/load/load_page.h"
#include "ui/load/load_plots.h"
#include "ui/load/load_runs_model.h"
#include "ui/load/load_runs_view.h"
#include "ui/load/load_text.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

ServerConfig echoServer() {
    return {.service = "echo", .listen = {{.host = "127.0.0.1", .port = 0}}};
}

LoadConfig loadOf(std::uint16_t port, Duration duration) {
    LoadConfig config;
    config.endpoint = {.host = "127.0.0.1", .port = port};
    config.connections = 3;
    config.duration = duration;
    return config;
}

/// A load that is over, with a name of its own by its rate.
LoadResult resultOf(double perSecond, std::chrono::microseconds middle, double spread = 0.3) {
    return sampleLoad({}, perSecond, middle, spread);
}

} // namespace

class TestLoadPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void figuresAreShort_data() {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64{0} << "–";
        QTest::newRow("tenths of a microsecond") << qint64{7'940} << "7.9 µs";
        QTest::newRow("microseconds") << qint64{228'300} << "228 µs";
        QTest::newRow("just a millisecond") << qint64{999'600} << "1.0 ms";
        QTest::newRow("milliseconds") << qint64{1'140'000} << "1.1 ms";
        QTest::newRow("hundreds") << qint64{250'400'000} << "250 ms";
        QTest::newRow("seconds") << qint64{1'240'000'000} << "1.2 s";
    }
    void figuresAreShort() {
        QFETCH(qint64, nanoseconds);
        QFETCH(QString, text);
        QCOMPARE(shortLatencyText(Duration(nanoseconds)), text);
    }

    void ratesAndTimesAreReadAsTheyAreWritten() {
        QCOMPARE(perSecondText(118'634), "118 600");
        QCOMPARE(perSecondText(9'412), "9 412");
        QCOMPARE(perSecondText(2.5), "2.5");
        QCOMPARE(parsePerSecond("10 000/s"), std::optional(10'000.0));
        QCOMPARE(parsePerSecond("2.5k"), std::optional(2'500.0));
        QVERIFY(!parsePerSecond("fast") && !parsePerSecond("0") && !parsePerSecond("-1"));
        for (const Duration span : {Duration(500ms), Duration(10s), Duration(2min)})
            QCOMPARE(parseSpan(spanText(span)), std::optional(span));
        QCOMPARE(parseSpan("1 m 30 s"), std::optional<Duration>(90s));
        QVERIFY(!parseSpan("10 s x") && !parseSpan("10 h"));
        QVERIFY(!parseSpan("") && !parseSpan("soon") && !parseSpan("0 s"));
        QCOMPARE(spanText(79s), "1 m 19 s");
    }

    void runsKeepTheirPlacesUnderRandomChanges() {
        std::mt19937 random(5);
        LoadRunsModel model;
        const QAbstractItemModelTester tester(&model);
        std::vector<std::pair<QString, double>> reference;
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        for (int round = 0; round < 300; ++round) {
            const auto count = static_cast<int>(reference.size());
            const unsigned what = random() % 4;
            if (what == 0 || count == 0) {
                const int row = model.add({});
                reference.emplace_back(model.nameOf(row), 0.0);
            } else if (what == 1) {
                const int row = static_cast<int>(random() % static_cast<unsigned>(count));
                model.remove(row);
                reference.erase(reference.begin() + row);
            } else {
                const auto row = random() % reference.size();
                LoadResult result{.phase = LoadPhase::Done, .elapsed = 1s};
                result.requests = random() % 1'000;
                reference[row].second = static_cast<double>(result.requests);
                model.setResult(static_cast<int>(row), result);
            }
            QCOMPARE(model.rowCount(), static_cast<int>(reference.size()));
            for (std::size_t row = 0; row < reference.size(); ++row) {
                QCOMPARE(model.nameOf(static_cast<int>(row)), reference[row].first);
                QCOMPARE(model.at(static_cast<int>(row)).result.perSecond(), reference[row].second);
            }
        }
        QCOMPARE(resets.count(), 0);
    }

    void aRunCanHaveAnotherName() {
        LoadRunsModel model;
        model.add({});
        QVERIFY(model.setData(model.index(0), "with nodelay", Qt::EditRole));
        QCOMPARE(model.nameOf(0), "with nodelay");
        QVERIFY(!model.setData(model.index(0), "  ", Qt::EditRole));
    }

    void theBestOfEachColumnIsTold() {
        LoadCompareModel model;
        const QAbstractItemModelTester tester(&model);
        const NamedLoad quick{"quick", resultOf(90'000, 100us)};
        const NamedLoad busy{"busy", resultOf(120'000, 300us)};
        const NamedLoad silent{"silent", {.phase = LoadPhase::Failed}};
        model.setRuns({&quick, &busy, &silent});
        QVERIFY(model.isBest(1, LoadCompareModel::RateColumn));
        QVERIFY(!model.isBest(0, LoadCompareModel::RateColumn));
        for (int column = LoadCompareModel::P50Column; column < LoadCompareModel::ColumnCount;
             ++column) {
            QVERIFY(model.isBest(0, column));
            QVERIFY(!model.isBest(1, column) && !model.isBest(2, column));
        }
        QVERIFY(!model.isBest(0, LoadCompareModel::ErrorsColumn)); // all have none
        QCOMPARE(model.index(2, LoadCompareModel::P50Column).data().toString(), "–");
    }

    void errorsAreSortedByCount() {
        LoadErrorsModel model;
        const QAbstractItemModelTester tester(&model);
        std::mt19937 random(9);
        for (int round = 0; round < 100; ++round) {
            LoadResult result;
            std::size_t kinds = 0;
            for (LoadErrorCount& error : result.errors) {
                error.count = random() % 3 == 0 ? random() % 50 : 0;
                kinds += error.count > 0 ? 1 : 0;
            }
            model.setResult(result);
            QCOMPARE(model.rowCount(), static_cast<int>(kinds));
            int before = 1'000;
            for (int row = 0; row < model.rowCount(); ++row) {
                const int count =
                    model.index(row, LoadErrorsModel::CountColumn).data().toString().toInt();
                QVERIFY(count > 0 && count <= before);
                before = count;
            }
        }
        QVERIFY(!reasonWord(LoadErrorReason::Refused).isEmpty());
    }

    void aSecondWithoutARequestIsAGap() {
        LoadResult result = resultOf(1'000, 200us);
        result.intervals[3].requests = 0;
        const LoadPlots plots = loadPlots(result);
        QCOMPARE(plots.ends.size(), result.intervals.size());
        QCOMPARE(plots.span, 10.0);
        QVERIFY(std::isnan(plots.plots[0].lines[0].values[3]));
        QCOMPARE(plots.plots[1].lines[0].values[3], 0.0);
        QVERIFY(std::isfinite(plots.plots[0].lines[0].values[4]));
    }

    void paintsAtAnySize() {
        LoadPage page;
        for (const bool isDark : {false, true}) {
            Theme::instance().setChoice(isDark ? ThemeChoice::Dark : ThemeChoice::Light);
            page.addResult(resultOf(50'000, 250us));
            page.addResult({.phase = LoadPhase::Failed});
            for (const QSize size : {QSize(991, 696), QSize(1, 1), QSize(40, 900), QSize(420, 300),
                                     QSize(2400, 200), QSize(700, 450)}) {
                page.resize(size);
                auto* runs = page.findChild<LoadRunsView*>("loadRuns");
                runs->choose(0);
                QVERIFY(!page.grab().isNull());
                keep(page, QStringLiteral("one-%1-%2").arg(isDark).arg(size.width()));
                runs->selectAll();
                QVERIFY(!page.grab().isNull());
                keep(page, QStringLiteral("all-%1-%2").arg(isDark).arg(size.width()));
            }
        }
        Theme::instance().setChoice(ThemeChoice::System);
    }

    void aLongRunIsDrawnToo() {
        LoadResult result = resultOf(1'000, 200us);
        const LoadInterval one = result.intervals.front();
        for (int i = 10; i < 20'000; ++i) {
            result.intervals.push_back(one);
            result.intervals.back().begin = std::chrono::seconds(i);
        }
        LoadPage page;
        page.resize(991, 696);
        page.addResult(std::move(result));
        QVERIFY(!page.grab().isNull());
    }

    void severalAreCompared() {
        LoadPage page;
        page.resize(991, 696);
        page.show();
        page.addResult(resultOf(90'000, 100us));
        page.addResult(resultOf(120'000, 300us));
        auto* runs = page.findChild<LoadRunsView*>("loadRuns");
        auto* table = page.findChild<QTableView*>("loadComparison");
        auto* figures = page.findChild<FigureRow*>("loadFigures");
        QVERIFY(figures->isVisible() && !table->isVisible());
        QCOMPARE(figures->figures().front().value, "120 000");
        runs->selectAll();
        QVERIFY(!figures->isVisible() && table->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        runs->setFocus();
        QTest::keyClick(runs, Qt::Key_Delete);
        QCOMPARE(page.runs().rowCount(), 0);
        QVERIFY(figures->isVisible());
    }

    void theCommandLineFollowsTheFields() {
        LoadPage page;
        page.show();
        auto* strip = page.findChild<LoadStrip*>("loadStrip");
        page.findChild<QLineEdit*>("loadConnections")->clear();
        QTest::keyClicks(page.findChild<QLineEdit*>("loadConnections"), "200");
        QVERIFY2(strip->command().startsWith("socketscope load ") &&
                     strip->command().contains("--connections 200"),
                 qPrintable(strip->command()));
        page.findChild<QToolButton*>("copyLoadCommand")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), strip->command());
        QTest::keyClicks(page.findChild<QLineEdit*>("loadConnections"), "x");
        QCOMPARE(strip->command(), QString());
    }

    void whatIsTypedWrongIsSaidAndStartsNothing_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("connections") << "loadConnections"
                                     << "0";
        QTest::newRow("size") << "loadSize"
                              << "big";
        QTest::newRow("duration") << "loadDuration"
                                  << "a while";
    }
    void whatIsTypedWrongIsSaidAndStartsNothing() {
        QFETCH(QString, field);
        QFETCH(QString, text);
        LoadPage page;
        page.show();
        page.findChild<QLineEdit*>(field)->setText(text);
        QTest::mouseClick(page.findChild<QPushButton*>("loadStart"), Qt::LeftButton);
        QVERIFY(!page.isRunning());
        QVERIFY(page.findChild<InlineMessage*>()->isVisible());
        QVERIFY(page.findChild<QLineEdit*>(field)->property("atFault").toBool());
        QCOMPARE(page.runs().rowCount(), 0);
    }

    void loadsForReal() {
        ModelServer server(echoServer());
        LoadPage page;
        page.resize(991, 696);
        page.show();
        page.setConfig(loadOf(server.port(), 400ms));
        QCOMPARE(page.title(), QStringLiteral("Load :%1").arg(server.port()));
        QSignalSpy finished(&page, &LoadPage::finished);
        page.activateWindow(); // shortcuts are the active window's
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.focusFirst();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(page.isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
        const LoadResult& result = page.runs().at(0).result;
        QCOMPARE(result.phase, LoadPhase::Done);
        QVERIFY(result.requests > 0);
        QCOMPARE(result.errorCount(), std::uint64_t{0});
        const auto* figures = page.findChild<FigureRow*>("loadFigures");
        QCOMPARE(figures->figures().at(1).value, "0");
        QVERIFY(figures->figures().at(2).value != "–");
        QVERIFY(page.findChild<LoadStrip*>("loadStrip")->progress().startsWith("Run 1: done, "));
        checkExport(page);
        QVERIFY(server.stopAndWait());
    }

    void aServerThatRefusesIsSaidInASentence() {
        std::uint16_t port = 0;
        {
            const TestSocket listener = TestSocket::listenTcp();
            port = listener.port();
        }
        LoadPage page;
        page.show();
        page.setConfig(loadOf(port, 1s));
        QSignalSpy finished(&page, &LoadPage::finished);
        page.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
        const auto* message = page.findChild<InlineMessage*>();
        QVERIFY(message->isVisible());
        QVERIFY2(message->text().contains("ECONNREFUSED"), qPrintable(message->text()));
        QCOMPARE(page.runs().outcomeOf(0), "failed");
        QCOMPARE(page.findChild<QPushButton*>("loadStart")->text(), "Start");
    }

    void isCancelledAndKeepsWhatWasMeasured() {
        ModelServer server(echoServer());
        LoadPage page;
        page.show();
        page.setConfig(loadOf(server.port(), 60s));
        QSignalSpy finished(&page, &LoadPage::finished);
        page.start();
        QTRY_VERIFY_WITH_TIMEOUT(page.runs().at(0).result.requests > 0, 20'000);
        QTest::mouseClick(page.findChild<QPushButton*>("loadStart"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20'000);
        QCOMPARE(page.runs().at(0).result.phase, LoadPhase::Cancelled);
        QVERIFY(page.runs().at(0).result.requests > 0);
        QVERIFY(server.stopAndWait());
    }

    void aTabThatIsClosedEndsItsConnections() {
        ModelServer server(echoServer());
        auto page = std::make_unique<LoadPage>();
        page->setConfig(loadOf(server.port(), 60s));
        page->start();
        QTRY_VERIFY_WITH_TIMEOUT(page->runs().at(0).result.requests > 0, 20'000);
        page.reset();
        QVERIFY(server.log().waitFor<lifecycle::Closed>(3));
        QVERIFY(server.stopAndWait());
    }

private:
    static void keep(QWidget& page, const QString& name) {
        if (qEnvironmentVariableIsSet("SSCOPE_KEEP_PICTURES"))
            page.grab().save(QStringLiteral("/tmp/load-%1.png").arg(name));
    }

    static void checkExport(LoadPage& page) {
        auto* button = page.findChild<ExportButton*>("exportButton");
        const QString path = QString::fromStdString(temporaryPath("load.csv"));
        button->saveAs(path, ExportButton::Form::Csv);
        QTRY_COMPARE(page.findChild<InlineMessage*>()->text(), "Saved as load.csv.");
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') >= 2); // a header, and a second
    }
};

QTEST_MAIN(TestLoadPage)
#include "tst_load_page.moc"
