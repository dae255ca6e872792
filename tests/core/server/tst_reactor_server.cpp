#include <set>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/select.h>

#include <QtTest>

#include "tests/support/loop.h"
#include "tests/support/model_server.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

/// Under the current poller.
class Running : public ModelServer {
public:
    explicit Running(ServerConfig config = {}) : ModelServer(withPoller(std::move(config))) {}

private:
    static ServerConfig withPoller(ServerConfig config) {
        config.model = std::string(pollerName(currentPoller()));
        return config;
    }
};

} // namespace

class TestReactorServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addPollerRows(); }

    void servesManyConnectionsOnSeveralLoops() {
        ServerConfig config;
        config.loops = 3;
        Running running(config);
        // Which loop accepts is the scheduler's choice; with enough bursts it is not always one.
        std::vector<TestSocket> clients;
        const auto loopsAtWork = [&] {
            std::set<std::uint32_t> loops;
            for (const WakeUp& wakeUp : running.log().wakeUps()) {
                if (wakeUp.readable > 0)
                    loops.insert(wakeUp.loop);
            }
            return loops.size();
        };
        for (int burst = 0; burst < 10 && (burst == 0 || loopsAtWork() < 2); ++burst) {
            for (int i = 0; i < 60; ++i)
                clients.push_back(TestSocket::connectTcp(running.port()));
            for (int round = 0; round < 3; ++round) {
                for (const TestSocket& client : clients)
                    client.send("round " + std::to_string(round));
                for (const TestSocket& client : clients)
                    QCOMPARE(client.receive(7), "round " + std::to_string(round));
            }
        }
        QVERIFY(loopsAtWork() >= 2);
        QVERIFY(running.stopAndWait());
        QCOMPARE(running.log().totals().closed, std::uint64_t{clients.size()});
    }

    void keepsItsLimitOverAllLoops() {
        ServerConfig config;
        config.loops = 3;
        config.maxConnections = 10;
        Running running(config);
        std::vector<TestSocket> clients;
        for (int i = 0; i < 60; ++i)
            clients.push_back(TestSocket::connectTcp(running.port()));
        QVERIFY(running.log().waitUntil([&] {
            const ServerTotals totals = running.log().totals();
            return totals.accepted + totals.rejected == 60;
        }));
        QCOMPARE(running.log().totals().accepted, std::uint64_t{10});
    }

    void wakesUpAtItsInterval() {
        ServerConfig config;
        config.pollInterval = 10ms;
        Running running(config);
        (void)running.port();
        EventLog& log = running.log();
        QVERIFY(log.waitUntil([&] {
            const auto wakeUps = log.wakeUps();
            return std::ranges::count(wakeUps, true, &WakeUp::timedOut) >= 3;
        }));
    }

    void selectRejectsWhatItCannotWatch() {
        if (currentPoller() != PollerKind::Select)
            QSKIP("only select has this limit");
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_max < 2100)
            QSKIP("the limit of descriptors is too low for this");
        limit.rlim_cur = 2100;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        Running running;
        (void)running.port(); // what it needs itself is open
        // Fill the numbers below the limit, so that the next accepted one is above it.
        std::vector<UniqueFd> filling;
        while (filling.empty() || filling.back().get() < FD_SETSIZE)
            filling.emplace_back(::fcntl(0, F_DUPFD_CLOEXEC, 0));
        const TestSocket client = TestSocket::connectTcp(running.port());
        QCOMPARE(client.receiveToEnd(), std::string());
        QVERIFY(running.log().waitFor<lifecycle::Rejected>());
        QCOMPARE(reasonText(running.log().first<lifecycle::Rejected>().error),
                 std::string("select cannot watch a descriptor of 1024 or above"));
        filling.clear();
        const TestSocket served = TestSocket::connectTcp(running.port());
        served.send("below");
        QCOMPARE(served.receive(5), std::string("below"));
    }
};

QTEST_GUILESS_MAIN(TestReactorServer)
#include "tst_reactor_server.moc"
