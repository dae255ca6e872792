#include <nlohmann/json.hpp>

#include <QtTest>

#include "core/load/load_report.h"
#include "core/load/load_run.h"
#include "tests/support/answering_peer.h"
#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t requestSize = 64;

LoadConfig loadOf(std::uint16_t port, Transport transport = Transport::Tcp) {
    LoadConfig config;
    config.endpoint = {.transport = transport, .host = "127.0.0.1", .port = port};
    config.connections = 4;
    config.size = requestSize;
    config.duration = 300ms;
    return config;
}

LoadResult runToEnd(const LoadConfig& config) {
    LoadRun run(config);
    if (auto started = run.start(); !started)
        qFatal("%s", errorText(started.error()).c_str());
    run.wait();
    return run.snapshot();
}

std::uint64_t countOf(const LoadResult& result, LoadErrorReason reason) {
    return result.errors[static_cast<std::size_t>(reason)].count;
}

/// What holds of every run that is over, whatever happened to it.
void checkSums(const LoadResult& result) {
    QVERIFY(result.isOver());
    QCOMPARE(result.due, result.requests + result.failed + result.unanswered);
    QCOMPARE(result.latencies.count(), result.requests);
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;
    std::uint64_t received = 0;
    Duration end{};
    for (const LoadInterval& interval : result.intervals) {
        QCOMPARE(interval.begin, end);
        end += interval.length;
        requests += interval.requests;
        errors += interval.errors;
        received += interval.receivedBytes;
        QVERIFY(interval.p50 <= interval.p90 && interval.p90 <= interval.p99 &&
                interval.p99 <= interval.p999 && interval.p999 <= interval.max);
    }
    QCOMPARE(requests, result.requests);
    QCOMPARE(errors, result.errorCount());
    QCOMPARE(received, result.receivedBytes);
}

AnsweringPeer::Answer echo(std::string_view request, std::uint64_t) {
    return {.bytes = std::string(request)};
}

} // namespace

class TestLoadRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closedLoopCountsEachRequestOnce();
    void openLoopSendsWhatIsDue();
    void waitingForAConnectionCounts();
    void overloadIsTold();
    void everyFramingOverEveryTransport_data();
    void everyFramingOverEveryTransport();
    void largeRequestsComeBackWhole();
    void errorsHaveTheirReasons_data();
    void errorsHaveTheirReasons();
    void aReplyThatIsLateIsAnErrorInTime();
    void lostDatagramsAreErrors();
    void copiesOfRepliesCountOnce();
    void lateRepliesAnswerNothing();
    void emptyDatagramsAreRequestsToo();
    void whoeverIsNeverServedIsTold();
    void nobodyListeningIsAFailure();
    void aServerThatGoesIsNotHammered();
    void aServerThatComesBackIsLoadedAgain();
    void cancelKeepsWhatWasMeasured();
    void itCanBeDestroyedAtAnyTime();
    void snapshotsGrow();
    void whatIsNoLoadIsRefused_data();
    void whatIsNoLoadIsRefused();
    void argumentsNameWhatDiffers();
    void exportsHoldTheFigures();
};

void TestLoadRun::closedLoopCountsEachRequestOnce() {
    AnsweringPeer peer(requestSize, &echo);
    LoadConfig config = loadOf(peer.port());
    config.verifyEcho = true;
    const LoadResult result = runToEnd(config);
    peer.end();
    checkSums(result);
    QCOMPARE(result.phase, LoadPhase::Done);
    QVERIFY(result.requests > 0);
    QCOMPARE(result.requests, peer.requests());
    QCOMPARE(result.unanswered, 0u);
    QCOMPARE(result.errorCount(), 0u);
    QCOMPARE(result.connections, 4u);
    QCOMPARE(peer.connections(), 4u);
    QCOMPARE(result.neverServed, 0u);
    QCOMPARE(result.sentBytes, result.requests * requestSize);
    QCOMPARE(result.receivedBytes, result.requests * requestSize);
    // Each connection always has one request under way: the latencies fill the time (Little's law).
    const double filled = double(result.latencies.mean().count()) * double(result.requests) / 4;
    QVERIFY(filled > 0.9 * double(std::chrono::nanoseconds(300ms).count()));
    QVERIFY(filled <= 1.01 * double(result.elapsed.count()));
}

