#include <QtTest>

#include "core/client/reconnect_delay.h"

using namespace sscope;
using namespace std::chrono_literals;

namespace {

/// The bound of the nth delay, from 0.
Duration boundOf(int n) {
    return std::min<Duration>(ReconnectDelay::first * (1LL << std::min(n, 20)),
                              ReconnectDelay::longest);
}

} // namespace

class ReconnectDelayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysWithinABoundThatDoubles() {
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            ReconnectDelay delay(seed);
            for (int n = 0; n < 12; ++n) {
                const Duration next = delay.next();
                QVERIFY(next >= 0ms);
                QVERIFY2(next <= boundOf(n), qPrintable(QString::number(n)));
            }
            QCOMPARE(delay.attempts(), 12U);
        }
    }

    void spreadsOverAllOfTheBound() {
        // Full jitter: a quarter of the delays in each quarter of the bound.
        constexpr int seeds = 4000;
        for (int n = 0; n < 8; ++n) {
            int quarters[4] = {};
            for (std::uint64_t seed = 0; seed < seeds; ++seed) {
                ReconnectDelay delay(seed);
                Duration next{};
                for (int i = 0; i <= n; ++i)
                    next = delay.next();
                ++quarters[std::min<std::int64_t>(3, next * 4 / boundOf(n))];
            }
            for (const int count : quarters)
                QVERIFY2(count > seeds / 5 && count < seeds * 3 / 10,
                         qPrintable(QString::number(count)));
        }
    }

    void isTheSameForTheSameSeed() {
        ReconnectDelay one(7);
        ReconnectDelay same(7);
        ReconnectDelay other(8);
        bool differs = false;
        for (int n = 0; n < 10; ++n) {
            const Duration next = one.next();
            QCOMPARE(same.next().count(), next.count());
            differs = differs || other.next() != next;
        }
        QVERIFY(differs);
    }

    void beginsAnewAfterAReset() {
        ReconnectDelay delay(1);
        for (int n = 0; n < 10; ++n)
            (void)delay.next();
        delay.reset();
        QCOMPARE(delay.attempts(), 0U);
        QVERIFY(delay.next() <= ReconnectDelay::first);
        QCOMPARE(delay.attempts(), 1U);
    }
};

QTEST_APPLESS_MAIN(ReconnectDelayTest)
#include "tst_reconnect_delay.moc"
