// Every page at 1280x800, in both languages: no label, header or number is cut.

#include <algorithm>

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QTableView>
#include <QTranslator>
#include <QVBoxLayout>

#include "app/command_line_reader.h"
#include "core/server/chat_owner.h"
#include "tests/ui/load_samples.h"
#include "tests/ui/window_fixture.h"
#include "ui/clients/client_options_panel.h"
#include "ui/clients/composer.h"
#include "ui/clients/snippet_panel.h"
#include "ui/common/language.h"
#include "ui/inspector/inspector_dock.h"
#include "ui/load/load_page.h"
#include "ui/load/load_runs_view.h"
#include "ui/load/race_page.h"
#include "ui/main_window/example_runner.h"
#include "ui/servers/server_chat.h"
#include "ui/servers/servers_dock.h"

using namespace sscope;
using namespace sscope::test;

namespace {

struct Cut {
    QString what;
    int needed;
    int room;
};

void collectLabels(const QWidget& window, QList<Cut>& cuts) {
    for (const auto* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty() ||
            label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
            continue;
        const int needed = label->wordWrap()
                               ? label->heightForWidth(label->width())
                               : label->fontMetrics().horizontalAdvance(label->text());
        const int room = label->wordWrap() ? label->height() : label->contentsRect().width();
        if (needed > room)
            cuts.append({"label " + label->text(), needed, room});
    }
}

void collectControls(const QWidget& window, QList<Cut>& cuts) {
    for (const auto* button : window.findChildren<QAbstractButton*>()) {
        if (button->isVisible() && !button->text().isEmpty() &&
            button->sizeHint().width() > button->width())
            cuts.append({"button " + button->text(), button->sizeHint().width(), button->width()});
    }
    for (const auto* box : window.findChildren<QComboBox*>()) {
        const int needed = box->fontMetrics().horizontalAdvance(box->currentText()) + 8 + 20;
        if (box->isVisible() && !box->isEditable() && needed > box->width())
            cuts.append({"box " + box->currentText(), needed, box->width()});
    }
    for (const auto* edit : window.findChildren<QLineEdit*>()) {
        const QString text = edit->text().isEmpty() ? edit->placeholderText() : edit->text();
        const int needed = edit->fontMetrics().horizontalAdvance(text) + 12;
        // What a narrow page has no room for stands in the field's tooltip.
        const auto* box = qobject_cast<QComboBox*>(edit->parentWidget());
        const bool isInTip = box && box->toolTip().contains(text.toHtmlEscaped());
        if (edit->isVisible() && !isInTip && needed > edit->width())
            cuts.append({"field " + text, needed, edit->width()});
    }
}

/// What takes a click lies over nothing else that does; neighbours may share a border.
void collectOverlaps(const QWidget& window, QList<Cut>& cuts) {
    QList<const QWidget*> all;
    for (const auto* button : window.findChildren<QAbstractButton*>())
        all.append(button);
    for (const auto* box : window.findChildren<QComboBox*>())
        all.append(box);
    for (const QWidget* one : all) {
        for (const QWidget* other : all) {
            const int shared = one->geometry().intersected(other->geometry()).width();
            if (one < other && one->parent() == other->parent() && one->isVisible() &&
                other->isVisible() && shared > 2)
                cuts.append({one->objectName() + " and " + other->objectName(), shared, 0});
        }
    }
}

void collectTables(const QWidget& window, QList<Cut>& cuts) {
    for (const auto* table : window.findChildren<QTableView*>()) {
        if (!table->isVisible() || !table->model())
            continue;
        const QHeaderView* header = table->horizontalHeader();
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            const QString title =
                table->model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            const bool isSorted =
                table->isSortingEnabled() && header->sortIndicatorSection() == column;
            const int needed =
                header->fontMetrics().horizontalAdvance(title) + 16 + (isSorted ? 16 : 0);
            if (!title.isEmpty() && !table->isColumnHidden(column) &&
                needed > header->sectionSize(column))
                cuts.append({"header " + title, needed, header->sectionSize(column)});
        }
    }
}

void collectLists(const QWidget& window, QList<Cut>& cuts) {
    const auto* list = window.findChild<QListView*>("examplesView");
    if (!list || !list->isVisible())
        return;
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        const int needed = list->sizeHintForIndex(index).width();
        const QRect room = list->visualRect(index).intersected(list->viewport()->rect());
        if (needed > room.width() ||
            list->viewport()->visibleRegion().boundingRect() != list->viewport()->rect())
            cuts.append({"example " + index.data().toString(), needed, room.width()});
    }
}

