// What can be written for a framing, and why some of it cannot be sent.

#include <sys/stat.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QThreadPool>
#include <QToolButton>
#include <QtTest>
#include <QVBoxLayout>

#include "core/base/encoding.h"
#include "ui/clients/composer.h"
#include "ui/common/app_style.h"

using namespace sscope;

namespace {

ComposerInput input(const QString& text, std::string_view framing = "message") {
    return {.text = text, .framing = Framing::parse(framing).value(), .ending = "\n"};
}

QString fault(const ComposerInput& input) {
    const auto message = composeMessage(input);
    const auto size = checkMessage(input); // says the same
    if (message.has_value() != size.has_value() || (size && *size != message->content.size()))
        return "checked otherwise";
    return message ? QString("none") : message.error();
}

std::string content(const ComposerInput& input) {
    const auto message = composeMessage(input);
    return message ? std::string(textOf(message->content)) : "refused";
}

} // namespace

class TestMessageComposer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QApplication::setStyle(new AppStyle);
        qRegisterMetaType<OwnedMessage>();
    }

    void theHeaderSaysWhatWasChosen() {
        ComposerInput one = input("{\"a\": \"你\"}");
        one.contentEncoding = "gbk";
        const auto message = composeMessage(one);
        QVERIFY(message);
        QCOMPARE(std::string(textOf(message->content)), *encodeText("{\"a\": \"你\"}", "gbk"));
        QCOMPARE(fieldValue(message->header, "content-type"), std::string_view("text/json"));
        QCOMPARE(fieldValue(message->header, "content-encoding"), std::string_view("gbk"));
    }

    void jsonIsCheckedAndTheFaultHasItsPlace() {
        QVERIFY(fault(input("{\"a\": 1,\n \"b\" 2}")).startsWith("line 2, column 6: "));
        QVERIFY(fault(input("{\"a\": 1, \"a\": 2}")).contains("twice"));
        QCOMPARE(fault(input("  ")), QString()); // nothing yet that could be wrong
        ComposerInput plain = input("{\"a\"");
        plain.contentType = "text/plain";
        QCOMPARE(content(plain), std::string("{\"a\""));
    }

    void whatAnEncodingLacksIsNamedWithItsPlace() {
        ComposerInput one = input("first\nab🐶");
        one.contentType = "text/plain";
        one.contentEncoding = "gbk";
        QCOMPARE(fault(one), QString("line 2, column 3: gbk has no “🐶”"));
        one.contentEncoding = "klingon";
        QVERIFY(fault(one).contains("klingon"));
        one.contentEncoding = "binary";
        QCOMPARE(content(one), std::string("first\nab🐶"));
        one.contentEncoding = "latin-1";
        one.text = "é";
        QCOMPARE(content(one), std::string("\xe9"));
    }

    void theEndingIsForRawOnly() {
        QCOMPARE(content(input("x", "raw")), std::string("x\n"));
        QCOMPARE(content(input("x", "line")), std::string("x"));
        QVERIFY(fault(input("a\nb", "line")).contains("ends"));
        QVERIFY(fault(input("abc", "fixed:4")).contains("4"));
        QCOMPARE(content(input("abcd", "fixed:4")), std::string("abcd"));
        QCOMPARE(fault(input("", "fixed:4")), QString());
        QVERIFY(fault(input(QString(300, 'x'), "length:u8")) != "none");
    }

    void theWidgetSaysItBesideTheField() {
        Composer composer;
        composer.show();
        auto* send = composer.findChild<QPushButton*>("sendButton");
        auto* edit = composer.findChild<QPlainTextEdit*>("messageEdit");
        composer.setSendEnabled(true, {});
        QVERIFY(send->isEnabled());
        QVERIFY(composer.findChild<QComboBox*>("ending")->isVisible());
        composer.setFraming(Framing::parse("message").value());
        QVERIFY(!composer.findChild<QComboBox*>("ending")->isVisible());
        QVERIFY(composer.findChild<QComboBox*>("contentType")->isVisible());
        QVERIFY(!send->isEnabled() && composer.fault().isEmpty());
        edit->setPlainText("{\"action\": }");
        QVERIFY(!send->isEnabled());
        QVERIFY(composer.fault().startsWith("line 1, column 12"));
        QSignalSpy sent(&composer, &Composer::sendAsked);
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent.count(), 0);
        edit->setPlainText("{\"action\": 1}");
        QVERIFY(send->isEnabled() && composer.fault().isEmpty());
        QCOMPARE(composer.findChild<QLabel*>("byteCount")->text(), QString("13 B"));
        QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent.count(), 1);
        composer.setSendEnabled(false, "Connect first");
        QVERIFY(!send->isEnabled());
        QCOMPARE(send->toolTip(), QString("Connect first"));
    }

    void aFileIsTheContent() {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray("\x00\xff{", 3));
        file.flush();
        Composer composer;
        composer.show();
        composer.setSendEnabled(true, {});
        composer.setFraming(Framing::parse("message").value());
        composer.setText("{\"draft\": 1}");
        composer.takeFile(file.fileName());
        auto* chip = composer.findChild<QToolButton*>("dropFile");
        QTRY_VERIFY(chip->isVisible());
        QCOMPARE(composer.findChild<QLabel*>("byteCount")->text(), QString("3 B"));
        QSignalSpy sent(&composer, &Composer::sendAsked);
        QTest::mouseClick(composer.findChild<QPushButton*>("sendButton"), Qt::LeftButton);
        QCOMPARE(sent.count(), 1);
        const auto message = sent.at(0).at(0).value<OwnedMessage>();
        QCOMPARE(message.content.size(), std::size_t{3});
        QTest::mouseClick(chip, Qt::LeftButton);
        QVERIFY(!chip->isVisible());
        QCOMPARE(composer.findChild<QPlainTextEdit*>("messageEdit")->toPlainText(),
                 QString("{\"draft\": 1}"));
    }

    void aFileThatIsTooLongIsRefused() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.resize((16 << 20) + 1));
        Composer composer;
        composer.setFraming(Framing::parse("message").value());
        composer.takeFile(file.fileName());
        QTRY_VERIFY(composer.fault().contains("16777216"));
        composer.takeFile("/nowhere/at/all");
        QTRY_VERIFY(composer.fault().contains("ENOENT"));
    }

    void theHistoryIsNotWalkedWhileAFileStandsThere() {
        QTemporaryFile file;
        QVERIFY(file.open());
        Composer composer;
        composer.show();
        composer.setFraming(Framing::parse("message").value());
        composer.setHistory({"older", "old"});
        composer.takeFile(file.fileName());
        auto* edit = composer.findChild<QPlainTextEdit*>("messageEdit");
        QTRY_VERIFY(edit->isReadOnly());
        const QString shown = edit->toPlainText();
        QTest::keyClick(edit, Qt::Key_Up);
        QCOMPARE(edit->toPlainText(), shown);
        QTest::keyClick(edit, Qt::Key_Down);
        QCOMPARE(edit->toPlainText(), shown);
    }

    void aFileThatComesAfterTheFramingChangedIsNotTaken() {
        QTemporaryFile file;
        QVERIFY(file.open());
        Composer composer;
        composer.show();
        composer.setFraming(Framing::parse("message").value());
        composer.setText("{\"draft\": 1}");
        composer.takeFile(file.fileName());
        composer.setFraming(Framing::parse("line").value());
        QVERIFY(QThreadPool::globalInstance()->waitForDone());
        QCoreApplication::processEvents();
        auto* edit = composer.findChild<QPlainTextEdit*>("messageEdit");
        QVERIFY(!edit->isReadOnly());
        QCOMPARE(edit->toPlainText(), QString("{\"draft\": 1}"));
        QVERIFY(!composer.findChild<QToolButton*>("dropFile")->isVisible());
    }

    void anotherFramingDropsTheFileAndLeavesTheFocus() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QWidget window;
        QVBoxLayout column(&window);
        auto* elsewhere = new QLineEdit(&window);
        auto* composer = new Composer(&window);
        column.addWidget(elsewhere);
        column.addWidget(composer);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        composer->setFraming(Framing::parse("message").value());
        composer->takeFile(file.fileName());
        auto* edit = composer->findChild<QPlainTextEdit*>("messageEdit");
        QTRY_VERIFY(edit->isReadOnly());
        elsewhere->setFocus();
        composer->setFraming(Framing::parse("line").value());
        QVERIFY(!edit->isReadOnly());
        QVERIFY(elsewhere->hasFocus());
    }

    void whatIsNoRegularFileIsRefused() {
        const QTemporaryDir dir;
        const QString pipe = dir.filePath("pipe");
        QCOMPARE(::mkfifo(pipe.toUtf8().constData(), 0600), 0);
        Composer composer;
        composer.setFraming(Framing::parse("message").value());
        composer.takeFile(pipe);
        QTRY_VERIFY(composer.fault().contains("not a regular file"));
    }
};

QTEST_MAIN(TestMessageComposer)
#include "tst_message_composer.moc"
