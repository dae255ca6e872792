#include <cerrno>
#include <csignal>
#include <filesystem>

#include <sys/resource.h>

#include <QtTest>

#include "core/storage/safe_file.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;
namespace fs = std::filesystem;

class TestSafeFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatItWrote() {
        const std::string path = temporaryPath("a/b/settings.json");
        QVERIFY(replaceFile(path, "first").has_value());
        QCOMPARE(*readFile(path), std::string("first"));
        const std::string large = patternOf(200'000);
        QVERIFY(replaceFile(path, large).has_value());
        QVERIFY(*readFile(path) == large);
        QVERIFY(!fs::exists(path + ".new"));
        QVERIFY((fs::status(path).permissions() & fs::perms::others_all) == fs::perms::none);
    }

    void tellsThatThereIsNoFile() {
        const auto content = readFile(temporaryPath("none"));
        QVERIFY(!content && content.error().isErrno(ENOENT));
    }

    void keepsTheOldFileWhereTheDiskIsFull() {
        const std::string path = temporaryPath("settings.json");
        QVERIFY(replaceFile(path, "old").has_value());
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{10, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto written = replaceFile(path, std::string(1000, 'x'));
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!written && written.error().isErrno(EFBIG));
        QCOMPARE(*readFile(path), std::string("old"));
    }

    void keepsTheOldFileWhereTheFolderCannotBeMade() {
        const std::string file = temporaryPath("file");
        QVERIFY(replaceFile(file, "x").has_value());
        const auto written = replaceFile(file + "/below", "y");
        QVERIFY(!written && written.error().isErrno(ENOTDIR));
    }

    void movesAFileAsideWithoutHurtingAnEarlierOne() {
        const std::string path = temporaryPath("settings.json");
        QVERIFY(replaceFile(path, "one").has_value());
        const auto first = moveAside(path);
        QVERIFY(first && !fs::exists(path));
        QVERIFY(replaceFile(path, "two").has_value());
        const auto second = moveAside(path);
        QVERIFY(second && *second != *first);
        QCOMPARE(*readFile(*first), std::string("one"));
        QCOMPARE(*readFile(*second), std::string("two"));
    }
};

QTEST_GUILESS_MAIN(TestSafeFile)
#include "tst_safe_file.moc"
