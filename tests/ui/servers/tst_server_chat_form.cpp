// What the server form asks of the service chat.

#include <fstream>

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include "core/base/chat_error.h"
#include "core/server/chat_password.h"
#include "core/server/service_files.h"
#include "core/storage/chat_history.h"
#include "ui/common/app_style.h"
#include "ui/common/error_text.h"
#include "ui/servers/server_form.h"

using namespace sscope;

namespace {

class Form : public ServerForm {
public:
    Form() {
        show();
        find<QComboBox>("serverService")->setCurrentText(QStringLiteral("chat"));
    }
    template <typename T>
    T* find(const char* name) {
        return findChild<T*>(QString::fromLatin1(name));
    }
    QLineEdit* edit(const char* name) { return find<QLineEdit>(name); }
    QString command() { return find<QLabel>("serverCommand")->text(); }
    QString fault() {
        auto* label = find<QLabel>("fieldFault");
        return label->isVisible() ? label->text() : QString();
    }
};

} // namespace

class TestServerChatForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QApplication::setStyle(new AppStyle);
        qputenv("XDG_CONFIG_HOME", m_folder.path().toUtf8()); // hashes are kept below it
    }

    void fieldsBecomeOptions() {
        Form form;
        form.edit("chatHistory")->setText("/tmp/two words.db");
        form.edit("chatPasswordFile")->setText("/tmp/secret");
        form.edit("chatRetainAge")->setText("30 d");
        form.edit("chatRetainCount")->setText("5000");
        const QString command = form.command();
        QVERIFY(command.contains("--history-file '/tmp/two words.db'"));
        QVERIFY(command.contains("--password-file /tmp/secret"));
        QVERIFY(command.contains("--retain-age 2592000"));
        QVERIFY(command.contains("--retain-count 5000"));
        const auto config = form.read();
        QVERIFY(config);
        Form other;
        other.setConfig(*config);
        QVERIFY(other.read() == config);
        QCOMPARE(other.edit("chatRetainAge")->text(), QString("30 d"));
        form.find<QComboBox>("serverService")->setCurrentText("echo");
        QVERIFY(!form.edit("chatHistory")->isVisible());
        QVERIFY(form.read()->settings.chat == ChatSettings()); // no hidden field matters
    }

    void agesAreReadInTheirUnits_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("seconds"); // 0: none, -1: no time
        QTest::newRow("empty") << "" << 0;
        QTest::newRow("days") << "2d" << 172'800;
        QTest::newRow("hours") << " 12 h " << 43'200;
        QTest::newRow("minutes") << "45 min" << 2'700;
        QTest::newRow("seconds") << "90 s" << 90;
        QTest::newRow("a number") << "86400" << 86'400;
        QTest::newRow("zero") << "0 d" << -1;
        QTest::newRow("less") << "-1 d" << -1;
        QTest::newRow("words") << "long" << -1;
        QTest::newRow("unit") << "d" << -1;
        QTest::newRow("endless") << "inf" << -1;
        QTest::newRow("none") << "nan" << -1;
    }

    void agesAreReadInTheirUnits() {
        QFETCH(QString, text);
        QFETCH(int, seconds);
        Form form;
        form.edit("chatRetainAge")->setText(text);
        const auto config = form.read();
        QCOMPARE(config.has_value(), seconds >= 0);
        if (!config) {
            QVERIFY(form.fault().contains("30\u00a0d"));
            QVERIFY(form.edit("chatRetainAge")->property("atFault").toBool());
            return;
        }
        const auto age = config->settings.chat.retention.age;
        QCOMPARE(age.has_value(), seconds > 0);
        if (age)
            QVERIFY(*age == std::chrono::seconds(seconds));
    }

    void whatCannotBeStandsUnderItsField() {
        Form form;
        form.edit("chatRetainCount")->setText("many");
        QVERIFY(!form.read());
        QVERIFY(form.edit("chatRetainCount")->property("atFault").toBool());
        form.edit("chatRetainCount")->setText("10");
        form.find<QComboBox>("serverModel")->setCurrentText("processes");
        QVERIFY(!form.read());
        QVERIFY(form.find<QComboBox>("serverModel")->property("atFault").toBool());
        QVERIFY(form.fault().contains("a process of its own"));
    }

    void whatTheStartFindsStandsUnderItsField() {
        const std::string path = m_folder.filePath("foreign").toStdString();
        std::ofstream(path) << "";
        const auto holder = ChatHistory::open(path).value();
        Form form;
        form.edit("chatHistory")->setText(QString::fromStdString(path));
        form.showFailure(ChatHistory::open(path).error());
        QVERIFY(form.edit("chatHistory")->property("atFault").toBool());
        QVERIFY(form.fault().contains("another server is writing to it"));
        form.edit("chatPasswordFile")->setText("/no/such/file");
        auto config = form.read();
        QVERIFY(config);
        form.showFailure(loadServiceFiles(*config).error());
        QVERIFY(form.edit("chatPasswordFile")->property("atFault").toBool());
    }

    void aTypedPasswordIsKeptAsItsHashAlone() {
        Form form;
        QSignalSpy started(&form, &ServerForm::startAsked);
        QVERIFY(!form.edit("chatPassword")->isVisible());
        QTest::mouseClick(form.find<QToolButton>("typePassword"), Qt::LeftButton);
        auto* typed = form.edit("chatPassword");
        QVERIFY(typed->isVisible());
        QVERIFY(typed->hasFocus() || !QApplication::activeWindow());
        QCOMPARE(typed->echoMode(), QLineEdit::Password);
        QTest::keyClicks(typed, "open sesame");
        QVERIFY(!form.read()); // it is not to be forgotten silently
        QVERIFY(typed->property("atFault").toBool());
        QTest::keyClick(typed, Qt::Key_Return);
        QTRY_VERIFY(!form.edit("chatPasswordFile")->text().isEmpty());
        QVERIFY(started.isEmpty());
        QVERIFY(!typed->isVisible() && typed->text().isEmpty());

        const QString path = form.edit("chatPasswordFile")->text();
        QVERIFY(path.startsWith(m_folder.path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll().trimmed();
        QVERIFY(isPasswordHash(content.toStdString()) && !content.contains("sesame"));
        QVERIFY(isPassword("open sesame", content.toStdString()));
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(!form.command().contains("sesame") && form.command().contains(path));
        QVERIFY(form.read());
    }

    void aPublicLineIsSaidNotToBeEncrypted() {
        Form form;
        auto* caution = form.find<QLabel>("addressCaution");
        QVERIFY(!caution->isVisible());
        form.find<QComboBox>("serverAddress")->setCurrentIndex(2); // every address
        QVERIFY(caution->isVisible());
        QCOMPARE(caution->text(), chatInPublicWords());
        form.find<QComboBox>("serverService")->setCurrentText("echo");
        QVERIFY(!caution->isVisible());
    }

    void everyFaultHasItsWords() {
        for (int fault = 1; fault <= static_cast<int>(ChatFault::BadHash); ++fault) {
            const Error error = chatError(static_cast<ChatFault>(fault), "open history", "x");
            QCOMPARE(reasonWords(error).toLower().remove('.'),
                     QString::fromStdString(error.code.message()).toLower());
        }
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestServerChatForm)
#include "tst_server_chat_form.moc"
