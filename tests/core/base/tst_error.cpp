#include <cerrno>

#include <netdb.h>

#include <QtTest>

#include "core/base/error.h"

using namespace sscope;

class TestError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAsOneLine() {
        QCOMPARE(errorText(systemError(EACCES, "bind", "127.0.0.1:80")),
                 std::string("bind 127.0.0.1:80: Permission denied (EACCES)"));
        QCOMPARE(errorText(resolverError(EAI_NONAME, "nosuch")),
                 std::string("resolve nosuch: Name or service not known (EAI_NONAME)"));
        QCOMPARE(errorText(faultError(Fault::PortOutOfRange, "endpoint", "x:70000", "70000")),
                 std::string("endpoint x:70000: port 70000 is not between 0 and 65535"));
    }

    void quotesWhatComesFromOutsideSafely() {
        const std::string shown =
            errorText(faultError(Fault::BadHost, "endpoint", "\x1b[31m:80", "\xff\xe2\x80\xae"));
        QCOMPARE(shown,
                 std::string("endpoint \\x1b[31m:80: host '\\xff\\u202e' is not a name or an "
                             "address"));
    }

    void knowsWhatItIs() {
        const Error refused = systemError(ECONNREFUSED, "connect");
        QVERIFY(refused.isErrno(ECONNREFUSED));
        QVERIFY(!refused.isErrno(EPIPE) && !refused.is(Fault::BadHex));
        // The same number in another category is another error.
        const Error fault = faultError(static_cast<Fault>(ECONNREFUSED % 29 + 1), "x", "y");
        QVERIFY(!fault.isErrno(ECONNREFUSED));
    }

    void everyFaultHasItsOwnText() {
        QStringList texts;
        for (int i = static_cast<int>(Fault::EmptyEndpoint); i <= static_cast<int>(Fault::BadValue);
             ++i) {
            const Error error = faultError(static_cast<Fault>(i), "x", "y", "DETAIL");
            const QString text = QString::fromStdString(reasonText(error));
            QVERIFY2(text != QLatin1String("unknown fault"), qPrintable(QString::number(i)));
            QVERIFY2(!texts.contains(text), qPrintable(text));
            texts.append(text);
        }
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
