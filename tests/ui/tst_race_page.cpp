#include <random>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QtTest>

#include "core/process/helper_process.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"
#include "tests/ui/load_samples.h"
#include "ui/common/app_style.h"
#include "ui/common/export_button.h"
#include "ui/common/inline_message.h"
#include "ui/common/plot_labels.h"
#include "ui/load/findings_view.h"
#include "ui/load/latency_axis.h"
#include "ui/load/percentile_curve.h"
#include "ui/load/race_model.h"
#include "ui/load/race_page.h"
#include "ui/load/race_strip.h"
#include "ui/load/race_view.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

QString allOf(const std::vector<Finding>& findings) {
    QStringList texts;
    for (const Finding& finding : findings)
        texts.append(finding.text);
    return texts.join(QLatin1Char('\n'));
}

QStringList namesOf(const RaceModel& model) {
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(QString::fromStdString(model.at(row).model));
    return names;
}

/// Two models whose figures a test changes.
RaceResult twoModels() {
    RaceResult race = sampleRace();
    const RaceEntry epoll = race.entries[3];
    RaceEntry poll = race.entries[2];
    race.entries = {epoll, poll};
    return race;
}

void setFigures(RaceEntry& entry, double perSecond, std::chrono::microseconds middle,
                double cpuMicroseconds, double spread = 0.2) {
    entry.load = sampleLoad(entry.load.config, perSecond, middle, spread);
    entry.underLoad.cpu =
        Duration(std::llround(cpuMicroseconds * 1'000 * static_cast<double>(entry.load.requests)));
}

} // namespace

class TestRacePage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QApplication::setStyle(new AppStyle);
        setHelperProgram(ownProgram(QStringLiteral("socketscope")).toStdString());
    }

    void labelsThatWouldOverlapAreSpread() {
        std::mt19937 random(3);
        for (int round = 0; round < 300; ++round) {
            std::vector<int> wanted(1 + random() % 9);
            for (int& each : wanted)
                each = static_cast<int>(random() % 260);
            const std::vector<int> placed = spreadLabels(wanted, 14, 0, 260);
            QCOMPARE(placed.size(), wanted.size());
            std::vector<int> sorted = placed;
            std::ranges::sort(sorted);
            for (std::size_t i = 1; i < sorted.size(); ++i)
                QVERIFY(sorted[i] - sorted[i - 1] >= 13);
            QVERIFY(sorted.front() >= 0 && sorted.back() <= 260);
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                for (std::size_t j = 0; j < wanted.size(); ++j) {
                    if (wanted[i] < wanted[j])
                        QVERIFY(placed[i] < placed[j]); // their order is kept
                }
            }
        }
        QCOMPARE(spreadLabels({10, 100}, 14, 0, 200), (std::vector<int>{10, 100}));
    }

    void theAxisHoldsWhatItIsToShow() {
        const LatencyAxis usual;
        QCOMPARE(usual.position(10us), 0.0);
        QCOMPARE(usual.position(20ms), 1.0);
        QCOMPARE(usual.decades().size(), std::size_t{4});
        QCOMPARE(LatencyAxis::usualWith(20us, 5ms), usual);
        QVERIFY(LatencyAxis::usualWith(20us, 500ms).to() >= 500ms);
        const LatencyAxis decades = LatencyAxis::around(228us, 11ms);
        QCOMPARE(decades.from(), Duration(100us));
        QCOMPARE(decades.to(), Duration(20ms));
        for (const double position : {0.1, 0.5, 0.9})
            QVERIFY(std::abs(decades.position(decades.at(position)) - position) < 1e-3);
        QCOMPARE(sharePosition(0.5), 0.0);
        QCOMPARE(sharePosition(0.9999), 1.0);
        QVERIFY(std::abs(shareAt(sharePosition(0.99)) - 0.99) < 1e-9);
    }

    void noRequestIsLostBetweenTheColumns() {
        const LatencyHistogram latencies = sampleLatencies(300us, 0.7, 20'000);
        for (const std::size_t columns : {1U, 7U, 56U, 400U}) {
            double sum = 0;
            for (const double count : countsIn(latencies, LatencyAxis(), columns))
                sum += count;
            QVERIFY(std::abs(sum - 20'000) < 1e-3);
        }
    }

    void aCurveEndsWhereTheRequestsEnd() {
        QVERIFY(percentileCurve({}).empty());
        QCOMPARE(percentileCurve(sampleLatencies(1ms, 0.3, 200)).back().share, 0.995);
        QCOMPARE(percentileCurve(sampleLatencies(1ms, 0.3, 20'000)).back().share, 0.9999);
    }

    void sortsByAnyColumnBestFirst() {
        RaceModel model;
        const QAbstractItemModelTester tester(&model);
        model.setResult(sampleRace());
        QCOMPARE(namesOf(model).front(), "threads");
        QCOMPARE(namesOf(model).back(), "iterative");
        model.sort(RaceModel::CpuColumn, Qt::AscendingOrder);
        QCOMPARE(namesOf(model).front(), "epoll");
        model.sort(RaceModel::NameColumn, Qt::AscendingOrder);
        QCOMPARE(namesOf(model), (QStringList{"epoll", "iterative", "poll", "processes", "qt",
                                              "select", "threads"}));
        model.sort(RaceModel::MemoryColumn, Qt::DescendingOrder);
        QCOMPARE(namesOf(model).front(), "processes");
    }

    void bestOfAColumnIsAmongThoseThatCanBeCompared() {
        RaceModel model;
        model.setResult(sampleRace());
        const auto best = [&](int column) {
            QStringList names;
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.isBest(row, column))
                    names.append(QString::fromStdString(model.at(row).model));
            }
            return names;
        };
        QCOMPARE(best(RaceModel::RateColumn), QStringList{"threads"});
        QCOMPARE(best(RaceModel::P50Column), QStringList{"threads"}); // not iterative
        QCOMPARE(best(RaceModel::P99Column), QStringList{"epoll"});
        QCOMPARE(best(RaceModel::CpuColumn), QStringList{"epoll"});
        const int row = model.rowOf("iterative");
        QCOMPARE(model.reasonOf(model.at(row)), "49 of 50 waited");
        QVERIFY(!RaceModel::isComparable(model.at(row)));
        QCOMPARE(model.index(model.rowOf("processes"), RaceModel::ThreadsColumn).data().toString(),
                 "51 proc.");
    }

    void followsRandomRacesAsAReferenceDoes() {
        std::mt19937 random(11);
        const auto below = [&](int limit) {
            return static_cast<int>(random() % static_cast<unsigned>(limit));
        };
        RaceModel model;
        const QAbstractItemModelTester tester(&model);
        RaceResult race = sampleRace();
        model.setResult(race);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex epoll(model.index(model.rowOf("epoll"), 0));
        using State = RaceEntry::State;
        for (int round = 0; round < 150; ++round) {
            race.isOver = random() % 2 == 0;
            for (RaceEntry& entry : race.entries) {
                entry.state = static_cast<State>(random() % 6);
                const bool isAnswered = entry.state != State::Waiting;
                setFigures(entry, isAnswered ? 1 + below(100'000) : 0,
                           std::chrono::microseconds(20 + below(3'000)), 1 + below(20));
                entry.load.latencies =
                    sampleLatencies(std::chrono::microseconds(20 + below(3'000)), 0.2, 50);
                entry.load.neverServed = random() % 4 == 0 ? 3 : 0;
            }
            model.setResult(race);
            if (round % 5 == 0)
                model.sort(static_cast<int>(random() % RaceModel::ColumnCount),
                           random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            QStringList names = namesOf(model);
            names.sort();
            QCOMPARE(names, (QStringList{"epoll", "iterative", "poll", "processes", "qt", "select",
                                         "threads"}));
            QCOMPARE(model.at(epoll.row()).model, std::string("epoll"));
            QCOMPARE(model.at(epoll.row()).load.perSecond(), race.entries[3].load.perSecond());
        }
        QCOMPARE(resets.count(), 0);
    }

    void saysWhatTheFiguresOfTheMockUpSay() {
        const std::vector<Finding> findings = raceFindings(sampleRace());
        const QString text = allOf(findings);
        QVERIFY2(text.contains("threads answers most because it keeps 2.4 cores busy, epoll 0.9. "
                               "For each second of CPU time epoll answers 1.7 times as many."),
                 qPrintable(text));
        QVERIFY2(text.contains("threads and processes have the lowest p50 and the longest tail: "
                               "50 of them share 8 cores, and some wait for their turn."),
                 qPrintable(text));
        QVERIFY2(text.contains("iterative looks quick because it served one connection only; the "
                               "other 49 waited in the backlog to the end, and are not in its "
                               "percentiles."),
                 qPrintable(text));
        QVERIFY(findings.back().isCaution);
        for (const Finding& finding : findings) {
            for (const auto& [begin, length] : finding.names)
                QVERIFY(namesOfModels().contains(finding.text.mid(begin, length)));
        }
    }

    void saysNothingThatTheFiguresDoNotSay() {
        RaceResult race = twoModels();
        setFigures(race.entries[0], 100'000, 400us, 8);
        setFigures(race.entries[1], 101'000, 402us, 8.1);
        QString text = allOf(raceFindings(race));
        QVERIFY2(text.contains("within 5 %"), qPrintable(text));
        QVERIFY2(!text.contains("because") && !text.contains("tail"), qPrintable(text));
        // Faster at the same cost: nobody has kept more cores busy for nothing.
        setFigures(race.entries[1], 150'000, 300us, 8);
        text = allOf(raceFindings(race));
        QVERIFY2(text.contains("poll answers most."), qPrintable(text));
        QVERIFY2(!text.contains("because"), qPrintable(text));
        // With a rate all answer what was asked.
        race.config.load.rate = 1'000;
        setFigures(race.entries[0], 1'000, 100us, 8);
        setFigures(race.entries[1], 999, 200us, 9);
        text = allOf(raceFindings(race));
        QVERIFY2(text.contains("All answer the 1 000 requests a second"), qPrintable(text));
        QVERIFY2(text.contains("epoll has the lowest p50"), qPrintable(text));
        // One alone is compared with nothing.
        race.entries.pop_back();
        QVERIFY(raceFindings(race).empty());
    }

    void aFailedModelIsNamedWithItsReason() {
        RaceResult race = sampleRace();
        RaceEntry& qt = race.entries.back();
        qt = {.model = "qt", .state = RaceEntry::State::Failed};
        qt.failure = systemError(ENOENT, "posix_spawn", "socketscope-qt");
        const QString text = allOf(raceFindings(race));
        QVERIFY2(text.contains("qt did not run: ") && text.contains("ENOENT"), qPrintable(text));
        RaceModel model;
        model.setResult(race);
        QCOMPARE(namesOf(model).back(), "qt");
        QVERIFY(model.reasonOf(model.at(6)).contains("ENOENT"));
        QCOMPARE(model.index(6, RaceModel::RateColumn).data().toString(), QString());
    }

    void paintsAtAnySize() {
        RacePage page;
        for (const bool isDark : {false, true}) {
            Theme::instance().setChoice(isDark ? ThemeChoice::Dark : ThemeChoice::Light);
            for (const QSize size : {QSize(991, 696), QSize(1, 1), QSize(40, 900), QSize(420, 300),
                                     QSize(2400, 200), QSize(700, 450)}) {
                page.resize(size);
                page.showResult({});
                QVERIFY(!page.grab().isNull());
                page.showResult(sampleRace());
                const QPixmap picture = page.grab();
                QVERIFY(!picture.isNull());
                if (qEnvironmentVariableIsSet("SSCOPE_KEEP_PICTURES"))
                    picture.save(
                        QStringLiteral("/tmp/race-%1-%2.png").arg(isDark).arg(size.width()));
            }
        }
        Theme::instance().setChoice(ThemeChoice::System);
    }

    void aLineAndARowAreChosenTogether() {
        RacePage page;
        page.resize(991, 696);
        page.showResult(sampleRace());
        page.show();
        auto* view = page.findChild<RaceView*>("raceView");
        QCOMPARE(page.model().at(view->currentIndex().row()).model, std::string("epoll"));
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(view->currentIndex().row(), 0);
        auto* plot = page.findChild<PercentilePlot*>("percentilePlot");
        Q_EMIT plot->lineChosen(6); // qt, as the race names them
        QCOMPARE(page.model().at(view->currentIndex().row()).model, std::string("qt"));
        QVERIFY(page.find("select", false));
        QCOMPARE(page.model().at(view->currentIndex().row()).model, std::string("select"));
        QVERIFY(page.find("waited", false)); // a reason is text of its row
        QCOMPARE(page.model().at(view->currentIndex().row()).model, std::string("iterative"));
        QVERIFY(!page.find("no such", false));
    }

    void aClickOnAHeaderSorts() {
        RacePage page;
        page.resize(991, 696);
        page.showResult(sampleRace());
        page.show();
        auto* view = page.findChild<RaceView*>("raceView");
        QHeaderView* header = view->horizontalHeader();
        const auto click = [&](int column) {
            const QPoint place(header->sectionViewportPosition(column) + 20, header->height() / 2);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        };
        click(RaceModel::P99Column);
        QCOMPARE(namesOf(page.model()).front(), "iterative");
        click(RaceModel::P99Column);
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
        click(RaceModel::LatencyColumn); // has no one value
        QCOMPARE(header->sortIndicatorSection(), int{RaceModel::P99Column});
    }

    void whatIsTypedWrongIsSaidAndStartsNothing() {
        RacePage page;
        page.show();
        page.findChild<QLineEdit*>("loadConnections")->setText("many");
        QTest::mouseClick(page.findChild<QPushButton*>("raceStart"), Qt::LeftButton);
        QVERIFY(!page.isRunning());
        auto* message = page.findChild<InlineMessage*>();
        QVERIFY(message->isVisible() && message->text().contains("from 1 to"));
        QVERIFY(page.findChild<QLineEdit*>("loadConnections")->property("atFault").toBool());
    }

    void racesForReal() {
        RacePage page;
        page.resize(991, 696);
        page.show();
        RaceConfig config{.models = {"select", "epoll", "iterative"}};
        config.load.connections = 4;
        config.load.duration = 300ms;
        page.setConfig(config);
        QSignalSpy finished(&page, &RacePage::finished);
        page.start();
        QVERIFY(page.isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        QVERIFY(!page.isRunning());
        const RaceModel& model = page.model();
        for (const char* name : {"select", "epoll"}) {
            const RaceEntry& entry = model.at(model.rowOf(name));
            QVERIFY2(RaceModel::isComparable(entry), qPrintable(model.reasonOf(entry)));
            QVERIFY(entry.load.requests > 0 && entry.underLoad.memory > 0);
        }
        QCOMPARE(model.reasonOf(model.at(model.rowOf("iterative"))), "3 of 4 waited");
        const auto* strip = page.findChild<RaceStrip*>("raceStrip");
        QVERIFY2(strip->progress().startsWith("3 of 3 done in"), qPrintable(strip->progress()));
        QCOMPARE(page.findChild<QPushButton*>("raceStart")->text(), "Run again");
        checkExport(page);
    }

    void aRaceThatIsCancelledKeepsWhatIsDone() {
        RacePage page;
        page.show();
        RaceConfig config{.models = {"epoll", "poll"}};
        config.load.connections = 2;
        config.load.duration = 60s;
        page.setConfig(config);
        QSignalSpy finished(&page, &RacePage::finished);
        page.start();
        QTRY_VERIFY_WITH_TIMEOUT(
            page.model().at(0).load.requests > 0 || page.model().at(1).load.requests > 0, 30'000);
        QTest::mouseClick(page.findChild<QPushButton*>("raceStart"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
        QVERIFY(page.model().result().wasCancelled);
        QVERIFY(page.stateWord().endsWith("cancelled"));
    }

    void aTabThatIsClosedLeavesNoServer() {
        const auto servers = [] {
            QProcess pgrep;
            pgrep.start("pgrep", {"-P", QString::number(QCoreApplication::applicationPid())});
            pgrep.waitForFinished();
            return pgrep.readAllStandardOutput().count('\n');
        };
        auto page = std::make_unique<RacePage>();
        RaceConfig config{.models = {"epoll"}};
        config.load.duration = 60s;
        page->setConfig(config);
        page->start();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().at(0).state == RaceEntry::State::Running, 30'000);
        QTRY_VERIFY(servers() > 0);
        page.reset();
        QTRY_COMPARE_WITH_TIMEOUT(servers(), 0, 10'000);
    }

private:
    static QStringList namesOfModels() {
        QStringList names;
        for (const RaceEntry& entry : sampleRace().entries)
            names.append(QString::fromStdString(entry.model));
        return names;
    }

    static void checkExport(RacePage& page) {
        auto* button = page.findChild<ExportButton*>("exportButton");
        const QString path = QString::fromStdString(temporaryPath("race.json"));
        button->saveAs(path, ExportButton::Form::Json);
        auto* message = page.findChild<InlineMessage*>();
        QTRY_COMPARE(message->text(), "Saved as race.json.");
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(QJsonDocument::fromJson(file.readAll()).isObject());
        button->saveAs("/proc/none/race.csv", ExportButton::Form::Csv);
        QTRY_VERIFY2(message->text().contains("/proc/none"), qPrintable(message->text()));
        page.findChild<QToolButton*>("copyRaceCommand")->click();
        const QString command = QGuiApplication::clipboard()->text();
        QVERIFY2(command.contains("socketscope load") && command.contains("--connections 4"),
                 qPrintable(command));
    }
};

QTEST_MAIN(TestRacePage)
#include "tst_race_page.moc"
