#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <QtTest>

#include "core/load/latency_histogram.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

// What the class promises: at most so much too long, never too short.
constexpr double promisedError = 0.008;
constexpr double shares[] = {0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1};

/// The same question to all the values, in order.
Duration exactPercentile(const std::vector<Duration>& sorted, double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

bool isWithin(Duration told, Duration exact) {
    const double most = double(exact.count()) * (1 + promisedError);
    return told >= exact && double(told.count()) <= most;
}

/// Evenly over the orders of magnitude from 1 us to 1 h.
std::vector<Duration> spreadValues(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> exponent(std::log(1e3), std::log(3.6e12));
    std::vector<Duration> values(count);
    for (Duration& value : values)
        value = Duration(std::llround(std::exp(exponent(random))));
    return values;
}

} // namespace

class TestLatencyHistogram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyTellsZero();
    void percentilesFollowTheSortedValues();
    void oneValueIsEveryPercentile_data();
    void oneValueIsEveryPercentile();
    void mergedIsAsIfCountedTogether();
    void whatIsOutOfRangeIsCountedToo();
    void bucketsHoldEachValueOnce();
    void coarseBucketsHoldTheSame();
    void clearForgets();
};

void TestLatencyHistogram::emptyTellsZero() {
    const LatencyHistogram histogram;
    QCOMPARE(histogram.count(), 0u);
    QCOMPARE(histogram.percentile(0.99), 0ns);
    QCOMPARE(histogram.max(), 0ns);
    QCOMPARE(histogram.min(), 0ns);
    QCOMPARE(histogram.mean(), 0ns);
    QVERIFY(histogram.buckets().empty());
}

void TestLatencyHistogram::percentilesFollowTheSortedValues() {
    for (const std::size_t count : {1u, 2u, 7u, 1000u, 100'000u}) {
        std::vector<Duration> values = spreadValues(count, unsigned(count));
        LatencyHistogram histogram;
        double sum = 0;
        for (const Duration value : values) {
            histogram.record(value);
            sum += double(value.count());
        }
        std::ranges::sort(values);
        for (const double share : shares) {
            const Duration exact = exactPercentile(values, share);
            const Duration told = histogram.percentile(share);
            QVERIFY2(isWithin(told, exact), qPrintable(QStringLiteral("%1 of %2: %3 for %4")
                                                           .arg(share)
                                                           .arg(count)
                                                           .arg(told.count())
                                                           .arg(exact.count())));
        }
        QCOMPARE(histogram.count(), std::uint64_t(count));
        QCOMPARE(histogram.max(), values.back());
        QCOMPARE(histogram.min(), values.front());
        QVERIFY(std::abs(double(histogram.mean().count()) - sum / double(count)) <= 1);
    }
}

void TestLatencyHistogram::oneValueIsEveryPercentile_data() {
    QTest::addColumn<qint64>("nanoseconds");
    for (const qint64 value :
         {0ll, 1ll, 127ll, 128ll, 129ll, 255ll, 256ll, 257ll, 1000ll, 65535ll, 65536ll, 1'000'000ll,
          50'000'000ll, 3'600'000'000'000ll, (1ll << 42) - 1})
        QTest::addRow("%lld", value) << value;
}

void TestLatencyHistogram::oneValueIsEveryPercentile() {
    QFETCH(qint64, nanoseconds);
    LatencyHistogram histogram;
    histogram.record(Duration(nanoseconds));
    for (const double share : shares)
        QCOMPARE(histogram.percentile(share), Duration(nanoseconds)); // never over the longest
    QCOMPARE(histogram.countFrom(Duration(nanoseconds)), 1u);
    QCOMPARE(histogram.countFrom(Duration(nanoseconds + nanoseconds / 64 + 1)), 0u);
}

void TestLatencyHistogram::mergedIsAsIfCountedTogether() {
    LatencyHistogram all;
    LatencyHistogram merged;
    for (unsigned part = 0; part < 5; ++part) {
        LatencyHistogram one;
        for (const Duration value : spreadValues(1000, part)) {
            all.record(value);
            one.record(value);
        }
        merged.merge(one);
    }
    merged.merge(LatencyHistogram());
    QCOMPARE(merged.count(), all.count());
    QCOMPARE(merged.max(), all.max());
    QCOMPARE(merged.min(), all.min());
    for (const double share : shares)
        QCOMPARE(merged.percentile(share), all.percentile(share));
}

void TestLatencyHistogram::whatIsOutOfRangeIsCountedToo() {
    LatencyHistogram histogram;
    histogram.record(-5ns); // a clock never steps back, but nothing breaks
    histogram.record(100h);
    QCOMPARE(histogram.count(), 2u);
    QCOMPARE(histogram.max(), Duration(100h));
    QCOMPARE(histogram.percentile(1), Duration(100h));
    QCOMPARE(histogram.min(), 0ns);
}

void TestLatencyHistogram::bucketsHoldEachValueOnce() {
    LatencyHistogram histogram;
    const std::vector<Duration> values = spreadValues(2000, 3);
    for (const Duration value : values)
        histogram.record(value);
    std::uint64_t sum = 0;
    Duration last{};
    for (const LatencyHistogram::Bucket& bucket : histogram.buckets()) {
        QVERIFY(bucket.from >= last);
        QVERIFY(bucket.to > bucket.from);
        last = bucket.to;
        const auto inside = std::ranges::count_if(
            values, [&](Duration value) { return value >= bucket.from && value < bucket.to; });
        QCOMPARE(bucket.count, std::uint64_t(inside));
        sum += bucket.count;
    }
    QCOMPARE(sum, std::uint64_t(values.size()));
}

void TestLatencyHistogram::coarseBucketsHoldTheSame() {
    LatencyHistogram histogram;
    for (const Duration value : spreadValues(2000, 4))
        histogram.record(value);
    for (const int perOctave : {1, 4, 16, 128}) {
        std::uint64_t sum = 0;
        for (const LatencyHistogram::Bucket& bucket : histogram.buckets(perOctave)) {
            sum += bucket.count;
            QCOMPARE(histogram.countFrom(bucket.from) - histogram.countFrom(bucket.to),
                     bucket.count);
        }
        QCOMPARE(sum, histogram.count());
        QVERIFY(histogram.buckets(perOctave).size() <= std::size_t(33 * perOctave));
    }
}

void TestLatencyHistogram::clearForgets() {
    LatencyHistogram histogram;
    histogram.record(1ms);
    histogram.clear();
    QCOMPARE(histogram.count(), 0u);
    QCOMPARE(histogram.max(), 0ns);
    histogram.record(2us);
    QCOMPARE(histogram.min(), 2us);
    QCOMPARE(histogram.percentile(0.5), 2us);
}

QTEST_GUILESS_MAIN(TestLatencyHistogram)
#include "tst_latency_histogram.moc"
