#include <QtTest>

#include "core/base/clock.h"
#include "core/base/units.h"

using namespace sscope;

class TestUnits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsBytes() {
        QCOMPARE(formatBytes(0), std::string("0 B"));
        QCOMPARE(formatBytes(13), std::string("13 B"));
        QCOMPARE(formatBytes(1023), std::string("1023 B"));
        QCOMPARE(formatBytes(4301), std::string("4.2 KiB"));
        QCOMPARE(formatBytes(1 << 20), std::string("1.0 MiB"));
        QCOMPARE(formatBytes((1 << 20) - 1), std::string("1.0 MiB"));
        QCOMPARE(formatBytes(5ull << 40), std::string("5.0 TiB"));
    }

    void groupsDigits() {
        QCOMPARE(formatCount(0), std::string("0"));
        QCOMPARE(formatCount(999), std::string("999"));
        QCOMPARE(formatCount(1208), std::string("1 208"));
        QCOMPARE(formatCount(10'000'000), std::string("10 000 000"));
    }

    void readsBytes() {
        QCOMPARE(parseBytes("1024").value(), std::uint64_t{1024});
        QCOMPARE(parseBytes("64K").value(), std::uint64_t{65536});
        QCOMPARE(parseBytes("64 KiB").value(), std::uint64_t{65536});
        QCOMPARE(parseBytes("1 MiB").value(), std::uint64_t{1 << 20});
        QCOMPARE(parseBytes("2g").value(), std::uint64_t{2} << 30);
        QCOMPARE(parseBytes("512 B").value(), std::uint64_t{512});
        for (const char* bad :
             {"", "x", "-1", "1.5K", "10Q", "10KK", "99999999999999999999", "99999999999T"})
            QVERIFY2(!parseBytes(bad), bad);
    }

    void wordsTimesAsRfc3339() {
        QCOMPARE(rfc3339(0), std::string("1970-01-01T00:00:00.000000Z"));
        QCOMPARE(rfc3339(1'700'000'000'123'456'789), std::string("2023-11-14T22:13:20.123456Z"));
    }
};

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
