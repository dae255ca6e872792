// The examples: every file is right, and a click starts what it says.

#include <csignal>

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QMenu>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "app/command_line_reader.h"
#include "core/base/shell_words.h"
#include "core/server/execution_models.h"
#include "core/service/services.h"
#include "tests/ui/window_fixture.h"
#include "ui/chat/chat_page.h"
#include "ui/clients/client_conversation.h"
#include "ui/common/examples.h"
#include "ui/load/race_page.h"
#include "ui/main_window/example_program.h"
#include "ui/main_window/example_runner.h"

using namespace sscope;
using namespace sscope::test;

namespace {

const QString folder = QStringLiteral(SSCOPE_SOURCE_DIR "/resources/examples/");

QStringList fileNames() {
    return QDir(folder).entryList({"*.json"}, QDir::Files, QDir::Name);
}

QByteArray contentOf(const QString& name) {
    QFile file(folder + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Example exampleOf(const QString& name, const QString& language = "en") {
    const auto example = readExample(contentOf(name), language);
    return example ? *example : Example();
}

/// What this build does not offer: the name of a service or model; empty where all is there.
std::string missingName(const std::vector<std::string>& words) {
    if (!findService(words.at(0)))
        return words[0];
    const auto model = std::ranges::find(words, "--model");
    if (model != words.end() && !findExecutionModel(*(model + 1)))
        return *(model + 1);
    return {};
}

Example makeExample(std::vector<std::string> servers, std::vector<std::string> clients) {
    return {.icon = "echo",
            .title = "Title",
            .summary = "Summary",
            .look = "One. Two.",
            .servers = std::move(servers),
            .clients = std::move(clients)};
}

/// An example of the files, which other programs of this machine must not disturb.
Example onFreePorts(const QString& name) {
    Example example = exampleOf(name);
    static const QRegularExpression port(QStringLiteral("127\\.0\\.0\\.1:\\d+"));
    for (std::string& text : example.servers)
        text = QString::fromStdString(text).replace(port, "127.0.0.1:0").toStdString();
    return example;
}

/// A window that can read command lines.
struct ExampleFixture : WindowFixture {
    ExampleFixture() { window.setCommandLineReader(cli::commandLineReader()); }

    void start(const Example& example) { window.examples().start(example); }
    ServerStatus serverStatus(int row) { return window.servers().at(row).status; }
    QString port(int row) { return window.servers().at(row).endpoints.value(0).section(':', -1); }
};

} // namespace

class TestExamples : public QObject {
    Q_OBJECT

private:
    static void addFiles() {
        QTest::addColumn<QString>("name");
        for (const QString& name : fileNames())
            QTest::newRow(qPrintable(name)) << name;
    }

    static void addTexts(bool ofServers) {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("index");
        for (const QString& name : fileNames()) {
            const Example example = exampleOf(name);
            const auto& texts = ofServers ? example.servers : example.clients;
            for (int i = 0; i < static_cast<int>(texts.size()); ++i)
                QTest::addRow("%s %d", qPrintable(name), i + 1) << name << i;
        }
    }

private Q_SLOTS:
    void allFilesAreInTheResource() {
        QCOMPARE(QDir(":/examples").entryList(QDir::Files, QDir::Name), fileNames());
        QVERIFY(fileNames().size() >= 9);
        QCOMPARE(loadExamples("en").size(), static_cast<std::size_t>(fileNames().size()));
    }

    void filesAreRight_data() { addFiles(); }
    void filesAreRight() {
        QFETCH(QString, name);
        QVERIFY2(QRegularExpression("^\\d\\d-[a-z-]+\\.json$").match(name).hasMatch(),
                 "the name gives the order");
        for (const QString& language : {QString("en"), QString("zh_CN")}) {
            const auto example = readExample(contentOf(name), language);
            QVERIFY2(example, qPrintable(example ? QString() : example.error()));
            QVERIFY(QFile::exists(QString(":/icons/%1.svg").arg(example->icon)));
            const bool isChinese = language == "zh_CN";
            const QRegularExpression han("\\p{Han}");
            QCOMPARE(example->title.contains(han), isChinese);
            QCOMPARE(example->summary.contains(han), isChinese);
            QVERIFY(!example->summary.endsWith('.') && !example->summary.endsWith(u'。'));
            const QRegularExpression sentence(isChinese ? "[。！？]" : "[.!?](?= |$)");
            QCOMPARE(example->look.count(sentence), 2);
        }
    }

    void whatIsNotOfTheFormatIsRefused() {
        const QByteArray good = contentOf("01-first-echo.json");
        const auto fault = [&](const QString& key, const QJsonValue& value) {
            QJsonObject object = QJsonDocument::fromJson(good).object();
            if (value.isUndefined())
                object.remove(key);
            else
                object[key] = value;
            const auto example = readExample(QJsonDocument(object).toJson(), "en");
            return example ? QString() : example.error();
        };
        QCOMPARE(fault("format", 1), QString());
        QCOMPARE(fault("sideBySide", true), QString());
        QCOMPARE(fault("sideBySide", 1), QString("sideBySide"));
        QCOMPARE(fault("chats", QJsonArray()), QString("chats"));
        const auto program = [](const QJsonValue& command, const QJsonValue& lines) {
            return QJsonArray({QJsonObject({{"command", command}, {"lines", lines}})});
        };
        QCOMPARE(fault("programs", program("cat", QJsonArray({"a"}))), QString());
        QCOMPARE(fault("programs", program("cat", QJsonArray())), QString("programs"));
        QCOMPARE(fault("programs", program(1, QJsonArray({"a"}))), QString("programs"));
        QCOMPARE(fault("programs", QJsonArray({"cat"})), QString("programs"));
        QCOMPARE(fault("browse", 1), QString());
        QCOMPARE(fault("browse", 2), QString("browse"));
        QCOMPARE(fault("receiveSize", 1), QString());
        QCOMPARE(fault("receiveSize", 0), QString("receiveSize"));
        QCOMPARE(fault("format", 2), QString("format"));
        QCOMPARE(fault("unknown", 1), QString("unknown"));
        QCOMPARE(fault("open", "race"), QString("clients")); // one or the other
        QCOMPARE(fault("open", "nothing"), QString("open"));
        QCOMPARE(fault("servers", QJsonArray()), QString("servers"));
        QCOMPARE(fault("clients", QJsonArray({1})), QString("clients"));
        for (const char* key : {"format", "icon", "title", "summary", "look", "servers", "clients"})
            QCOMPARE(fault(key, QJsonValue::Undefined), QString(key));
        QCOMPARE(fault("title", QJsonObject({{"en", "Only English"}})), QString("title"));
        QCOMPARE(fault("title", QJsonObject({{"en", "a"}, {"zh_CN", "b"}, {"de", "c"}})),
                 QString("title"));
        QVERIFY(!readExample("[]", "en"));
        QVERIFY(!readExample(good.chopped(10), "en"));
    }

    void serversCanBeRead_data() { addTexts(true); }
    void serversCanBeRead() {
        QFETCH(QString, name);
        QFETCH(int, index);
        const Example example = exampleOf(name);
        const auto words = serverWords(example.servers.at(static_cast<std::size_t>(index)), "/run");
        QVERIFY(!words.empty());
        if (const std::string missing = missingName(words); !missing.empty())
            QSKIP(qPrintable(QString::fromStdString(missing + " is not offered yet")));
        const auto config = cli::commandLineReader().server(words);
        QVERIFY(config);
        QVERIFY(!config->allowPublic);
        QCOMPARE(config->listen.size(), std::size_t{1});
        if (example.browse == index + 1)
            QVERIFY(config->settings.http);
    }

    void clientsCanBeRead_data() { addTexts(false); }
    void clientsCanBeRead() {
        QFETCH(QString, name);
        QFETCH(int, index);
        const Example example = exampleOf(name);
        const std::string& text = example.clients.at(static_cast<std::size_t>(index));
        std::vector<std::string> endpoints;
        for (std::size_t i = 0; i < example.servers.size(); ++i)
            endpoints.push_back("tcp://127.0.0.1:6543" + std::to_string(i));
        const auto words = clientWords(text, endpoints);
        for (const std::string& word : words)
            QVERIFY2(!QString::fromStdString(word).contains(QRegularExpression("\\{\\d")),
                     word.c_str());
        QVERIFY2(std::ranges::find(words, "--file") == words.end(), "the window would wait");
        QVERIFY2(std::ranges::find(words, "--stdin") == words.end(), "the window would wait");
        const auto request = cli::commandLineReader().client(words);
        QVERIFY(request);
        QVERIFY(!request->messages.empty());
    }

    void chatsCanBeRead_data() { addFiles(); }
    void chatsCanBeRead() {
        QFETCH(QString, name);
        const Example example = exampleOf(name);
        const std::vector<std::string> endpoints(9, "tcp://127.0.0.1:65430");
        for (const std::string& text : example.chats) {
            const auto request = cli::commandLineReader().chat(clientWords(text, endpoints));
            QVERIFY2(request, text.c_str());
            QVERIFY(request->config.password.empty());
        }
        for (const Example::Program& program : example.programs)
            QVERIFY(!clientWords(program.command, endpoints).empty());
    }

    void itsProgramsEndWithAnExampleThoughOurSignalsAreBlocked() {
        sigset_t ours; // as the window blocks them
        ::sigemptyset(&ours);
        ::sigaddset(&ours, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &ours, nullptr);
        const QTemporaryDir folder;
        const QString file = folder.filePath("pid");
        const auto pid = [&file] {
            QFile written(file);
            return written.open(QIODevice::ReadOnly) ? written.readAll().trimmed().toInt() : 0;
        };
        const std::vector<std::string> words{"sh", "-c",
                                             "echo $$ > " + file.toStdString() + "; exec cat"};
        auto program = std::make_unique<ExampleProgram>(words, std::vector<std::string>{}, nullptr);
        program->start();
        QTRY_VERIFY(pid() > 0);
        QCOMPARE(::kill(pid(), 0), 0);
        program.reset();
        QTRY_COMPARE(::kill(pid(), 0), -1);
        ::pthread_sigmask(SIG_UNBLOCK, &ours, nullptr);
    }

    void placeholdersAreReplacedWithinWords() {
        const std::vector<std::string> endpoints{"tcp://[::1]:1234", "unix:/run/a b"};
        QCOMPARE(clientWords("{1.host}:{1.port} 'to {2}' {3}", endpoints),
                 (std::vector<std::string>{"[::1]:1234", "to unix:/run/a b", "{3}"}));
        QCOMPARE(serverWords("echo --listen unix:{runtime}/x", "/run/a b"),
                 (std::vector<std::string>{"echo", "--listen", "unix:/run/a b/x"}));
        QVERIFY(serverWords("echo 'open", "/run").empty());
    }

    void aClickOnTheWelcomePageStartsTheFirstEcho() {
        ExampleFixture f;
        auto* view = f.find<QListView>("examplesView");
        QVERIFY(view);
        QVERIFY(f.find<QPushButton>("allExamples")
                    ->text()
                    .endsWith(QString::number(fileNames().size())));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                          view->visualRect(view->model()->index(0, 0)).center());
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("<-  12 B  Hello, world"));
        QCOMPARE(f.messageText(), exampleOf("01-first-echo.json").look);
        QVERIFY(f.clickMessage("Close"));
        QCOMPARE(f.messageText(), QString());
        QCOMPARE(f.window.servers().count(ServerStatus::Running), 1);
    }

