#include <csignal>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/load/load_report.h"
#include "core/load/model_race.h"
#include "core/process/descendants.h"
#include "core/process/helper_process.h"
#include "tests/support/process_info.h"
#include "tests/support/program.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

RaceConfig raceOf(std::vector<std::string> models) {
    RaceConfig config;
    config.models = std::move(models);
    config.load.connections = 5;
    config.load.duration = 300ms;
    config.load.verifyEcho = true;
    return config;
}

RaceResult runToEnd(const RaceConfig& config) {
    ModelRace race(config);
    if (!race.start())
        qFatal("start");
    while (!race.isOver())
        QTest::qWait(20);
    return race.snapshot();
}

} // namespace

class TestModelRace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        setHelperProgram(ownProgram(QStringLiteral("socketscope")).toStdString());
    }
    /// Nothing of a race is left behind, whatever became of it.
    void cleanup() { QCOMPARE(childrenOf(::getpid()).size(), std::size_t(0)); }

    void everyModelIsRaced();
    void framedServicesAreRacedToo();
    void whatCannotBeRacedSaysWhy();
    void cancelEndsTheServer();
    void aServerThatDiesIsTold();
    void aServerEndsWithWhoeverRacesIt();
    void exportsHaveARowForEachModel();
};

void TestModelRace::everyModelIsRaced() {
    RaceConfig config = raceOf(RaceConfig{}.models);
    if (!hasQtProgram())
        config.models.pop_back();
    const RaceResult result = runToEnd(config);
    QVERIFY(result.isOver && !result.wasCancelled);
    QVERIFY(result.cores > 0 && !result.host.empty() && !result.kernel.empty());
    for (const RaceEntry& entry : result.entries) {
        QVERIFY2(entry.state == RaceEntry::State::Done,
                 (entry.model + ' ' + (entry.failure ? errorText(*entry.failure) : "")).c_str());
        QCOMPARE(entry.load.phase, LoadPhase::Done);
        QVERIFY(entry.load.requests > 0);
        QCOMPARE(entry.load.errorCount(), std::uint64_t(0));
        QCOMPARE(entry.load.connections, 5u);
        QCOMPARE(entry.load.neverServed, entry.model == "iterative" ? 4u : 0u);
        QVERIFY(entry.underLoad.cpu > 0ns);
        QVERIFY(entry.cpuEach() > 0ns);
        QVERIFY(entry.cores() > 0);
        QVERIFY(entry.idle.memory > 0 && entry.underLoad.memory > 0);
        if (entry.model == "threads")
            QCOMPARE(entry.underLoad.threads, entry.idle.threads + 5);
        else if (entry.model == "processes")
            QCOMPARE(entry.underLoad.processes, entry.idle.processes + 5);
        else
            QCOMPARE(entry.underLoad.processes, 1u);
    }
}

void TestModelRace::framedServicesAreRacedToo() {
    RaceConfig config = raceOf({"epoll", "threads"});
    config.service = "worker"; // its replies are longer than its requests
    config.load.framing = *Framing::parse("line");
    config.load.verifyEcho = false;
    config.load.rate = 500;
    const RaceResult result = runToEnd(config);
    for (const RaceEntry& entry : result.entries) {
        QCOMPARE(entry.state, RaceEntry::State::Done);
        QCOMPARE(entry.load.requests, std::uint64_t(150));
        QCOMPARE(entry.load.errorCount(), std::uint64_t(0));
    }
}

void TestModelRace::whatCannotBeRacedSaysWhy() {
    const RaceResult result = runToEnd(raceOf({"nosuch", "poll"}));
    QCOMPARE(result.entries[0].state, RaceEntry::State::Failed);
    QVERIFY(result.entries[0].failure);
    const QString why = QString::fromStdString(errorText(*result.entries[0].failure));
    QVERIFY2(why.contains("'nosuch' is not known"), qPrintable(why));
    QCOMPARE(result.entries[1].state, RaceEntry::State::Done); // the race goes on
}

void TestModelRace::cancelEndsTheServer() {
    RaceConfig config = raceOf({"processes", "epoll"});
    config.load.duration = 60s;
    ModelRace race(config);
    QVERIFY(race.start());
    QTRY_VERIFY(race.snapshot().entries[0].load.requests > 0);
    QVERIFY(!childrenOf(::getpid()).empty());
    race.cancel();
    QTRY_VERIFY(race.isOver());
    const RaceResult result = race.snapshot();
    QVERIFY(result.wasCancelled);
    QCOMPARE(result.entries[0].state, RaceEntry::State::Cancelled);
    QVERIFY(result.entries[0].load.requests > 0); // what was measured stays
    QVERIFY(result.entries[0].underLoad.cpu > 0ns);
    QCOMPARE(result.entries[1].state, RaceEntry::State::Cancelled);
    QCOMPARE(result.entries[1].load.requests, std::uint64_t(0));
}

void TestModelRace::aServerThatDiesIsTold() {
    RaceConfig config = raceOf({"epoll", "poll"});
    config.load.duration = 60s;
    ModelRace race(config);
    QVERIFY(race.start());
    QTRY_VERIFY(race.snapshot().entries[0].load.requests > 0);
    ::kill(childrenOf(::getpid()).at(0), SIGKILL);
    QTRY_COMPARE(race.snapshot().entries[0].state, RaceEntry::State::Failed);
    const RaceResult result = race.snapshot();
    QVERIFY(result.entries[0].failure->is(Fault::ProcessEnded));
    QTRY_VERIFY(race.snapshot().entries[1].load.requests > 0);
}

/// Only its output ties a server to whoever races it, so that a crash takes it along.
void TestModelRace::aServerEndsWithWhoeverRacesIt() {
    for (const char* model : {"epoll", "processes"}) {
        QProcess reader; // a shell that starts a server, reads its first line, and goes
        reader.start("sh", {"-c",
                            "{ \"$0\" serve echo --model \"$1\" --listen tcp://127.0.0.1:0 & "
                            "echo $! >&2; } | head -n 1",
                            ownProgram("socketscope"), model});
        QVERIFY(reader.waitForFinished());
        const int pid = reader.readAllStandardError().trimmed().toInt();
        QVERIFY(pid > 0);
        QTRY_VERIFY(::kill(pid, 0) != 0 || processInfo(pid).zombies > 0);
    }
}

void TestModelRace::exportsHaveARowForEachModel() {
    const RaceResult result = runToEnd(raceOf({"select", "nosuch"}));
    const QStringList rows =
        QString::fromStdString(raceCsv(result)).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows[1].startsWith("select,done,"));
    QVERIFY(rows[2].startsWith("nosuch,failed,0,"));
    const auto json = nlohmann::json::parse(raceJson(result));
    QCOMPARE(json["models"].size(), std::size_t(2));
    QCOMPARE(json["models"][0]["load"]["requests"].get<std::uint64_t>(),
             result.entries[0].load.requests);
    QVERIFY(json["models"][1].contains("failure"));
}

QTEST_GUILESS_MAIN(TestModelRace)
#include "tst_model_race.moc"
