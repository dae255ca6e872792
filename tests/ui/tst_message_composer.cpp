// What can be written for a framing, and why some of it cannot be sent.

#include <sys/stat.h>
#include <unistd.h>

#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>
#include <QVBoxLayout>

#include "core/base/encoding.h"
#include "tests/support/test_socket.h"
#include "ui/clients/composer.h"
#include "ui/clients/message_edit.h"
#include "ui/clients/recent_inputs.h"
#include "ui/clients/repeat_panel.h"
#include "ui/clients/snippet_panel.h"
#include "ui/common/app_style.h"
#include "ui/common/inline_message.h"
#include "ui/common/segments.h"
#include "ui/common/settings.h"

using namespace sscope;
using namespace sscope::test;

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

ComposerInput inputOf(MessageForm form, const QString& text) {
    ComposerInput one = input(text, "raw");
    one.form = form;
    one.ending.clear();
    return one;
}

/// A composer that can send, with what its child widgets are called.
struct Shown {
    Shown() {
        composer.resize(800, 100);
        composer.show();
        composer.setSendEnabled(true, {});
    }
    template <typename T>
    T* find(const char* name) {
        return composer.findChild<T*>(QString::fromLatin1(name));
    }
    void click(const char* name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    void paste(const QString& text) {
        QGuiApplication::clipboard()->setText(text);
        find<QPlainTextEdit>("messageEdit")->paste();
    }
    QString note() { return find<QLabel>("contentNote")->text(); }

    Composer composer;
};

Snippet snippetOf(const QString& folder, const QString& name, const QString& text) {
    return {.folder = folder, .name = name, .message = {.text = text}};
}

Snippet listOf(const QString& name) {
    return {.name = name,
            .isList = true,
            .messages = {{{.text = "one"}, 5}, {{.form = MessageForm::Hex, .text = "32"}, 0}},
            .interval = 20,
            .count = 3};
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

    void hexIsReadWithItsPlace() {
        QCOMPARE(content(inputOf(MessageForm::Hex, "48 0x65,6c")), std::string("Hel"));
        QCOMPARE(content(inputOf(MessageForm::Hex, "00000000: 4869 0a    Hi.\n")),
                 std::string("Hi\n"));
        QCOMPARE(fault(inputOf(MessageForm::Hex, "48\n65 6g")),
                 QString("line 2, column 4: a byte has two digits"));
        ComposerInput one = inputOf(MessageForm::Hex, "48");
        one.ending = "\n"; // not after bytes
        QCOMPARE(content(one), std::string("H"));
    }

    void jsonIsStrictAndMayBeCompact() {
        ComposerInput one = inputOf(MessageForm::Json, "{\"a b\": [1,\n 2],\t\"c\": \"\\\" \"}");
        QCOMPARE(content(one), one.text.toStdString());
        one.compact = true;
        QCOMPARE(content(one), std::string("{\"a b\":[1,2],\"c\":\"\\\" \"}"));
        QVERIFY(fault(inputOf(MessageForm::Json, "{\"a\": 1,}")).startsWith("line 1, column "));
        QVERIFY(fault(inputOf(MessageForm::Json, "{\"a\": NaN}")).startsWith("line 1, column 7"));
        QCOMPARE(fault(inputOf(MessageForm::Json, " ")), QString());
    }

    void escapesHaveTheirPlace() {
        ComposerInput one = inputOf(MessageForm::Text, "a\\x00\\u4f60\\n");
        QCOMPARE(content(one), std::string("a\\x00\\u4f60\\n")); // off
        one.escapes = true;
        QCOMPARE(content(one), std::string("a\0\xe4\xbd\xa0\n", 6));
        one.text = "你\n好 \\q";
        QVERIFY(fault(one).startsWith("line 2, column 3: "));
        one.text = "\\u4f60";
        one.encoding = "Latin-1";
        QCOMPARE(fault(one), QString("line 1, column 1: Latin-1 has no “\\u4f60”"));
    }

    void macrosKeepJsonValid() {
        ComposerInput one = inputOf(MessageForm::Json, "{\"n\": ${seq}, \"t\": \"${time}\"}");
        QVERIFY(fault(one) != "none"); // as text it is none
        one.macros = true;
        QCOMPARE(fault(one), QString("none"));
        const auto step = composeStep(one);
        QVERIFY(step && step->content.hasMacros());
        QVERIFY(textOf(step->content.sample()).starts_with("{\"n\": 1, \"t\": \"19"));
        one.text = "{\"n\": ${rand:8}}"; // letters without quotes
        QVERIFY(fault(one).startsWith("line 1, column 7"));
        one.text = "{\"n\":\n ${rand:0}}";
        QVERIFY(fault(one).startsWith("line 2, column 2: "));
        one.text = "{ \"n\" : ${seq} }";
        one.compact = true;
        QCOMPARE(content(one), std::string("{\"n\":1}"));
    }

    void everyEncodingRoundTrips_data() {
        QTest::addColumn<QString>("text");
        const QMap<QString, QString> texts{{"ASCII", "Hello ~"},
                                           {"Latin-1", "Grüße ÿ"},
                                           {"Latin-9", "10 € œ"},
                                           {"GBK", "你好，世界"},
                                           {"GB18030", "你好 🐶 ᠀"},
                                           {"Big5", "你好，世界"},
                                           {"Shift_JIS", "こんにちは世界"},
                                           {"EUC-JP", "こんにちは世界"},
                                           {"EUC-KR", "안녕하세요"},
                                           {"KOI8-R", "Привет"},
                                           {"Windows-1251", "Привет №"},
                                           {"Windows-1252", "“€”"}};
        for (const std::string_view name : offeredEncodings())
            QTest::newRow(std::string(name).c_str())
                << texts.value(QString::fromStdString(std::string(name)), "Hi 你好 Grüße 🐶");
    }

    void everyEncodingRoundTrips() {
        QFETCH(QString, text);
        const std::string name = QTest::currentDataTag();
        ComposerInput one = inputOf(MessageForm::Text, text);
        one.encoding = name;
        const auto message = composeMessage(one);
        QVERIFY2(message, qPrintable(message ? QString() : message.error()));
        QCOMPARE(decodeText(textOf(message->content), name).value(), text.toStdString());
        one.macros = true;
        one.text = text + "${seq}";
        QCOMPARE(decodeText(content(one), name).value(), text.toStdString() + "1");
    }

    void theFormsHaveTheirFields() {
        Shown f;
        QVERIFY(f.find<QComboBox>("encoding")->isVisible());
        QVERIFY(f.find<QToolButton>("escapes")->isVisible());
        QVERIFY(!f.find<QToolButton>("compact")->isVisible());
        f.click("formHex");
        QVERIFY(!f.find<QComboBox>("encoding")->isVisible());
        QVERIFY(!f.find<QComboBox>("ending")->isVisible());
        QVERIFY(!f.find<QToolButton>("macros")->isVisible());
        f.click("formJson");
        QVERIFY(f.find<QToolButton>("compact")->isVisible());
        QVERIFY(f.find<QToolButton>("macros")->isVisible());
        QVERIFY(f.find<QComboBox>("ending")->isVisible());
        f.click("formFile");
        QVERIFY(!f.find<QPlainTextEdit>("messageEdit")->isVisible());
        QVERIFY(f.find<QToolButton>("chooseFile")->isVisible());
        QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
        f.click("formText");
        QVERIFY(f.find<QPlainTextEdit>("messageEdit")->isVisible());
    }

    void anErrorSendsNothing() {
        Shown f;
        QSignalSpy sent(&f.composer, &Composer::sendAsked);
        f.composer.setText("48 6");
        f.click("formHex");
        QVERIFY(f.composer.fault().startsWith("line 1, column 4"));
        QVERIFY(f.find<QLabel>("composerFault")->isVisible());
        QTest::keyClick(f.find<QPlainTextEdit>("messageEdit"), Qt::Key_Return, Qt::ControlModifier);
        f.click("repeatButton");
        QVERIFY(!f.find<QPushButton>("repeatStart")->isEnabled());
        QCOMPARE(sent.count(), 0);
        f.composer.setText("48 69");
        QTest::keyClick(f.find<QPlainTextEdit>("messageEdit"), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sent.count(), 1);
        QCOMPARE(textOf(sent.at(0).at(0).value<OwnedMessage>().content), std::string_view("Hi"));
    }

    void macrosOfAClientAreLeftToItsLoop() {
        Shown f;
        QSignalSpy steps(&f.composer, &Composer::stepAsked);
        QSignalSpy sent(&f.composer, &Composer::sendAsked);
        f.composer.setWritten({.text = "${seq}", .ending = "LF", .macros = true});
        f.click("sendButton");
        QCOMPARE(steps.count(), 1);
        QCOMPARE(sent.count(), 0);
        f.composer.setIsClient(false);
        f.click("sendButton");
        f.click("sendButton");
        QCOMPARE(sent.count(), 2);
        QCOMPARE(textOf(sent.at(1).at(0).value<OwnedMessage>().content), std::string_view("2\n"));
        QVERIFY(!f.find<QToolButton>("repeatButton")->isEnabled());
        QVERIFY(!f.find<QToolButton>("repeatButton")->toolTip().isEmpty());
    }

    void theHistoryKeepsTheForm() {
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        RecentInputs inputs(settings);
        const WrittenMessage hex{.form = MessageForm::Hex, .text = "48 65"};
        const WrittenMessage gbk{
            .text = "你好", .encoding = "GBK", .ending = "CRLF", .escapes = true, .macros = true};
        inputs.addMessage(hex);
        inputs.addMessage(gbk);
        RecentInputs again(settings);
        QVERIFY((again.messages() == std::vector<WrittenMessage>{hex, gbk}));
        Shown f;
        f.composer.setHistory(again.messages());
        f.composer.setWritten({.form = MessageForm::Json, .text = "[1]"});
        auto* edit = f.find<QPlainTextEdit>("messageEdit");
        QTest::keyClick(edit, Qt::Key_Up);
        QVERIFY(f.composer.written() == gbk);
        QTest::keyClick(edit, Qt::Key_Up);
        QCOMPARE(f.composer.written().text, hex.text);
        QVERIFY(f.composer.written().form == MessageForm::Hex);
        QTest::keyClick(edit, Qt::Key_Down);
        QTest::keyClick(edit, Qt::Key_Down);
        QCOMPARE(f.composer.written().text, QString("[1]"));
        QVERIFY(f.composer.written().form == MessageForm::Json);
    }

    void aHistoryOfTextsIsStillRead() {
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        settings.setValue("composerHistory", QJsonArray{"older", "old"});
        const RecentInputs inputs(settings);
        QCOMPARE(inputs.messages().size(), std::size_t{2});
        QCOMPARE(inputs.messages()[1].text, QString("old"));
    }

    void snippetsGoOutAndComeBack() {
        const std::vector<Snippet> all{
            snippetOf("", "plain", "x"),
            {.folder = "调试",
             .name = "all",
             .message = {.form = MessageForm::Json,
                         .text = "{\"a\":\n1}",
                         .ending = "NUL",
                         .macros = true,
                         .compact = true}},
            {.name = "none",
             .message = {.text = "\\0", .encoding = "GBK", .ending = "no ending", .escapes = true}},
            listOf("list")};
        const auto read = snippetsFromJson(snippetsToJson(all));
        QVERIFY2(read, qPrintable(read ? QString() : read.error()));
        QVERIFY(*read == all);
    }

    void aForeignOrDamagedFileIsRefused_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << snippetsToJson({snippetOf("", "a", "x")}).chopped(9);
        QTest::newRow("foreign") << QByteArray("{\"name\": \"x\"}");
        QTest::newRow("array") << QByteArray("[1]");
        QTest::newRow("newer") << QByteArray("{\"format\": 2, \"snippets\": []}");
        for (const char* bad :
             {"{\"name\": \"a\"}", "{\"text\": \"a\"}", "1", "{\"name\": \"a\", \"text\": 1}",
              "{\"name\": \"a\", \"text\": \"\", \"form\": \"xml\"}",
              "{\"name\": \"a\", \"text\": \"\", \"encoding\": \"klingon\"}",
              "{\"name\": \"a\", \"text\": \"\", \"ending\": \"CR\"}",
              "{\"name\": \"a\", \"text\": \"\", \"macros\": 1}",
              "{\"name\": \"a\", \"form\": \"list\"}",
              "{\"name\": \"a\", \"form\": \"list\", \"messages\": []}",
              "{\"name\": \"a\", \"form\": \"list\", \"messages\": "
              "[{\"text\":\"\",\"delay\":-1}]}"})
            QTest::newRow(bad)
                << "{\"format\": 1, \"snippets\": [{\"name\":\"good\",\"text\":\"\"}, " +
                       QByteArray(bad) + "]}";
    }