/// What Tab comes to within a page, in order.
std::vector<QWidget*> walkThrough(QWidget* page) {
    std::vector<QWidget*> walk;
    for (QWidget* at = page->nextInFocusChain(); at != page; at = at->nextInFocusChain()) {
        if (page->isAncestorOf(at) && at->isVisible() && at->isEnabled() && !at->focusProxy() &&
            (at->focusPolicy() & Qt::TabFocus))
            walk.push_back(at);
    }
    return walk;
}

/// What Tab never comes to, though it takes the keyboard.
QStringList leftOut(QWidget* page) {
    QStringList names;
    const std::vector<QWidget*> walk = walkThrough(page);
    for (QWidget* each : page->findChildren<QWidget*>()) {
        const bool isOffered = each->isVisible() && each->isEnabled() && !each->focusProxy() &&
                               (each->focusPolicy() & Qt::TabFocus);
        if (isOffered && std::ranges::find(walk, each) == walk.end())
            names.append(each->objectName());
    }
    return names;
}

/// Where the walk goes up, or back in a line: "send -> edit".
QStringList stepsBack(QWidget* page) {
    QStringList steps;
    const std::vector<QWidget*> walk = walkThrough(page);
    const auto rectOf = [page](QWidget* widget) {
        return QRect(widget->mapTo(page, QPoint()), widget->size());
    };
    for (std::size_t i = 1; i < walk.size(); ++i) {
        const QRect before = rectOf(walk[i - 1]);
        const QRect now = rectOf(walk[i]);
        const bool isInLine = now.top() <= before.bottom() && now.bottom() >= before.top();
        const bool isOn = isInLine ? now.left() >= before.left() : now.top() > before.bottom();
        if (!isOn)
            steps.append(walk[i - 1]->objectName() + " -> " + walk[i]->objectName());
    }
    return steps;
}

} // namespace

class TestLayout : public QObject {
    Q_OBJECT

private:
    static void check(WindowFixture& f, const char* page) {
        // A text that has just changed has its room once the event loop has laid it out.
        QCoreApplication::processEvents();
        QList<Cut> cuts;
        const auto isWhole = [&] {
            cuts.clear();
            collectLabels(f.window, cuts);
            collectControls(f.window, cuts);
            collectOverlaps(f.window, cuts);
            collectTables(f.window, cuts);
            collectLists(f.window, cuts);
            return cuts.isEmpty();
        };
        (void)QTest::qWaitFor(isWhole, 2'000);
        QCOMPARE(f.window.size(), QSize(1280, 800));
        for (const Cut& cut : cuts)
            qWarning("%s: %s needs %d and has %d", page, qPrintable(cut.what), cut.needed,
                     cut.room);
        QCOMPARE(cuts.size(), 0);
        // And it can be drawn at all.
        const QImage image = f.window.grab().toImage();
        QVERIFY(!image.isNull());
        if (qEnvironmentVariableIsSet("SSCOPE_KEEP_PICTURES"))
            image.save(
                QStringLiteral("/tmp/layout-%1-%2.png")
                    .arg(QString::fromLatin1(QTest::currentDataTag()), QString::fromLatin1(page)));
    }

    /// The form as a whole, and where it has other rows.
    static void checkForm(WindowFixture& f) {
        f.window.connections().hide();
        f.find<QLineEdit>("serverPort")->setText("0");
        f.find<QLineEdit>("moreEndpoints")->setText("tcp://[::1");
        f.click("startServer");
        check(f, "whole form");
        auto* service = f.find<QComboBox>("serverService");
        for (int i = 0; i < service->count(); ++i) {
            service->setCurrentIndex(i);
            check(f, "form of a service");
        }
        f.find<QComboBox>("serverTransport")->setCurrentText("unix");
        f.find<QLineEdit>("moreEndpoints")->clear();
        f.click("resetOptions");
        f.click("startServer");
        check(f, "form without its path");
        f.window.connections().show();
    }

    /// What there is to see of a server, with somebody connected.
    static void checkPanel(WindowFixture& f) {
        const ServerEntry& server = f.window.servers().at(0);
        f.window.findChild<ServersDock*>()->selectServer(server.key);
        f.window.servers().setAcceptQueue(server.key, {12, 128});
        f.click("sendToAll");
        check(f, "send to all");
        QTest::keyClick(f.find<QLineEdit>("sendToAllText"), Qt::Key_Return);
        check(f, "sent to all");
        f.click("loopsSegment");
        check(f, "loops");
        f.click("logSegment");
        check(f, "log");
        f.click("clientsSegment");
        f.window.findChild<ServersDock*>()->editServer(f.window.servers().at(1).key);
        check(f, "edit");
        f.click("cancelServer");
    }

    /// A chat's server as its owner sees it.
    static void checkChatPanel(WindowFixture& f) {
        const TestSocket ann = TestSocket::connectTcp(f.serve({.service = "chat"}));
        ServerListModel& servers = f.window.servers();
        const ServerEntry& server = servers.at(servers.rowCount() - 1);
        f.window.findChild<ServersDock*>()->selectServer(server.key);
        check(f, "chat without people");
        ann.send("ann\n/topic Who holds which port, and why it hangs\n");
        QTRY_COMPARE(server.chat->people(), 1);
        f.click("announce");
        check(f, "announce");
        f.find<QLineEdit>("chatOwnerText")->setText("soon");
        QTest::keyClick(f.find<QLineEdit>("chatOwnerText"), Qt::Key_Return);
        QTRY_COMPARE(server.chat->overview().heard, 1u);
        check(f, "announced");
        auto* clients = f.find<QTableView>("serverClientsView");
        clients->setCurrentIndex(clients->model()->index(0, 0));
        QTest::keyClick(clients, Qt::Key_M);
        check(f, "notice");
        QTest::keyClick(clients, Qt::Key_B);
        check(f, "ban");
        f.click("roomsSegment");
        QTRY_COMPARE(server.chat->rooms().rowCount(), 1);
        check(f, "rooms");
        servers.chatOwner(server.key)->ban("ann", "spam");
        QTRY_COMPARE(server.chat->bans().rowCount(), 1);
        check(f, "bans");
        f.click("clientsSegment");
        servers.remove(server.key);
    }

    /// A conversation in messages, from both ends, with the stream and the details.
    static void checkMessages(WindowFixture& f) {
        ServerConfig config{.service = "message", .listen = {{.host = "127.0.0.1", .port = 0}}};
        config.settings.keepOpen = true;
        ClientConfig client{.endpoint = {.host = "127.0.0.1", .port = f.serve(config)},
                            .framing = Framing::parse("message").value(),
                            .receiveSize = 64};
        f.window.connectClient(client, {});
        QTRY_VERIFY(f.state() == LinkState::Open);
        f.type("{\"action\": \"search\", \"value\": \"morpheus\"}");
        QTRY_VERIFY(f.hasLine("rabbit"));
        auto* strip = f.find<QWidget>("streamStrip");
        QVERIFY(strip && strip->height() >= 120);
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_Home);
        check(f, "messages");
        f.find<QPlainTextEdit>("messageEdit")->setPlainText("{\"action\": }");
        f.find<QComboBox>("contentType")->setEditText("binary/custom-client-binary-type");
        f.click("streamSent");
        check(f, "messages sent");
        const ServerEntry& server = f.window.servers().at(f.window.servers().rowCount() - 1);
        QTRY_COMPARE(server.clients->rowCount(), 1);
        f.window.tabs().openAccepted(server.clients->at(0).connection, 0);
        check(f, "messages at the server");
        f.window.tabs().closeCurrent();
        f.window.tabs().closeCurrent();
    }

