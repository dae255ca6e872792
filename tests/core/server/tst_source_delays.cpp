#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include "core/server/command_gate.h"
#include "core/server/source_delays.h"
#include "core/server/token_file.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
using namespace std::chrono_literals;
using Kind = TokenVerdict::Kind;

class TestSourceDelays : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void delaysDoubleUpToAMinute() {
        SourceDelays delays;
        TimePoint now = SteadyClock::now();
        for (const Duration expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
            const TokenVerdict verdict = delays.judge("a", false, now);
            QVERIFY(verdict.kind == Kind::Wrong);
            QVERIFY(verdict.delay == expected);
            now += verdict.delay;
        }
        QVERIFY(delays.judge("a", true, now).kind == Kind::Accepted);
        QVERIFY(delays.judge("a", false, now).delay == Duration(1s)); // as if nothing had been
    }

    void sourcesDoNotConcernEachOther() {
        SourceDelays delays;
        const TimePoint now = SteadyClock::now();
        for (int i = 0; i < 5; ++i)
            (void)delays.judge("a", false, now + i * 60s);
        QVERIFY(delays.judge("b", true, now).kind == Kind::Accepted);
        QVERIFY(delays.judge("b", false, now).delay == Duration(1s));
    }

    void afterTwoFailuresEverybodyOfTheSourceWaits() {
        SourceDelays delays;
        const TimePoint now = SteadyClock::now();
        (void)delays.judge("a", false, now);
        QVERIFY(delays.judge("a", true, now).kind == Kind::Accepted); // one slip holds up nobody
        (void)delays.judge("a", false, now);
        (void)delays.judge("a", false, now); // a second connection at the same time
        for (const bool isRight : {false, true}) {
            const TokenVerdict verdict = delays.judge("a", isRight, now + 500ms);
            QVERIFY(verdict.kind == Kind::NotYet);
            QVERIFY(verdict.delay == Duration(1500ms));
        }
        QVERIFY(delays.judge("a", true, now + 2s).kind == Kind::Accepted);
    }

    void forgetsWhatIsLongAgo() {
        SourceDelays delays;
        const TimePoint now = SteadyClock::now();
        for (int i = 0; i < 5; ++i)
            (void)delays.judge("a", false, now + i * 60s);
        QVERIFY(delays.judge("a", false, now + 1h).delay == Duration(1s));
    }

    void keepsTheWorstOfTooManySources() {
        SourceDelays delays;
        const TimePoint now = SteadyClock::now();
        for (int i = 0; i < 6; ++i)
            (void)delays.judge("worst", false, now + i * 40s);
        for (int i = 0; i < 10'000; ++i)
            (void)delays.judge("source " + std::to_string(i), false, now + 200s);
        QVERIFY(delays.judge("worst", false, now + 201s).kind == Kind::NotYet);
    }

    void holdsInProcessesThatAreForked() {
        SourceDelays delays;
        const TimePoint now = SteadyClock::now();
        for (int i = 0; i < 2; ++i) {
            const pid_t pid = ::fork();
            if (pid == 0) {
                (void)delays.judge("a", false, now);
                ::_exit(0);
            }
            QCOMPARE(::waitpid(pid, nullptr, 0), pid);
        }
        QVERIFY(delays.judge("a", true, now).kind == Kind::NotYet);
    }

    void tokensAreComparedWhole() {
        QVERIFY(isSameToken("abc", "abc"));
        for (const char* other : {"", "ab", "abd", "abcd", "xbc"})
            QVERIFY(!isSameToken("abc", other) && !isSameToken(other, "abc"));
    }

    void readsATokenFile_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("line") << QByteArray("secret\n") << QByteArray("secret");
        QTest::newRow("no line end") << QByteArray("secret") << QByteArray("secret");
        QTest::newRow("CR LF") << QByteArray("two words \r\n") << QByteArray("two words ");
        QTest::newRow("longest") << QByteArray(1024, 'x') + '\n' << QByteArray(1024, 'x');
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("empty line") << QByteArray("\n") << QByteArray();
        QTest::newRow("two lines") << QByteArray("a\nb\n") << QByteArray();
        QTest::newRow("too long") << QByteArray(1025, 'x') << QByteArray();
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray();
    }

    void theGateGoesByTheTimeThatItIsTold() {
        ServerConfig config;
        config.settings.command.isAllowed = true;
        config.settings.command.tokenFile = "named";
        CommandGate gate(config);
        QVERIFY(gate.needsToken());
        TimePoint now = TimePoint() + 1h;
        QVERIFY(gate.judge("early", "", now).kind == Kind::Wrong); // nothing is read yet
        config.settings.command.token = std::make_shared<const std::string>("secret");
        for (const Duration delay : {1s, 2s}) {
            const TokenVerdict wrong = gate.judge("one", "guess", now);
            QVERIFY(wrong.kind == Kind::Wrong);
            QVERIFY(wrong.delay == delay);
            now += delay;
        }
        now -= 500ms;
        QVERIFY(gate.judge("one", "secret", now).kind == Kind::NotYet);
        QVERIFY(gate.judge("one", "secret", now).delay == Duration(500ms));
        QVERIFY(gate.judge("other", "secret", now).kind == Kind::Accepted);
        QVERIFY(gate.judge("one", "secret", now + 500ms).kind == Kind::Accepted);
    }

    void readsATokenFile() {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, token);
        const std::string path = temporaryPath("token");
        std::ofstream(path).write(content.data(), content.size());
        const auto read = readTokenFile(path);
        QCOMPARE(QByteArray::fromStdString(read.value_or("")), token);
        if (!read) {
            QVERIFY(read.error().is(Fault::BadTokenFile));
            QCOMPARE(read.error().subject, std::string("--token-file"));
        }
    }

    void refusesWhatIsNoFileToRead() {
        QVERIFY(readTokenFile("/no/such/file").error().isErrno(ENOENT));
        QVERIFY(readTokenFile("/tmp").error().is(Fault::BadTokenFile));
        const std::string path = temporaryPath("fifo");
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        QVERIFY(readTokenFile(path).error().is(Fault::BadTokenFile));
    }

    void knowsWhoElseCanReadIt() {
        const std::string path = temporaryPath("token");
        std::ofstream(path) << "x";
        ::chmod(path.c_str(), 0600);
        QVERIFY(!isReadableByOthers(path));
        ::chmod(path.c_str(), 0640);
        QVERIFY(isReadableByOthers(path));
        QVERIFY(!isReadableByOthers("/dev/null")); // it has no token for anybody
    }
};

QTEST_GUILESS_MAIN(TestSourceDelays)
#include "tst_source_delays.moc"