void TestLoadRun::openLoopSendsWhatIsDue() {
    AnsweringPeer peer(requestSize, &echo);
    LoadConfig config = loadOf(peer.port());
    config.rate = 500;
    config.duration = 1200ms;
    const LoadResult result = runToEnd(config);
    peer.end();
    checkSums(result);
    QCOMPARE(result.due, 600u);
    QCOMPARE(result.requests, 600u);
    QCOMPARE(peer.requests(), 600u);
    QCOMPARE(result.errorCount(), 0u);
    QVERIFY(result.elapsed >= 1200ms);
    QVERIFY(result.lateness.count() <= 600);
    QVERIFY(result.intervals.size() >= 2);
    QCOMPARE(result.intervals[0].length, Duration(1s));
}

/// One connection and a server that takes 40 ms for each of 20 requests that are due every 20 ms:
/// the last is due after 380 ms, and answered after 800 ms at the earliest.
void TestLoadRun::waitingForAConnectionCounts() {
    AnsweringPeer peer(requestSize, [](std::string_view request, std::uint64_t) {
        std::this_thread::sleep_for(40ms); // what this server is about
        return AnsweringPeer::Answer{.bytes = std::string(request)};
    });
    LoadConfig config = loadOf(peer.port());
    config.connections = 1;
    config.rate = 50;
    config.duration = 400ms;
    const LoadResult open = runToEnd(config);
    checkSums(open);
    QCOMPARE(open.requests, 20u);
    QCOMPARE(open.unanswered, 0u);
    QVERIFY(open.latencies.min() >= 40ms);
    QVERIFY(open.latencies.max() >= 420ms);
    QVERIFY(open.latencies.percentile(0.5) >= 220ms); // of the tenth: 400 - 180
    QVERIFY(open.elapsed >= 800ms);
    // In a closed loop nobody asks while the server is busy.
    config.rate.reset();
    const LoadResult closed = runToEnd(config);
    checkSums(closed);
    QVERIFY(closed.latencies.min() >= 40ms);
    QVERIFY(closed.requests <= 11); // of 400 ms
}

void TestLoadRun::overloadIsTold() {
    AnsweringPeer peer(requestSize, [](std::string_view request, std::uint64_t) {
        std::this_thread::sleep_for(100ms); // what this server is about
        return AnsweringPeer::Answer{.bytes = std::string(request)};
    });
    LoadConfig config = loadOf(peer.port());
    config.connections = 1;
    config.rate = 1000;
    config.duration = 100ms;
    const LoadResult result = runToEnd(config);
    checkSums(result);
    QCOMPARE(result.due, 100u);
    QVERIFY(result.requests > 0);
    QVERIFY(result.unanswered > 0);
    QVERIFY(result.elapsed > config.duration); // the drain
}

void TestLoadRun::everyFramingOverEveryTransport_data() {
    QTest::addColumn<QString>("framing");
    QTest::addColumn<int>("transport");
    for (const std::string& framing : framingExamples()) {
        if (framing == "ready")
            continue;
        for (const Transport transport :
             {Transport::Tcp, Transport::Udp, Transport::Unix, Transport::Unixgram})
            QTest::addRow("%s %s", framing.c_str(), transportName(transport).data())
                << QString::fromStdString(framing) << int(transport);
    }
}

void TestLoadRun::everyFramingOverEveryTransport() {
    QFETCH(QString, framing);
    QFETCH(int, transport);
    ServerConfig server;
    Endpoint endpoint{.transport = Transport(transport)};
    if (isUnix(endpoint.transport))
        endpoint.path = temporaryPath("load.sock");
    else
        endpoint.host = "127.0.0.1";
    server.listen = {endpoint};
    server.framing = framing.toStdString();
    ModelServer echoing(server);
    QVERIFY(echoing.log().waitFor<lifecycle::Listening>());
    LoadConfig config = loadOf(isUnix(endpoint.transport) ? 0 : echoing.port());
    endpoint.port = config.endpoint.port;
    config.endpoint = endpoint;
    config.framing = *Framing::parse(server.framing);
    config.verifyEcho = true;
    config.duration = 100ms;
    const LoadResult result = runToEnd(config);
    checkSums(result);
    QVERIFY2(result.errorCount() == 0, loadJson(result).c_str());
    QVERIFY(result.requests > 0);
    QCOMPARE(result.connections, 4u);
    QCOMPARE(result.sentBytes, result.receivedBytes); // an echo, framing and all
}

