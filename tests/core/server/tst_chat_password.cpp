#include <fstream>

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/chat_error.h"
#include "core/server/chat_password.h"
#include "core/server/source_delays.h"
#include "tests/support/program.h"

using namespace sscope;
using namespace std::chrono_literals;

class TestChatPassword : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHashIsSaltedAndKnowsItsPassword() {
        const std::string hash = hashPassword("tea time").value();
        QVERIFY(isPasswordHash(hash));
        QVERIFY(hash.find("tea") == std::string::npos);
        QVERIFY(hash != hashPassword("tea time").value());
        QVERIFY(isPassword("tea time", hash));
        QVERIFY(!isPassword("tea tim", hash) && !isPassword("", hash));
        QVERIFY(!isPassword("tea time", hash.substr(1)) && !isPassword("tea time", ""));
        QVERIFY(!isPasswordHash("$scrypt$15$8$1$00$00"));
    }

    /// RFC 7914, section 12, has no vector of our N; this is OpenSSL's command line:
    /// openssl kdf -keylen 32 -kdfopt pass:tea -kdfopt hexsalt:000102...0f -kdfopt n:32768
    /// -kdfopt r:8 -kdfopt p:1 -kdfopt maxmem_bytes:67108864 SCRYPT
    void theHashIsWhatOthersCompute() {
        QProcess other;
        other.start("openssl",
                    {"kdf", "-keylen", "32", "-kdfopt", "pass:tea", "-kdfopt",
                     "hexsalt:000102030405060708090a0b0c0d0e0f", "-kdfopt", "n:32768", "-kdfopt",
                     "r:8", "-kdfopt", "p:1", "-kdfopt", "maxmem_bytes:67108864", "SCRYPT"});
        if (!other.waitForStarted())
            QSKIP("openssl is not installed");
        QVERIFY(other.waitForFinished());
        const QByteArray key = other.readAllStandardOutput().trimmed().replace(":", "").toLower();
        QCOMPARE(key.size(), 64);
        QVERIFY(isPassword("tea",
                           "$scrypt$15$8$1$000102030405060708090a0b0c0d0e0f$" + key.toStdString()));
    }

    void aFileHoldsAPasswordOrItsHash() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("password").toStdString();
        const auto write = [&](const std::string& text) { std::ofstream(path) << text; };
        write("tea\n");
        QVERIFY(isPassword("tea", readPasswordFile(path).value()));
        const std::string hash = hashPassword("milk").value();
        write(hash + '\n');
        QVERIFY(readPasswordFile(path).value() == hash);
        write("two\nlines\n");
        QVERIFY(isChatFault(readPasswordFile(path).error(), ChatFault::BadPassword));
        QVERIFY(!readPasswordFile(path + "x"));
    }

    void aHashThatWasCopiedBadlyIsNoPassword() {
        QTemporaryDir in;
        QFile file(in.filePath("password"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("$scrypt$15$8$1$00\n") > 0);
        file.close();
        const auto refused = test::runProgram(
            test::ownProgram("socketscope"),
            {"serve", "chat", "--listen", "127.0.0.1:0", "--password-file", file.fileName()});
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.errors.contains("a hash that is not whole"), refused.errors);
    }

    void theCommandLineWritesAHash() {
        const QStringList words{"chat", "--hash-password"};
        const QString own = test::ownProgram("socketscope");
        const auto hashed = test::runProgram(own, words, "t\u00e9 a\r\nnot read\n");
        QCOMPARE(hashed.exitCode, 0);
        QVERIFY(hashed.errors.isEmpty() && hashed.output.endsWith('\n'));
        QVERIFY(isPassword("t\u00e9 a", hashed.output.trimmed().toStdString()));
        QVERIFY(test::runProgram(own, words, "t\u00e9 a").output != hashed.output); // salted
        const auto none = test::runProgram(own, words, "\n");
        QCOMPARE(none.exitCode, 2);
        QVERIFY(none.output.isEmpty() && none.errors.contains("at least one character"));
        QCOMPARE(test::runProgram(own, words, QByteArray(1025, 'x')).exitCode, 2);
    }

    /// Of a terminal (util-linux' script(1) makes one): asked for twice, and not shown.
    void aTerminalDoesNotShowIt() {
        if (!test::isInstalled("script"))
            QSKIP("script is not installed");
        for (const QByteArray again : {"secret\n", "another\n"}) {
            test::RunningProgram asked(
                "script",
                {"-qec", test::ownProgram("socketscope") + " chat --hash-password", "/dev/null"});
            QVERIFY(!asked.readLineWith("Password:").isEmpty());
            asked.process().write("secret\n");
            QVERIFY(!asked.readLineWith("Again:").isEmpty());
            asked.process().write(again);
            const bool isSame = again == "secret\n";
            const QByteArray told = asked.readLineWith(isSame ? "$scrypt$" : "differ");
            QVERIFY(!told.isEmpty() && !told.contains("secret"));
            if (isSame)
                QVERIFY(isPassword("secret", told.trimmed().toStdString()));
        }
    }

    void whoIsHeldBackIsKnownWithoutAComparison() {
        SourceDelays delays;
        const TimePoint now = SteadyClock::now();
        QVERIFY(delays.heldFor("a", now) == 0s);
        delays.judge("a", false, now);
        QVERIFY(delays.heldFor("a", now) == 0s); // a slip
        delays.judge("a", false, now);
        QVERIFY(delays.heldFor("a", now) == 2s);
        QVERIFY(delays.heldFor("a", now + 2s) == 0s);
        QVERIFY(delays.heldFor("b", now) == 0s);
    }
};

QTEST_APPLESS_MAIN(TestChatPassword)
#include "tst_chat_password.moc"