    /// Clients with their options, alone and side by side, and the other kinds of tabs.
    static void checkTabs(WindowFixture& f) {
        ServerConfig datagrams;
        datagrams.listen = {*parseEndpoint("udp://127.0.0.1:0")};
        f.serve(datagrams);
        const ServerListModel& servers = f.window.servers();
        ClientTabs& tabs = f.window.tabs();
        f.typeEndpoint(servers.at(servers.rowCount() - 1).endpoints.at(0));
        QTRY_VERIFY(f.state() == LinkState::Open);
        f.type("one");
        f.click("optionsToggle");
        f.find<QLineEdit>("multicastTtl")->setText("4");
        check(f, "datagrams and options");
        f.find<QLineEdit>("joinGroups")->setText("no group");
        f.click("connectButton");
        f.click("connectButton");
        check(f, "options at fault");
        f.find<QLineEdit>("joinGroups")->clear();
        f.connectTo(f.serve());
        check(f, "client");
        tabs.splitRight(tabs.currentTab());
        check(f, "side by side");
        f.click("optionsToggle");
        check(f, "side by side with options");
        QVERIFY(f.window.inspector().isHidden()); // they need its room
        tabs.closeCurrent();
        tabs.closeCurrent();
        QVERIFY(!f.window.inspector().isHidden());
    }

