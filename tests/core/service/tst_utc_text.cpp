#include <clocale>

#include <QtTest>

#include "core/service/utc_text.h"

using namespace sscope;

class TestUtcText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysTheTime_data() {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QByteArray>("daytime");
        QTest::addColumn<QByteArray>("http");
        QTest::newRow("epoch") << qint64{0} << qint64{0}
                               << QByteArray("Thursday, January 1, 1970 00:00:00-UTC")
                               << QByteArray("Thu, 01 Jan 1970 00:00:00 GMT");
        QTest::newRow("RFC 9110's example") << qint64{784'111'777} << qint64{0}
                                            << QByteArray("Sunday, November 6, 1994 08:49:37-UTC")
                                            << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT");
        QTest::newRow("leap day") << qint64{1'709'251'199} << qint64{999'999'999}
                                  << QByteArray("Thursday, February 29, 2024 23:59:59-UTC")
                                  << QByteArray("Thu, 29 Feb 2024 23:59:59 GMT");
        QTest::newRow("before 1970")
            << qint64{0} << qint64{-1} << QByteArray("Wednesday, December 31, 1969 23:59:59-UTC")
            << QByteArray("Wed, 31 Dec 1969 23:59:59 GMT");
        QTest::newRow("after 2038") << qint64{4'102'444'800} << qint64{0}
                                    << QByteArray("Friday, January 1, 2100 00:00:00-UTC")
                                    << QByteArray("Fri, 01 Jan 2100 00:00:00 GMT");
    }

    void saysTheTime() {
        QFETCH(qint64, seconds);
        QFETCH(qint64, nanoseconds);
        QFETCH(QByteArray, daytime);
        QFETCH(QByteArray, http);
        const WallTime time = seconds * 1'000'000'000 + nanoseconds;
        QCOMPARE(daytimeText(time), daytime.toStdString());
        QCOMPARE(httpDate(time), http.toStdString());
    }

    void isEnglishUnderEveryLocale() {
        for (const char* locale : {"de_DE.UTF-8", "fr_FR.UTF-8", "ja_JP.UTF-8"}) {
            if (!std::setlocale(LC_ALL, locale))
                continue; // is not installed
            QCOMPARE(daytimeText(0), std::string("Thursday, January 1, 1970 00:00:00-UTC"));
            QCOMPARE(httpDate(0), std::string("Thu, 01 Jan 1970 00:00:00 GMT"));
        }
        std::setlocale(LC_ALL, "C");
    }
};

QTEST_GUILESS_MAIN(TestUtcText)
#include "tst_utc_text.moc"