    void enterStartsTheChosenOneAndADoubleClickOnlyOne() {
        ExampleFixture f;
        auto* view = f.find<QListView>("examplesView");
        view->setFocus();
        QVERIFY(view->currentIndex().isValid());
        QSignalSpy asked(&f.window.tabs(), &ClientTabs::exampleAsked);
        const QPoint where = view->visualRect(view->model()->index(5, 0)).center();
        QTest::mouseMove(view->viewport(), where);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, where);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, where);
        QCOMPARE(asked.count(), 1);
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("<-  5 B  three"));
        QVERIFY(f.clickMessage("Stop and close"));
        QTRY_VERIFY(view->isVisible());
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Up);
        QTest::keyClick(view, Qt::Key_Down);
        QTest::keyClick(view, Qt::Key_Return);
        QCOMPARE(asked.count(), 2);
        QCOMPARE(asked.at(1).at(0).toInt(), 5);
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("<-  5 B  three"));
    }

    void theMenuHasThemAll() {
        ExampleFixture f;
        auto* menu = f.window.findChild<QMenu*>("examplesMenu");
        QCOMPARE(menu->actions().size(), fileNames().size());
        QVERIFY(f.click("allExamples"));
        QVERIFY(menu->isVisible());
        menu->close();
        menu->actions().at(0)->trigger();
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("<-  12 B  Hello, world"));
    }

    void aTakenPortIsReplacedByAFreeOneAlsoTheSecondTime() {
        ExampleFixture f;
        const TestSocket taken = TestSocket::listenTcp();
        const std::string listen = "127.0.0.1:" + std::to_string(taken.port());
        const Example example = makeExample(
            {"echo --listen " + listen, "echo --listen udp://127.0.0.1:0"}, {"{1} one", "{2} two"});
        for (std::size_t round = 1; round <= 2; ++round) {
            f.start(example);
            QTRY_COMPARE(f.window.tabs().pages().size(), 2 * round);
            QTRY_VERIFY(f.hasLine("<-  3 B  one"));
        }
        QCOMPARE(f.window.servers().count(ServerStatus::Running), 4);
        QVERIFY(f.port(0) != QString::number(taken.port()));
        QVERIFY(f.port(2) != f.port(0));
        f.window.tabs().select(1);
        QTRY_VERIFY(f.hasLine("<-  3 B  two"));
    }

    void aTakenUnixNameIsReplacedByTheNextOne() {
        ExampleFixture f;
        const std::string name = temporaryPath("example.sock");
        const Example example =
            makeExample({"echo --listen unix:" + name, "echo --listen unixgram:@" + name},
                        {"{1} stream", "{2} datagram"});
        for (std::size_t round = 1; round <= 2; ++round) {
            f.start(example);
            QTRY_COMPARE(f.window.tabs().pages().size(), 2 * round);
            QTRY_VERIFY(f.hasLine("<-  6 B  stream"));
        }
        QCOMPARE(f.window.servers().at(2).endpoints.value(0),
                 QString::fromStdString("unix:" + name + "-2"));
        f.window.tabs().select(3);
        QTRY_VERIFY(f.hasLine("<-  8 B  datagram"));
    }

    void aRoomHasThreeTabsSideBySideAndAnNcat() {
        if (QStandardPaths::findExecutable("ncat").isEmpty())
            QSKIP("ncat is not there");
        ExampleFixture f;
        f.start(onFreePorts("23-a-chat-room.json"));
        QTRY_COMPARE(f.window.tabs().tabs().size(), std::size_t{3});
        QCOMPARE(f.window.tabs().groups().size(), std::size_t{3});
        for (TabPage* tab : f.window.tabs().tabs()) {
            auto* chat = qobject_cast<ChatPage*>(tab);
            QVERIFY(chat && chat->isVisible());
            QTRY_COMPARE(chat->session().state(), ChatSession::State::In);
            const ChatLinesModel& lines = chat->session().lines({ChatPlace::Kind::Room, "lobby"});
            const auto says = [&lines](const QString& author, const QString& text) {
                for (int row = 0; row < lines.rowCount(); ++row) {
                    if (lines.at(row).author == author && lines.at(row).text == text)
                        return true;
                }
                return false;
            };
            QTRY_VERIFY(says("jun", "hi, I came with ncat"));
            QTRY_VERIFY(says("lin", "Who else is here?"));
            QTRY_VERIFY(says("mira", "@lin hello from the third tab"));
        }
        QTRY_COMPARE(f.window.servers().clientCount(), 4);
        QVERIFY(f.clickMessage("Copy for a terminal"));
        QCOMPARE(QGuiApplication::clipboard()->text(), "ncat 127.0.0.1 " + f.port(0));
        QVERIFY(f.clickMessage("Stop and close"));
        QVERIFY(f.window.tabs().tabs().empty());
        QTRY_COMPARE(f.window.servers().rowCount(), 0);
    }

    void aProgramThatIsNotThereIsSaid() {
        ExampleFixture f;
        Example example = makeExample({"echo --listen 127.0.0.1:0"}, {"{1} one"});
        example.programs = {{"socketscope-no-such-program {1.port}", {"a"}}};
        f.start(example);
        QTRY_VERIFY(f.messageText().contains("socketscope-no-such-program"));
        QTRY_VERIFY(f.hasLine("<-  3 B  one")); // all else runs
        QVERIFY(f.clickMessage("Stop and close"));
    }

    void receivesThatCutMessagesCanBeSeen() {
        ExampleFixture f;
        Example example = exampleOf("12-sticky-packets.json");
        example.servers = {"echo --framing message --listen 127.0.0.1:0"};
        f.start(example);
        QTRY_VERIFY(f.window.tabs().currentPage() && f.lines().filter("<-").size() == 3);
        const QModelIndex last =
            f.rows().index(f.rows().rowCount() - 1, ConversationModel::MarkColumn);
        QTRY_VERIFY(last.data().toString().endsWith("cut"));
        QVERIFY(f.find<QWidget>("streamStrip"));
        QCOMPARE(f.find<QLineEdit>("streamReceiveSize")->text(), QString("512 B"));
    }

    void stopAndCloseTakesAwayWhatItBrought() {
        ExampleFixture f;
        f.connectTo(f.serve()); // a person's own
        f.start(makeExample({"echo --listen 127.0.0.1:0"}, {"{1} one", "{1} two"}));
        QTRY_COMPARE(f.window.tabs().pages().size(), std::size_t{3});
        QTRY_VERIFY(f.hasLine("<-  3 B  one"));
        QVERIFY(f.clickMessage("Stop and close"));
        QCOMPARE(f.window.tabs().pages().size(), std::size_t{1});
        QCOMPARE(f.window.servers().rowCount(), 1);
        QCOMPARE(f.serverStatus(0), ServerStatus::Running);
        QCOMPARE(f.messageText(), QString());
    }

    void aFailureIsSaidAndLeavesWhatRuns() {
        ExampleFixture f;
        f.start(makeExample({"echo --listen 127.0.0.1:0", "nonsense"}, {"{1} one"}));
        QTRY_VERIFY(f.messageText().contains("nonsense"));
        QCOMPARE(f.serverStatus(0), ServerStatus::Running);
        QVERIFY(f.window.tabs().pages().empty());
        QVERIFY(f.clickMessage("Stop and close"));
        QCOMPARE(f.window.servers().rowCount(), 0);
        f.start(makeExample({"nonsense"}, {"{1} one"}));
        QVERIFY(f.messageText().contains("nonsense"));
        QVERIFY(!f.clickMessage("Stop and close")); // nothing to stop
        f.start(makeExample({"echo --listen 203.0.113.7:0 --allow-public"}, {"{1} one"}));
        QTRY_VERIFY(f.messageText().contains("203.0.113.7"));
    }

    void clientsConnectInTheirOrder() {
        ExampleFixture f;
        f.start(makeExample({"echo --listen 127.0.0.1:0"}, {"{1} 1", "{1} 2", "{1} 3", "{1} 4"}));
        const auto& pages = f.window.tabs().pages();
        QTRY_COMPARE(pages.size(), std::size_t{4});
        QTRY_COMPARE(f.window.servers().at(0).clients->rowCount(), 4);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(f.window.servers().at(0).clients->at(i).endpoint,
                     pages[static_cast<std::size_t>(i)]->conversation().local());
        QTRY_COMPARE(f.window.tabs().currentPage(), pages[0]);
    }

    void aServerForABrowserHasItsLinks() {
        ExampleFixture f;
        Example example = makeExample({"echo --listen 127.0.0.1:0"}, {"{1} one"});
        example.browse = 1;
        f.start(example);
        QTRY_VERIFY(f.find<QPushButton>("openInBrowser"));
        QVERIFY(f.click("copyForCurl"));
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QString("curl -i http://127.0.0.1:%1/").arg(f.port(0)));
    }

    void askedAndAnsweredYes() {
        ExampleFixture f;
        f.start(onFreePorts("16-can-you-hear-me.json"));
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("->  16 B  can you hear me?"));
        QTRY_VERIFY(f.hasLine("<-  3 B  Yes"));
    }

    void twoConnectionsSendTwoMessagesEach() {
        ExampleFixture f;
        f.start(onFreePorts("17-two-by-two.json"));
        QTRY_COMPARE(f.window.tabs().pages().size(), std::size_t{2});
        const auto received = [&](int tab) {
            f.window.tabs().select(tab);
            return f.lines().filter("<-  ").size();
        };
        QTRY_COMPARE(received(0), 2);
        QTRY_COMPARE(received(1), 2);
    }

    void datagramsAreReallyLost() {
        ExampleFixture f;
        f.start(onFreePorts("18-datagrams-that-are-lost.json"));
        const auto figures = [&] {
            auto* page = f.window.tabs().currentPage();
            auto* client = page ? page->findChild<ClientConversation*>() : nullptr;
            return client ? client->figures() : DatagramFigures();
        };
        QTRY_COMPARE(figures().sent, std::uint64_t{1000});
        QTRY_VERIFY(figures().lost > 0);
        QTRY_COMPARE(figures().lost + figures().echoed, figures().sent);
        QTRY_VERIFY(f.hasLine("->  1 B  1")); // each has its number
        QTRY_VERIFY(f.hasLine("->  4 B  1000"));
    }

    void afterAHalfCloseTheRepliesStillCome() {
        ExampleFixture f;
        f.start(onFreePorts("19-half-close.json"));
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("this side sends no more"));
        QTRY_VERIFY(f.hasLine("THAT IS ALL"));
        QTRY_COMPARE(f.state(), LinkState::Closed);
        QVERIFY(f.hasLine("closed by the other side"));
    }

    void theReplyComesBeforeTheReset() {
        ExampleFixture f;
        f.start(onFreePorts("20-reset.json"));
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("(ECONNRESET)"));
        QVERIFY(f.hasLine("<-  9 B  once only"));
    }

    void theRaceIsStarted() {
        ExampleFixture f;
        f.start(exampleOf("21-model-race.json"));
        auto* page = qobject_cast<RacePage*>(f.window.tabs().currentTab());
        QVERIFY(page);
        QVERIFY(page->isRunning());
        QCOMPARE(f.messageText(), exampleOf("21-model-race.json").look);
        page->cancel();
        QTRY_VERIFY(!page->isRunning());
    }

    void aTabClosedMeanwhileDoesNotStopTheRest() {
        ExampleFixture f;
        f.start(makeExample({"echo --listen 127.0.0.1:0"}, {"{1} one", "{1} two"}));
        QTRY_VERIFY(!f.window.tabs().pages().empty());
        f.window.tabs().closeCurrent();
        QTRY_VERIFY(f.window.tabs().currentPage() && f.hasLine("<-  3 B  two"));
    }
};

QTEST_MAIN(TestExamples)
#include "tst_examples.moc"
