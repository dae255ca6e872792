#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtTest>

#include "tests/support/test_socket.h"
#include "ui/common/settings.h"

using namespace sscope;

namespace {

QString freshPath() {
    return QString::fromStdString(test::temporaryPath("config/settings.json"));
}

void write(const QString& path, const QByteArray& content) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("write");
    file.write(content);
}

} // namespace

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItIsTold() {
        const QString path = freshPath();
        {
            Settings settings(path);
            QVERIFY(settings.notice().isEmpty());
            settings.setValue("theme", 2);
            settings.setValue("name", QStringLiteral("你好"));
        }
        const Settings again(path);
        QCOMPARE(again.value("theme").toInt(), 2);
        QCOMPARE(again.value("name").toString(), QString("你好"));
        QVERIFY(again.value("none").isUndefined());
    }

    void writesSomeTimeAfterAChange() {
        const QString path = freshPath();
        Settings settings(path);
        settings.setValue("x", 1);
        QVERIFY(!QFile::exists(path));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 10'000);
    }

    void doesNotWriteWhatHasNotChanged() {
        const QString path = freshPath();
        { Settings settings(path); }
        QVERIFY(!QFile::exists(path));
    }

    void movesAnUnusableFileAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("word");
        QTest::newRow("torn") << QByteArray("{\"format\": 1, \"the") << "could not be read";
        QTest::newRow("empty") << QByteArray() << "could not be read";
        QTest::newRow("not ours") << QByteArray("[1, 2]") << "could not be read";
        QTest::newRow("newer") << QByteArray("{\"format\": 99, \"theme\": 1}") << "newer version";
    }

    void movesAnUnusableFileAside() {
        QFETCH(QByteArray, content);
        QFETCH(QString, word);
        const QString path = freshPath();
        write(path, content);
        {
            Settings settings(path);
            QVERIFY2(settings.notice().contains(word), qPrintable(settings.notice()));
            QVERIFY(settings.value("theme").isUndefined());
            settings.setValue("theme", 3);
        }
        QFile aside(path + ".unusable-1");
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), content); // nothing is lost
        QCOMPARE(Settings(path).value("theme").toInt(), 3);
    }

    void startsWhereTheFolderCannotBeWritten() {
        const QString blocked = QString::fromStdString(test::temporaryPath("file"));
        write(blocked, "not a folder");
        Settings settings(blocked + "/below/settings.json");
        settings.setValue("x", 1);
        settings.flush();
        QCOMPARE(settings.value("x").toInt(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