void TestLoadRun::largeRequestsComeBackWhole() {
    ModelServer echoing(ServerConfig{});
    LoadConfig config = loadOf(echoing.port());
    config.size = 3 << 20; // more than socket buffers hold: it comes back while it is sent
    config.verifyEcho = true;
    config.duration = 1min; // as long as it takes
    LoadRun run(config);
    QVERIFY(run.start().has_value());
    QTRY_VERIFY_WITH_TIMEOUT(run.snapshot().requests >= 4, 30'000);
    run.cancel();
    run.wait();
    const LoadResult result = run.snapshot();
    QVERIFY2(result.errorCount() == 0, loadJson(result).c_str());
    QVERIFY(result.receivedBytes >= result.requests * config.size);
    QVERIFY(result.receivedBytes <= (result.requests + config.connections) * config.size);
}

void TestLoadRun::errorsHaveTheirReasons_data() {
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("framing");
    using Reason = LoadErrorReason;
    QTest::newRow("closes") << int(Reason::Closed) << "raw";
    QTest::newRow("resets") << int(Reason::Reset) << "raw";
    QTest::newRow("more bytes") << int(Reason::WrongReply) << "raw";
    QTest::newRow("other bytes") << int(Reason::WrongReply) << "raw";
    QTest::newRow("not the framing") << int(Reason::WrongReply) << "fixed:64";
    QTest::newRow("two messages") << int(Reason::WrongReply) << "fixed:64";
}

/// Every fifth request meets what the row is called after; the others are echoed.
void TestLoadRun::errorsHaveTheirReasons() {
    QFETCH(int, reason);
    QFETCH(QString, framing);
    const std::string kind = QTest::currentDataTag();
    std::atomic<std::uint64_t> bad = 0;
    AnsweringPeer peer(requestSize, [&](std::string_view request, std::uint64_t number) {
        AnsweringPeer::Answer answer{.bytes = std::string(request)};
        if (number % 5 != 4)
            return answer;
        ++bad;
        if (kind == "closes")
            answer = {.bytes = answer.bytes.substr(0, 10), .closes = true};
        else if (kind == "resets")
            answer = {.resets = true};
        else if (kind == "other bytes")
            answer.bytes[40] = '!';
        else if (kind == "not the framing")
            answer = {.bytes = answer.bytes + "x"};
        else
            answer.bytes += answer.bytes;
        return answer;
    });
    LoadConfig config = loadOf(peer.port());
    config.framing = *Framing::parse(framing.toStdString());
    config.verifyEcho = true;
    const LoadResult result = runToEnd(config);
    peer.end();
    checkSums(result);
    QVERIFY(bad > 0);
    QCOMPARE(countOf(result, LoadErrorReason(reason)), bad.load());
    QCOMPARE(result.errorCount(), bad.load());
    QCOMPARE(result.failed, bad.load());
    QCOMPARE(result.requests, peer.requests() - bad);
    QVERIFY(peer.connections() > 4); // connected again
    QCOMPARE(result.connections, 4u);
    QVERIFY(!errorText(result.errors[std::size_t(reason)].first).empty());
}

void TestLoadRun::aReplyThatIsLateIsAnErrorInTime() {
    AnsweringPeer peer(requestSize, [](std::string_view request, std::uint64_t number) {
        return AnsweringPeer::Answer{.bytes = number % 2 == 0 ? std::string(request) : ""};
    });
    LoadConfig config = loadOf(peer.port());
    config.replyTimeout = 40ms;
    const LoadResult result = runToEnd(config);
    peer.end();
    checkSums(result);
    QCOMPARE(result.requests, (peer.requests() + 1) / 2);
    QVERIFY(countOf(result, LoadErrorReason::ReplyTimedOut) > 0);
    QCOMPARE(result.errorCount(), countOf(result, LoadErrorReason::ReplyTimedOut));
}

void TestLoadRun::lostDatagramsAreErrors() {
    std::atomic<std::uint64_t> lost = 0;
    AnsweringDatagramPeer peer([&](std::string_view request, std::uint64_t number) {
        std::vector<std::string> answers{std::string(request)};
        if (number % 50 == 49) {
            ++lost;
            answers.clear();
        }
        return answers;
    });
    LoadConfig config = loadOf(peer.port(), Transport::Udp);
    config.replyTimeout = 50ms;
    config.rate = 1000;
    config.duration = 500ms;
    config.connections = 8;
    config.verifyEcho = true;
    const LoadResult result = runToEnd(config);
    checkSums(result);
    QCOMPARE(result.due, 500u);
    QCOMPARE(peer.requests(), 500u);
    QCOMPARE(lost, 10u);
    QCOMPARE(countOf(result, LoadErrorReason::ReplyTimedOut), lost.load());
    QCOMPARE(result.failed, lost.load());
    QCOMPARE(result.requests, 490u);
}

void TestLoadRun::copiesOfRepliesCountOnce() {
    AnsweringDatagramPeer peer([](std::string_view request, std::uint64_t) {
        return std::vector<std::string>(3, std::string(request));
    });
    LoadConfig config = loadOf(peer.port(), Transport::Udp);
    config.verifyEcho = true;
    const LoadResult result = runToEnd(config);
    checkSums(result);
    QVERIFY2(result.errorCount() == 0, loadJson(result).c_str());
    QCOMPARE(result.requests, peer.requests());
}

/// A reply comes when its request has been given up: it is not the reply to the next.
void TestLoadRun::lateRepliesAnswerNothing() {
    std::string held;
    AnsweringDatagramPeer peer([&](std::string_view request, std::uint64_t number) {
        std::vector<std::string> answers;
        if (number % 2 == 0)
            held = request;
        else
            answers = {held, std::string(request)};
        return answers;
    });
    LoadConfig config = loadOf(peer.port(), Transport::Udp);
    config.connections = 1;
    config.replyTimeout = 30ms;
    config.verifyEcho = true;
    const LoadResult result = runToEnd(config);
    checkSums(result);
    QCOMPARE(result.requests, peer.requests() / 2);
    QCOMPARE(result.errorCount(), countOf(result, LoadErrorReason::ReplyTimedOut));
    QVERIFY(result.failed > 0);
}

void TestLoadRun::emptyDatagramsAreRequestsToo() {
    AnsweringDatagramPeer peer([](std::string_view request, std::uint64_t) {
        return std::vector<std::string>{std::string(request)};
    });
    LoadConfig config = loadOf(peer.port(), Transport::Udp);
    config.size = 0;
    config.rate = 100;
    const LoadResult result = runToEnd(config);
    checkSums(result);
    QCOMPARE(result.requests, 30u);
    QCOMPARE(peer.requests(), 30u);
}

void TestLoadRun::whoeverIsNeverServedIsTold() {
    ServerConfig server;
    server.model = "iterative";
    ModelServer iterative(server);
    LoadConfig config = loadOf(iterative.port());
    const LoadResult closed = runToEnd(config);
    checkSums(closed);
    QCOMPARE(closed.connections, 4u);
    QCOMPARE(closed.neverServed, 3u);
    QCOMPARE(closed.unanswered, 3u);
    QCOMPARE(closed.errorCount(), 0u);
    QVERIFY(closed.requests > 0);
}

void TestLoadRun::nobodyListeningIsAFailure() {
    TestSocket listener = TestSocket::listenTcp();
    const std::uint16_t port = listener.port();
    listener.close();
    const LoadResult result = runToEnd(loadOf(port));
    QCOMPARE(result.phase, LoadPhase::Failed);
    QVERIFY(result.failure);
    QVERIFY(result.failure->isErrno(ECONNREFUSED));
    QCOMPARE(result.failure->hint.kind, Hint::Kind::NothingListens);
    QCOMPARE(result.requests, 0u);
    QVERIFY(result.intervals.empty());
}

void TestLoadRun::aServerThatGoesIsNotHammered() {
    auto peer = std::make_unique<AnsweringPeer>(requestSize, &echo);
    LoadConfig config = loadOf(peer->port());
    config.duration = 1500ms;
    LoadRun run(config);
    QVERIFY(run.start());
    QTRY_VERIFY(run.snapshot().requests > 0);
    peer.reset();
    run.wait();
    const LoadResult result = run.snapshot();
    checkSums(result);
    QCOMPARE(result.phase, LoadPhase::Done);
    const std::uint64_t refused = countOf(result, LoadErrorReason::Refused);
    QVERIFY(refused >= 4);
    // After 50, 50, 100, 200, 400 and 800 ms at the earliest.
    QVERIFY2(refused <= 4 * 6, qPrintable(QString::number(refused)));
    QVERIFY(result.requests > 0);
}

void TestLoadRun::aServerThatComesBackIsLoadedAgain() {
    auto first = std::make_unique<ModelServer>(ServerConfig{});
    ServerConfig server;
    server.listen = {{.host = "127.0.0.1", .port = first->port()}};
    LoadConfig config = loadOf(first->port());
    config.duration = 60s;
    LoadRun run(config);
    QVERIFY(run.start());
    QTRY_VERIFY(run.snapshot().requests > 0);
    first.reset();
    QTRY_VERIFY(countOf(run.snapshot(), LoadErrorReason::Refused) > 0);
    const std::uint64_t before = run.snapshot().requests;
    ModelServer again(server);
    QVERIFY(again.log().waitFor<lifecycle::Listening>());
    QTRY_VERIFY(run.snapshot().requests > before + 100);
    run.cancel();
    run.wait();
    checkSums(run.snapshot());
    QCOMPARE(run.snapshot().connections, 4u);
}

void TestLoadRun::cancelKeepsWhatWasMeasured() {
    AnsweringPeer peer(requestSize, &echo);
    LoadConfig config = loadOf(peer.port());
    config.duration = 60s;
    config.rate = 2000;
    LoadRun run(config);
    QVERIFY(run.start());
    QTRY_VERIFY(run.snapshot().requests > 100);
    run.cancel();
    run.wait();
    const LoadResult result = run.snapshot();
    checkSums(result);
    QCOMPARE(result.phase, LoadPhase::Cancelled);
    QVERIFY(result.requests > 100);
    QVERIFY(result.elapsed < 60s);
    QVERIFY(result.perSecond() > 0);
}

void TestLoadRun::itCanBeDestroyedAtAnyTime() {
    AnsweringPeer peer(requestSize, &echo);
    std::atomic<int> told = 0;
    for (int round = 0; round < 20; ++round) {
        LoadConfig config = loadOf(peer.port());
        config.duration = 60s;
        LoadRun run(config, [&] { ++told; });
        QVERIFY(run.start());
        if (round % 2 == 1)
            QTRY_VERIFY(run.phase() == LoadPhase::Running);
    }
    QVERIFY(told > 0);
    LoadRun never(loadOf(peer.port())); // was not started
    QCOMPARE(never.phase(), LoadPhase::Waiting);
}

void TestLoadRun::snapshotsGrow() {
    AnsweringPeer peer(requestSize, &echo);
    LoadRun run(loadOf(peer.port()));
    QVERIFY(run.start());
    std::uint64_t last = 0;
    while (!run.isOver()) {
        const LoadResult seen = run.snapshot();
        QVERIFY(seen.requests >= last);
        QCOMPARE(seen.latencies.count(), seen.requests);
        QCOMPARE(seen.due, seen.requests + seen.failed + seen.unanswered);
        last = seen.requests;
        std::this_thread::yield();
    }
    run.wait();
    QVERIFY(run.snapshot().requests >= last);
}

void TestLoadRun::whatIsNoLoadIsRefused_data() {
    QTest::addColumn<QString>("subject");
    for (const char* subject : {"--connections", "--size", "--duration", "--rate", "--framing",
                                "--framing fixed:32 --size 64", "--framing length:u8 --size 300",
                                "--reply-timeout", "tcp://*:1"})
        QTest::newRow(subject) << QString::fromLatin1(subject);
}

void TestLoadRun::whatIsNoLoadIsRefused() {
    QFETCH(QString, subject);
    LoadConfig config = loadOf(1);
    if (subject == "--connections")
        config.connections = 0;
    else if (subject == "--size")
        config.size = 0;
    else if (subject == "--duration")
        config.duration = 0s;
    else if (subject == "--rate")
        config.rate = -1;
    else if (subject == "--framing")
        config.framing = *Framing::parse("ready");
    else if (subject.startsWith("--framing fixed"))
        config.framing = *Framing::parse("fixed:32");
    else if (subject.startsWith("--framing length")) {
        config.framing = *Framing::parse("length:u8");
        config.size = 300;
    } else if (subject == "--reply-timeout")
        config.replyTimeout = 0s;
    else
        config.endpoint.host = "*";
    LoadRun run(config);
    const auto started = run.start();
    QVERIFY(!started);
    QCOMPARE(QString::fromStdString(started.error().subject), subject);
}

void TestLoadRun::argumentsNameWhatDiffers() {
    LoadConfig config = loadOf(8000);
    config.connections = 50;
    config.duration = 10s;
    QCOMPARE(loadArguments(config), std::vector<std::string>{"tcp://127.0.0.1:8000"});
    config.rate = 2500;
    config.size = 256;
    config.framing = *Framing::parse("length:u32be");
    config.verifyEcho = true;
    config.replyTimeout = 500ms;
    const std::vector<std::string> expected{
        "tcp://127.0.0.1:8000", "--size",          "256", "--rate",  "2500", "--framing",
        "length:u32be",         "--reply-timeout", "0.5", "--verify"};
    QCOMPARE(loadArguments(config), expected);
}

void TestLoadRun::exportsHoldTheFigures() {
    AnsweringPeer peer(requestSize, &echo);
    LoadConfig config = loadOf(peer.port());
    config.rate = 200;
    config.duration = 1500ms;
    const LoadResult result = runToEnd(config);
    const auto json = nlohmann::json::parse(loadJson(result));
    QCOMPARE(json["requests"].get<std::uint64_t>(), 300u);
    QCOMPARE(json["errors"].get<std::uint64_t>(), 0u);
    QCOMPARE(json["connections"].get<std::uint64_t>(), 4u);
    QCOMPARE(json["per_second"].get<double>(), result.perSecond());
    QCOMPARE(json["bytes_per_second"].get<double>(), result.perSecond() * requestSize);
    for (const char* key : {"p50", "p90", "p99", "p999", "max"})
        QVERIFY(json["latency_us"][key].get<double>() > 0);
    QCOMPARE(json["latency_us"]["max"].get<double>(),
             double(result.latencies.max().count()) / 1000);
    std::uint64_t counted = 0;
    for (const auto& bucket : json["histogram"])
        counted += bucket[2].get<std::uint64_t>();
    QCOMPARE(counted, 300u);
    QCOMPARE(json["intervals"].size(), result.intervals.size());

    const QString csv = QString::fromStdString(loadCsv(result));
    const QStringList lines = csv.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), qsizetype(result.intervals.size()) + 1);
    for (const QString& line : lines)
        QCOMPARE(line.count(','), lines[0].count(','));

    const NamedLoad runs[] = {{"one, \"quoted\"", result}, {"two", result}};
    const QStringList rows =
        QString::fromStdString(comparisonCsv(runs)).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows[1].startsWith("\"one, \"\"quoted\"\"\","));
    QCOMPARE(nlohmann::json::parse(comparisonJson(runs))["runs"][1]["name"].get<std::string>(),
             std::string("two"));
}

QTEST_GUILESS_MAIN(TestLoadRun)
#include "tst_load_run.moc"