    void aForeignOrDamagedFileIsRefused() {
        QFETCH(QByteArray, json);
        const auto read = snippetsFromJson(json);
        QVERIFY(!read);
        QVERIFY(read.error().endsWith('.'));
    }

    void duplicatesAreHandled() {
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        SnippetStore store(settings);
        store.save(snippetOf("f", "a", "1"));
        store.save(snippetOf("f", "a", "2")); // in its place
        QCOMPARE(store.all().size(), std::size_t{1});
        const std::vector<Snippet> others{snippetOf("f", "a", "2"), snippetOf("f", "a", "3"),
                                          snippetOf("g", "a", "1")};
        auto merged = store.merge(others);
        QCOMPARE(merged.added, 2);
        QCOMPARE(merged.renamed, 1);
        QCOMPARE(merged.known, 1);
        QVERIFY(store.find("f", "a (2)") >= 0);
        merged = store.merge(others);
        QCOMPARE(merged.added, 0);
        QCOMPARE(merged.known, 3);
        QVERIFY(!store.rename(store.find("f", "a (2)"), "f", "a"));
        QVERIFY(store.rename(store.find("f", "a (2)"), "", "b"));
        const SnippetStore again(settings);
        QVERIFY(again.all() == store.all());
        QCOMPARE(again.folders(), QStringList({"f", "g"}));
    }