    /// A load and a race, empty, with figures, and with several runs beside each other.
    static void checkLoads(WindowFixture& f) {
        f.window.findChild<QAction*>("newLoadAction")->trigger();
        check(f, "load");
        auto* load = f.find<LoadPage>("loadPage");
        load->addResult(sampleLoad({}, 118'600, std::chrono::microseconds(408), 0.4));
        load->addResult(sampleLoad({}, 69'400, std::chrono::microseconds(12'688), 0.4));
        check(f, "a load");
        load->findChild<LoadRunsView*>()->selectAll();
        check(f, "two loads");
        f.window.findChild<QAction*>("newRaceAction")->trigger();
        check(f, "race");
        f.find<RacePage>("racePage")->showResult(sampleRace());
        check(f, "a race");
        f.window.tabs().closeCurrent();
        f.window.tabs().closeCurrent();
    }

private Q_SLOTS:
    void aMessageKeepsRoomForAllItsLines() {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* message = new InlineMessage(&window);
        column->addWidget(message);
        window.resize(500, 300);
        window.show();
        message->show(InlineMessage::Kind::Remark, QString("many words ").repeated(40), "Title");
        QTRY_COMPARE(message->width(), 500 - 2 * column->contentsMargins().left());
        QTRY_VERIFY(message->minimumSizeHint().height() >=
                    message->heightForWidth(message->width()));
        message->show(InlineMessage::Kind::Remark, "one", "Title");
        QTRY_VERIFY(message->minimumSizeHint().height() < 80);
    }

    void tabGoesAsAPersonReads() {
        WindowFixture f;
        f.connectTo(f.serve());
        f.window.resize(1280, 1100);
        auto* composer = f.window.findChild<Composer*>();
        QVERIFY(f.click("repeatButton"));
        QVERIFY(f.click("repeatList"));
        f.window.findChild<SnippetPanel*>()->open(true);
        QCoreApplication::processEvents();
        QVERIFY(walkThrough(composer).size() > 10);
        QCOMPARE(stepsBack(composer).join('\n'), QString());
        QVERIFY(f.click("optionsToggle"));
        f.find<QLineEdit>("receiveBuffer")->setText("8 KiB");
        QCoreApplication::processEvents();
        auto* options = f.find<ClientOptionsPanel>("clientOptions");
        QVERIFY(walkThrough(options).size() > 10);
        QCOMPARE(stepsBack(options).join('\n'), QString());
        QCOMPARE(leftOut(f.window.tabs().currentTab()).join('\n'), QString());
        const auto openPage = [&](const char* action) {
            f.window.findChild<QAction*>(action)->trigger();
            QCoreApplication::processEvents();
            return f.window.tabs().currentTab();
        };
        TabPage* crowd = openPage("newCrowdAction");
        QVERIFY(walkThrough(crowd).size() > 8);
        QCOMPARE(stepsBack(crowd).join('\n'), QString());
        QCOMPARE(leftOut(crowd).join('\n'), QString());
        QCOMPARE(leftOut(openPage("newLoadAction")).join('\n'), QString());
        QCOMPARE(leftOut(openPage("newRaceAction")).join('\n'), QString());
    }

    void nothingIsCut_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("Chinese") << "zh_CN";
    }

    void nothingIsCut() {
        QFETCH(QString, language);
        for (auto* old : qApp->findChildren<QTranslator*>()) {
            QCoreApplication::removeTranslator(old);
            delete old;
        }
        installLanguage(language);
        WindowFixture f;
        check(f, "first start");
        f.window.setCommandLineReader(cli::commandLineReader());
        Example example = f.window.examples().examples().at(7); // has most to say and to click
        example.servers = {"echo --listen 127.0.0.1:0"};
        f.window.examples().start(example);
        QTRY_VERIFY(f.find<QPushButton>("openInBrowser"));
        QTRY_VERIFY(f.window.tabs().currentPage());
        check(f, "example");
        f.click("stopExample");
        f.connectTo(f.serve());
        f.type("one");
        std::vector<std::byte> large(300'000);
        f.window.tabs().currentPage()->conversation().send({.content = large});
        QTRY_VERIFY(f.rows().rowCount() >= 4);
        QTest::keyClick(f.find<QPlainTextEdit>("messageEdit"), Qt::Key_M, Qt::ControlModifier);
        check(f, "stream");
        f.click("streamToggle");
        checkMessages(f);
        checkTabs(f);
        checkLoads(f);
        const TestSocket taken = TestSocket::listenTcp();
        ServerConfig failing;
        failing.listen = {{.host = "127.0.0.1", .port = taken.port()}};
        f.window.serve(failing);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Failed), 1);
        check(f, "in use");
        auto* dock = f.window.findChild<ServersDock*>();
        dock->showForm();
        check(f, "form");
        f.find<QToolButton>("moreToggle")->setChecked(true);
        f.find<QLineEdit>("receiveSize")->setText("1 KiB");
        f.find<QComboBox>("serverAddress")->setCurrentIndex(2);
        f.find<QLineEdit>("serverPort")->setText("70000");
        f.click("startServer");
        check(f, "form with more and a fault");
        checkForm(f);
        checkPanel(f);
        checkChatPanel(f);
        f.typeEndpoint("localhost:70000");
        check(f, "bad endpoint");
        QTest::keyClick(&f.window, Qt::Key_F1);
        check(f, "help");
    }
};

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
