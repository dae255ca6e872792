// Plans and files over a client's session: exact counts, a peer that does not read, stops and ends.

#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/engine/client_manager.h"
#include "tests/support/event_log.h"
#include "tests/support/loop.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;

namespace {

using State = SendProgress::State;

SendStep step(std::string_view text, Duration delayAfter = {}) {
    return {.content = *MessageTemplate::read(text, {.macros = true}), .delayAfter = delayAfter};
}

SendPlan plan(std::vector<SendStep> steps, std::uint64_t count, Duration interval = {}) {
    return {.steps = std::move(steps), .count = count, .interval = interval};
}

std::string numbers(int from, int to) {
    std::string text;
    for (int i = from; i <= to; ++i)
        text += std::to_string(i) + "\n";
    return text;
}

/// A manager with one client, connected to a socket that we hold.
struct Fixture {
    explicit Fixture(ClientConfig config = {}) : manager(log.outbox()) {
        if (config.endpoint.host.empty())
            config.endpoint = {.host = "127.0.0.1", .port = server.port()};
        opened = manager.open(id, config).has_value() && log.waitFor<lifecycle::Connected>(1);
        if (!isDatagram(config.endpoint.transport))
            peer = server.accept();
    }
    std::shared_ptr<SendProgress> run(SendPlan what) {
        auto progress = std::make_shared<SendProgress>();
        manager.run(id, std::move(what), progress);
        return progress;
    }
    std::shared_ptr<SendProgress> sendFile(const std::string& path, std::string suffix = {}) {
        auto progress = std::make_shared<SendProgress>();
        manager.sendFile(id, path, std::move(suffix), {}, progress);
        return progress;
    }

    EventLog log;
    const ConnectionId id{7, 1};
    TestSocket server = TestSocket::listenTcp();
    TestSocket peer;
    ClientManager manager;
    bool opened = false;
};

} // namespace

class TestSendPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsSoManyTimes() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.run(plan({step("${seq}\n")}, 1000));
        QCOMPARE(f.peer.receive(numbers(1, 1000).size()), numbers(1, 1000));
        QTRY_COMPARE(progress->state(), State::Done);
        QCOMPARE(progress->messages.load(), std::uint64_t{1000});
        QCOMPARE(progress->bytes.load(), std::uint64_t{numbers(1, 1000).size()});
        f.manager.close(f.id, false);
        QCOMPARE(f.peer.receiveToEnd(), std::string()); // and no more
    }

    void aListIsSentInOrderWithItsDelays() {
        Fixture f;
        QVERIFY(f.opened);
        const TimePoint began = SteadyClock::now();
        const auto progress = f.run(plan({step("a", 20ms), step("b", 10ms), step("c", 1h)}, 1));
        QCOMPARE(f.peer.receive(3), std::string("abc"));
        QVERIFY(SteadyClock::now() - began >= 30ms);  // what a clock can only exceed
        QTRY_COMPARE(progress->state(), State::Done); // nothing comes after the last delay
        const auto again = f.run(plan({step("x"), step("y")}, 3, 5ms));
        QCOMPARE(f.peer.receive(6), std::string("xyxyxy"));
        QTRY_COMPARE(again->state(), State::Done);
        QCOMPARE(again->messages.load(), std::uint64_t{6});
    }

    void roundsKeepTheirInterval() {
        Fixture f;
        QVERIFY(f.opened);
        const TimePoint began = SteadyClock::now();
        const auto progress = f.run(plan({step("x")}, 5, 10ms));
        QCOMPARE(f.peer.receive(5), std::string("xxxxx"));
        QVERIFY(SteadyClock::now() - began >= 40ms);
        QTRY_COMPARE(progress->state(), State::Done);
    }

    void theCounterGoesOnFromPlanToPlan() {
        Fixture f;
        QVERIFY(f.opened);
        (void)f.run(plan({step("${seq}\n")}, 3));
        QCOMPARE(f.peer.receive(6), std::string("1\n2\n3\n"));
        f.manager.send(f.id, step("${seq}\n"));
        QCOMPARE(f.peer.receive(2), std::string("4\n"));
    }

    void aStopLeavesNothingBehind() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.run(plan({step("${seq}\n")}, 0)); // until it is stopped
        QTRY_VERIFY(progress->messages > 1000);
        // The peer does not read: the kernel's buffers fill, and nothing more is given.
        std::uint64_t last = 0;
        QTRY_VERIFY(std::exchange(last, progress->messages.load()) == progress->messages);
        f.manager.stopPlan(f.id);
        QTRY_COMPARE(progress->state(), State::Stopped);
        const std::uint64_t bytes = progress->bytes;
        f.manager.close(f.id, false);
        const std::string all = f.peer.receiveToEnd();
        QCOMPARE(all.size(), std::size_t{bytes});
        QVERIFY(all.ends_with(std::to_string(progress->messages) + "\n"));
    }

    void aPeerThatDoesNotReadIsWaitedFor() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.run(plan({step("${rand:100000}")}, 200)); // 20 MB
        QTRY_VERIFY(progress->messages > 0);
        std::size_t received = 0;
        while (received < 20'000'000)
            received += f.peer.receiveSome().size();
        QTRY_COMPARE(progress->state(), State::Done);
        QCOMPARE(received, std::size_t{20'000'000});
        QCOMPARE(progress->messages.load(), std::uint64_t{200});
    }

    void endsWithTheConnection() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.run(plan({step("x")}, 0, 1ms));
        QCOMPARE(f.peer.receive(3), std::string("xxx"));
        f.peer.reset();
        QTRY_COMPARE(progress->state(), State::Ended);
        const auto late = f.run(plan({step("x")}, 1));
        QTRY_COMPARE(late->state(), State::Ended);
        const auto nobody = std::make_shared<SendProgress>();
        f.manager.run({99, 1}, plan({step("x")}, 1), nobody);
        QTRY_COMPARE(nobody->state(), State::Ended);
    }

    void halfCloseEndsIt() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.run(plan({step("x")}, 0, 1ms));
        QCOMPARE(f.peer.receive(3), std::string("xxx"));
        f.manager.finishSending(f.id);
        QTRY_COMPARE(progress->state(), State::Stopped);
        QCOMPARE(f.peer.receiveToEnd().size() + 3, std::size_t{progress->messages});
    }

    void anotherPlanTakesItsPlace() {
        Fixture f;
        QVERIFY(f.opened);
        const auto first = f.run(plan({step("x")}, 0, 1h));
        QCOMPARE(f.peer.receive(1), std::string("x"));
        (void)f.run(plan({step("y")}, 2));
        QCOMPARE(f.peer.receive(2), std::string("yy"));
        QCOMPARE(first->state(), State::Stopped);
    }

    void framesEachMessage() {
        Fixture f(ClientConfig{.framing = *Framing::parse("length:u8")});
        QVERIFY(f.opened);
        (void)f.run(plan({step("one"), step("")}, 2));
        QCOMPARE(f.peer.receive(10), std::string("\3one\0\3one\0", 10));
    }

    void asManyDatagramsAsPlanned() {
        const TestSocket receiver = TestSocket::bindUdp();
        Fixture f(ClientConfig{.endpoint = {.transport = Transport::Udp,
                                            .host = "127.0.0.1",
                                            .port = receiver.port()}});
        QVERIFY(f.opened);
        const auto progress = f.run(plan({step("${seq}"), step("")}, 50, 1ms));
        for (int i = 1; i <= 50; ++i) {
            QCOMPARE(receiver.receiveSome(), std::to_string(i));
            QCOMPARE(receiver.receiveSome(), std::string());
        }
        QTRY_COMPARE(progress->state(), State::Done);
        QCOMPARE(progress->messages.load(), std::uint64_t{100});
        QCOMPARE(progress->failed.load(), std::uint64_t{0});
        const auto tooLong = f.run(plan({step("${rand:65508}")}, 2));
        QTRY_COMPARE(tooLong->state(), State::Done);
        QCOMPARE(tooLong->failed.load(), std::uint64_t{2});
    }

    void aFileIsSentAndFollowed() {
        Fixture f;
        QVERIFY(f.opened);
        const std::string path = fileOf(300'000);
        const auto progress = f.sendFile(path, "\n");
        const auto second = f.sendFile(path);
        f.manager.send(f.id, step("after"));
        std::string all = f.peer.receive(600'001 + 5);
        QTRY_COMPARE(second->state(), State::Done);
        QCOMPARE(progress->state(), State::Done);
        QCOMPARE(progress->total.load(), std::uint64_t{300'001});
        QCOMPARE(progress->bytes.load(), std::uint64_t{300'001});
        QVERIFY(all.find("after") >= 300'001);
        QCOMPARE(all.substr(0, 300'001), patternOf(300'000) + "\n");
    }

    void aFileThatIsStoppedLeavesTheStreamUsable() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.sendFile(sparseFile());
        QTRY_VERIFY(progress->bytes > 100'000);
        f.manager.stopFile(f.id);
        QTRY_COMPARE(progress->state(), State::Stopped);
        const std::uint64_t bytes = progress->bytes;
        QVERIFY(bytes < std::uint64_t{1} << 30);
        f.manager.send(f.id, step("after"));
        const std::string all = f.peer.receive(bytes + 5);
        QVERIFY(all.ends_with("after"));
        QCOMPARE(progress->bytes.load(), bytes);
    }

    void aMessageThatIsStoppedEndsTheConnection() {
        Fixture f(ClientConfig{.framing = *Framing::parse("length:u32be")});
        QVERIFY(f.opened);
        const auto progress = f.sendFile(sparseFile());
        QTRY_VERIFY(progress->bytes > 100'000);
        f.manager.stopFile(f.id);
        QTRY_COMPARE(progress->state(), State::Stopped);
        std::vector<char> room(1 << 16);
        ssize_t count = 1;
        while (count > 0) // what was on its way, and then the reset
            count = ::recv(f.peer.fd(), room.data(), room.size(), 0);
        QVERIFY(count < 0 && errno == ECONNRESET);
    }

    void aPeerThatGoesEndsTheFile() {
        Fixture f;
        QVERIFY(f.opened);
        const auto progress = f.sendFile(sparseFile());
        QTRY_VERIFY(progress->bytes > 100'000);
        f.peer.reset();
        QTRY_COMPARE(progress->state(), State::Ended);
        QVERIFY(progress->bytes < progress->total);
    }

    void aFileThatCannotBeReadIsTold() {
        Fixture f;
        QVERIFY(f.opened);
        auto progress = f.sendFile("/nowhere/at/all");
        QTRY_COMPARE(progress->state(), State::Failed);
        QVERIFY(progress->error()->isErrno(ENOENT));
        progress = f.sendFile("/dev/zero");
        QTRY_COMPARE(progress->state(), State::Failed);
        QVERIFY(progress->error()->is(Fault::NotAFile));
        const std::string path = sparseFile();
        progress = f.sendFile(path);
        QTRY_VERIFY(progress->bytes > 100'000);
        QCOMPARE(::truncate(path.c_str(), 1000), 0);
        while (progress->state() == State::Running)
            (void)f.peer.receiveSome();
        QCOMPARE(progress->state(), State::Failed);
        QVERIFY(progress->error()->is(Fault::FileShrank));
    }

    void aFileThatTheFramingDoesNotTakeIsTold() {
        Fixture f(ClientConfig{.framing = *Framing::parse("fixed:10")});
        QVERIFY(f.opened);
        const auto progress = f.sendFile(fileOf(1000));
        QTRY_VERIFY(progress->state() != State::Running);
        QCOMPARE(progress->state(), State::Failed);
        QVERIFY(progress->error().has_value());
        const auto next = f.sendFile(fileOf(10));
        QCOMPARE(f.peer.receive(10), patternOf(10));
        QTRY_COMPARE(next->state(), State::Done);
    }

    void aFileIsADatagram() {
        const TestSocket receiver = TestSocket::bindUdp();
        Fixture f(ClientConfig{.endpoint = {.transport = Transport::Udp,
                                            .host = "127.0.0.1",
                                            .port = receiver.port()}});
        QVERIFY(f.opened);
        const auto progress = f.sendFile(fileOf(1000));
        QCOMPARE(receiver.receiveSome(), patternOf(1000));
        QTRY_COMPARE(progress->state(), State::Done);
        (void)f.sendFile(sparseFile());
        QVERIFY(f.log.waitFor<lifecycle::Failed>(1)); // EMSGSIZE
    }

private:
    std::string fileOf(std::size_t size) {
        const QString path = m_dir.filePath(QString::number(size));
        QFile file(path);
        (void)file.open(QIODevice::WriteOnly);
        file.write(QByteArray::fromStdString(patternOf(size)));
        return path.toStdString();
    }
    /// 1 GiB that takes no room.
    std::string sparseFile() {
        const std::string path = m_dir.filePath("sparse").toStdString();
        (void)fileOf(0);
        QFile file(QString::fromStdString(path));
        (void)file.open(QIODevice::WriteOnly);
        (void)file.resize(qint64{1} << 30);
        return path;
    }

    const QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(TestSendPlan)
#include "tst_send_plan.moc"
