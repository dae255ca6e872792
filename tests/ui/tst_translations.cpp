#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

const QString folder = QStringLiteral(SSCOPE_SOURCE_DIR "/resources/translations/");

QByteArray read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noStringIsUnfinished_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("pluralsOnly");
        QTest::newRow("Chinese") << "zh_CN" << false;
        QTest::newRow("English plurals") << "en" << true;
    }

    void noStringIsUnfinished() {
        QFETCH(QString, language);
        QFETCH(bool, pluralsOnly);
        const QString lupdate =
            QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
        if (!QFile::exists(lupdate))
            QSKIP("lupdate is not installed");
        // A copy that knows the source's strings of today.
        const QString name = QStringLiteral("socketscope_%1.ts").arg(language);
        const QString copy = QString::fromStdString(temporaryPath(name.toStdString()));
        QVERIFY(QFile::copy(folder + name, copy));
        QStringList arguments{"-silent",
                              SSCOPE_SOURCE_DIR "/ui",
                              "-I",
                              SSCOPE_SOURCE_DIR,
                              "-locations",
                              "none",
                              "-no-obsolete",
                              "-ts",
                              copy};
        if (pluralsOnly)
            arguments.prepend("-pluralonly");
        QCOMPARE(runProgram(lupdate, arguments).exitCode, 0);
        const QByteArray content = read(copy);
        const qsizetype at = content.indexOf("type=\"unfinished\"");
        QVERIFY2(at < 0, content.mid(qMax<qsizetype>(0, at - 300), 400).constData());
        QVERIFY(content.count("<message") > (pluralsOnly ? 5 : 200));
    }

    void placeholdersAreKept() {
        const QByteArray content = read(folder + "socketscope_zh_CN.ts");
        const QRegularExpression message(
            "<message[^>]*>.*?<source>(.*?)</source>.*?<translation>(.*?)</translation>",
            QRegularExpression::DotMatchesEverythingOption);
        const QRegularExpression placeholder("%(\\d|n)");
        int checked = 0;
        for (auto it = message.globalMatch(QString::fromUtf8(content)); it.hasNext();) {
            const auto match = it.next();
            const auto placeholders = [&](const QString& text) {
                QStringList found;
                for (auto each = placeholder.globalMatch(text); each.hasNext();)
                    found.append(each.next().captured());
                found.removeDuplicates();
                found.sort();
                return found;
            };
            QVERIFY2(placeholders(match.captured(1)) == placeholders(match.captured(2)),
                     qPrintable(match.captured(1)));
            ++checked;
        }
        QVERIFY(checked > 200);
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