    void theManagerKeepsSnippetsInPlace() {
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        SnippetStore store(settings);
        Shown f;
        f.composer.setSnippets(store);
        auto* panel = f.find<SnippetPanel>("snippetPanel");
        f.composer.setWritten({.form = MessageForm::Hex, .text = "48"});
        auto* menu = f.find<QMenu>("snippetMenu");
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 3); // separator, save, manage
        menu->actions().at(1)->trigger();
        QVERIFY(panel->isVisible());
        QVERIFY(!f.find<QPushButton>("snippetSave")->isEnabled());
        QTest::keyClicks(f.find<QLineEdit>("snippetName"), "hey");
        f.find<QComboBox>("snippetFolder")->setEditText("box");
        f.click("snippetSave");
        QCOMPARE(store.all().size(), std::size_t{1});
        QCOMPARE(store.all()[0].folder, QString("box"));
        // Insert, send, rename, delete.
        auto* tree = f.find<QTreeWidget>("snippetTree");
        tree->setCurrentItem(tree->topLevelItem(0)->child(0));
        f.composer.setWritten({.text = "other"});
        QSignalSpy sent(&f.composer, &Composer::sendAsked);
        f.click("snippetSend");
        QCOMPARE(textOf(sent.at(0).at(0).value<OwnedMessage>().content), std::string_view("H"));
        QCOMPARE(f.composer.written().text, QString("other"));
        f.click("snippetInsert");
        QCOMPARE(f.composer.written().text, QString("48"));
        QVERIFY(f.composer.written().form == MessageForm::Hex);
        f.find<QLineEdit>("snippetName")->setText("there");
        f.find<QComboBox>("snippetFolder")->setEditText("");
        f.click("snippetRename");
        QCOMPARE(store.find("", "there"), 0);
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().at(0)->text(), QString("there"));
        f.click("snippetDelete");
        QVERIFY(store.all().empty());
        QTest::keyClick(panel, Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    void namesInTheMenuAreAsTheyAreWritten() {
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        SnippetStore store(settings);
        store.save(snippetOf("this & that", "a & b", "x"));
        Shown f;
        f.composer.setSnippets(store);
        auto* menu = f.find<QMenu>("snippetMenu");
        Q_EMIT menu->aboutToShow();
        Q_EMIT menu->aboutToShow(); // and once more
        QCOMPARE(menu->findChildren<QMenu*>().size(), 1);
        QMenu* folder = menu->actions().front()->menu();
        QVERIFY(folder);
        QCOMPARE(folder->title(), QString("this && that"));
        QCOMPARE(folder->actions().front()->text(), QString("a && b"));
    }

    void snippetsAreWrittenAndReadAside() {
        const QTemporaryDir dir;
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        SnippetStore store(settings);
        store.save(listOf("list"));
        store.save(snippetOf("f", "a", "你好"));
        SnippetPanel panel(store);
        panel.exportTo(dir.filePath("out.json"));
        QTRY_VERIFY(panel.note().startsWith("2 "));
        const std::vector<Snippet> before = store.all();
        store.remove(0);
        store.remove(0);
        panel.importFrom(dir.filePath("out.json"));
        QTRY_COMPARE(store.all().size(), std::size_t{2});
        QVERIFY(store.all() == before);
        for (const char* path : {"/nowhere/at/all", "/dev/zero", "/etc/passwd"}) {
            panel.open(false);
            panel.importFrom(path);
            QTRY_VERIFY(!panel.note().isEmpty());
        }
        panel.exportTo("/proc/no/such");
        QTRY_VERIFY(panel.note().contains("/proc/no/such"));
        QCOMPARE(store.all().size(), std::size_t{2});
    }

    void repeatsWhatIsWritten() {
        Shown f;
        QSignalSpy plans(&f.composer, &Composer::planAsked);
        QSignalSpy stops(&f.composer, &Composer::planStopAsked);
        f.composer.setText("tick");
        f.click("repeatButton");
        QVERIFY(f.find<RepeatPanel>("repeatPanel")->isVisible());
        f.find<QSpinBox>("repeatInterval")->setValue(50);
        f.find<QSpinBox>("repeatCount")->setValue(1000);
        f.click("repeatStart");
        QCOMPARE(plans.count(), 1);
        const auto plan = plans.at(0).at(0).value<SendPlan>();
        const auto progress = plans.at(0).at(1).value<std::shared_ptr<SendProgress>>();
        QCOMPARE(plan.count, std::uint64_t{1000});
        QCOMPARE(plan.interval, Duration(std::chrono::milliseconds(50)));
        QCOMPARE(textOf(plan.steps.at(0).content.sample()), std::string_view("tick\n"));
        progress->messages = 120;
        auto* state = f.find<QLabel>("repeatState");
        QTRY_COMPARE(state->text(), QString("sent 120 of 1 000"));
        QCOMPARE(f.find<QPushButton>("repeatStart")->text(), QString("Stop"));
        f.click("repeatStart");
        QCOMPARE(stops.count(), 1);
        progress->end(SendProgress::State::Stopped);
        QTRY_COMPARE(state->text(), QString("sent 120 of 1 000, stopped"));
        QCOMPARE(f.find<QPushButton>("repeatStart")->text(), QString("Start"));
        f.composer.setSendEnabled(false, "Connect first");
        QVERIFY(!f.find<QPushButton>("repeatStart")->isEnabled());
        QCOMPARE(f.find<QPushButton>("repeatStart")->toolTip(), QString("Connect first"));
    }

    void aListIsMadeMovedAndSent() {
        Settings settings(QString::fromStdString(temporaryPath("settings.json")));
        SnippetStore store(settings);
        Shown f;
        f.composer.setSnippets(store);
        f.click("repeatButton");
        f.click("repeatList");
        QVERIFY(!f.find<QPushButton>("repeatStart")->isEnabled());
        for (const char* text : {"one", "two", "three"}) {
            f.composer.setText(text);
            f.click("listAdd");
        }
        auto* table = f.find<QTableWidget>("messageList");
        QCOMPARE(table->rowCount(), 3);
        f.click("listUp"); // three before two
        table->item(1, 1)->setText("250");
        table->setCurrentCell(0, 0);
        f.click("listRemove");
        QSignalSpy plans(&f.composer, &Composer::planAsked);
        f.find<QSpinBox>("repeatCount")->setValue(0);
        f.composer.setText({}); // what is written does not matter
        f.click("repeatStart");
        const auto plan = plans.at(0).at(0).value<SendPlan>();
        QCOMPARE(plan.steps.size(), std::size_t{2});
        QCOMPARE(textOf(plan.steps[0].content.sample()), std::string_view("three\n"));
        QCOMPARE(plan.steps[0].delayAfter, Duration(std::chrono::milliseconds(250)));
        QCOMPARE(plan.count, std::uint64_t{0});
        plans.at(0).at(1).value<std::shared_ptr<SendProgress>>()->end(SendProgress::State::Ended);
        QTRY_COMPARE(f.find<QLabel>("repeatState")->text(),
                     QString("sent 0, ended with the connection"));
        // As a snippet, and back.
        Q_EMIT f.find<QMenu>("snippetMenu")->aboutToShow();
        f.find<QMenu>("snippetMenu")->actions().at(1)->trigger();
        f.find<QLineEdit>("snippetName")->setText("steps");
        f.click("snippetSave");
        QVERIFY(store.all().at(0).isList);
        QCOMPARE(store.all().at(0).messages.size(), std::size_t{2});
        table->setCurrentCell(0, 0);
        f.click("listRemove");
        auto* tree = f.find<QTreeWidget>("snippetTree");
        tree->setCurrentItem(tree->topLevelItem(0));
        f.click("snippetSend");
        QCOMPARE(plans.count(), 2);
        QCOMPARE(table->rowCount(), 2);
    }

    void aListWithAFaultSendsNothing() {
        Shown f;
        f.click("repeatButton");
        auto* panel = f.find<RepeatPanel>("repeatPanel");
        panel->setMessages({{{.text = "good"}, 0}, {{.form = MessageForm::Hex, .text = "4"}, 0}});
        QSignalSpy plans(&f.composer, &Composer::planAsked);
        f.click("repeatStart");
        QCOMPARE(plans.count(), 0);
        QVERIFY(f.find<QLabel>("repeatState")->text().startsWith("message 2: line 1, column 1"));
    }

    void aFileIsSentWithProgress() {
        const QTemporaryDir dir;
        QFile file(dir.filePath("sparse"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64{4} << 30));
        Shown f;
        f.composer.setText("draft");
        QSignalSpy files(&f.composer, &Composer::fileAsked);
        f.composer.takeFile(file.fileName());
        QTRY_COMPARE(f.note(), QString("4.0 GiB"));
        f.click("sendButton");
        QCOMPARE(files.count(), 1);
        QCOMPARE(files.at(0).at(0).toString(), file.fileName());
        const auto progress = files.at(0).at(2).value<std::shared_ptr<SendProgress>>();
        QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
        progress->total = std::uint64_t{4} << 30;
        progress->bytes = std::uint64_t{1} << 30;
        auto* bar = f.find<QProgressBar>("fileProgress");
        QTRY_COMPARE(bar->value(), 250);
        QVERIFY(bar->isVisible());
        // Raw: a click ends it.
        QSignalSpy stops(&f.composer, &Composer::fileStopAsked);
        f.click("cancelFile");
        QCOMPARE(stops.count(), 1);
        progress->end(SendProgress::State::Stopped);
        QTRY_COMPARE(f.note(), QString("stopped after 1.0 GiB of 4.0 GiB"));
        QVERIFY(!bar->isVisible());
        QVERIFY(f.find<QPushButton>("sendButton")->isEnabled());
        f.click("formText");
        QCOMPARE(f.find<QPlainTextEdit>("messageEdit")->toPlainText(), QString("draft"));
    }

    void stoppingAMessageSaysFirstWhatItDoes() {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("content");
        file.flush();
        Shown f;
        f.composer.setFraming(Framing::parse("message").value());
        f.composer.takeFile(file.fileName());
        QTRY_COMPARE(f.note(), QString("7 B"));
        QSignalSpy files(&f.composer, &Composer::fileAsked);
        QSignalSpy stops(&f.composer, &Composer::fileStopAsked);
        f.click("sendButton");
        QCOMPARE(files.count(), 1);
        const auto header = files.at(0).at(1).value<std::vector<HeaderField>>();
        QCOMPARE(fieldValue(header, "content-type"), std::string_view("text/json"));
        f.click("cancelFile");
        QCOMPARE(stops.count(), 0);
        auto* question = f.composer.findChild<InlineMessage*>();
        QVERIFY(question->isVisible());
        QVERIFY(question->text().contains("closes"));
        const auto buttons = question->findChildren<QPushButton*>();
        QTest::mouseClick(buttons.at(0), Qt::LeftButton);
        QCOMPARE(stops.count(), 1);
        QVERIFY(!question->isVisible());
    }

    void whatCannotBeSentOfAFileIsSaid() {
        const QTemporaryDir dir;
        const QString pipe = dir.filePath("pipe");
        QCOMPARE(::mkfifo(pipe.toUtf8().constData(), 0600), 0);
        Shown f;
        f.composer.takeFile("/nowhere/at/all");
        QTRY_VERIFY(f.composer.fault().contains("ENOENT"));
        f.composer.takeFile("/dev/zero");
        QTRY_VERIFY(f.composer.fault().contains("not a regular file"));
        f.composer.takeFile(pipe);
        QTRY_VERIFY(f.composer.fault().startsWith("pipe: "));
        QVERIFY(!f.find<QPushButton>("sendButton")->isEnabled());
        QTemporaryFile lines;
        QVERIFY(lines.open());
        lines.write("a\nb");
        lines.flush();
        f.composer.setFraming(Framing::parse("line").value());
        f.composer.takeFile(lines.fileName());
        QTRY_VERIFY(f.composer.fault().contains("ends")); // the framing cannot carry it
        f.composer.setFraming({});
        QTRY_COMPARE(f.note(), QString("3 B"));
        QVERIFY(f.composer.fault().isEmpty());
        // It shrinks, or vanishes, while it is sent.
        QSignalSpy files(&f.composer, &Composer::fileAsked);
        f.click("sendButton");
        files.at(0).at(2).value<std::shared_ptr<SendProgress>>()->end(
            SendProgress::State::Failed, faultError(Fault::FileShrank, "read", "/tmp/x"));
        QTRY_VERIFY(f.composer.fault().contains("shorter"));
    }

    void anAcceptedConnectionSendsAFileFromMemory() {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray("\x00\xff{", 3));
        file.flush();
        Shown f;
        f.composer.setIsClient(false);
        QSignalSpy sent(&f.composer, &Composer::sendAsked);
        f.composer.takeFile(file.fileName());
        QTRY_COMPARE(f.note(), QString("3 B"));
        f.click("sendButton");
        QCOMPARE(textOf(sent.at(0).at(0).value<OwnedMessage>().content),
                 std::string_view("\x00\xff{", 3));
        QVERIFY(file.resize((16 << 20) + 1));
        f.composer.takeFile(file.fileName());
        QTRY_VERIFY(f.composer.fault().contains("16777216"));
    }

    void aLargePasteIsHeldAndSent() {
        Shown f;
        const QString line(20 << 20, 'x');
        QElapsedTimer clock;
        clock.start();
        f.paste(line);
        qInfo("a paste of 20 MiB took %lld ms", clock.elapsed());
        auto* edit = f.find<QPlainTextEdit>("messageEdit");
        QVERIFY(edit->toPlainText().isEmpty() && !edit->isVisible());
        QTRY_COMPARE(f.note(), QString("20.0 MiB"));
        QSignalSpy steps(&f.composer, &Composer::stepAsked);
        f.click("sendButton");
        QCOMPARE(steps.count(), 1);
        QCOMPARE(steps.at(0).at(0).value<SendStep>().content.size(), std::size_t{(20 << 20) + 1});
        // As hex it is wrong, and it says so.
        f.click("formHex");
        QTRY_VERIFY(f.composer.fault().startsWith("line 1, column 1"));
        f.click("formText");
        QTRY_COMPARE(f.note(), QString("20.0 MiB"));
        f.click("dropContent");
        QVERIFY(edit->isVisible());
        QVERIFY(f.composer.fault().isEmpty());
    }

    void aPasteThatFitsIsEdited() {
        Shown f;
        const QString lines = QString("0123456789abcdef\n").repeated(10'000);
        QElapsedTimer clock;
        clock.start();
        f.paste(lines);
        QCoreApplication::processEvents();
        qInfo("10 000 lines took %lld ms", clock.elapsed());
        auto* edit = f.find<QPlainTextEdit>("messageEdit");
        QCOMPARE(edit->toPlainText().size(), lines.size());
        edit->clear();
        clock.restart();
        f.paste(QString(MessageEdit::longestLine, 'x'));
        QCoreApplication::processEvents();
        qInfo("the longest line took %lld ms", clock.elapsed());
        QVERIFY(edit->isVisible());
    }
};

QTEST_MAIN(TestMessageComposer)
#include "tst_message_composer.moc"
