// The form says what a config says, and the other way round.

#include <fstream>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

#include "core/framing/framings.h"
#include "core/server/execution_models.h"
#include "core/server/service_files.h"
#include "core/service/services.h"
#include "tests/support/test_socket.h"
#include "ui/common/app_style.h"
#include "ui/servers/server_form.h"

using namespace sscope;
using namespace sscope::test;

namespace {

using Change = void (*)(ServerConfig&);

CommandSettings& allowCommand(ServerConfig& config) {
    config.service = "command";
    config.settings.command.isAllowed = true;
    return config.settings.command;
}

std::string tokenFile() {
    static const std::string path = [] {
        std::string made = temporaryPath("token file");
        std::ofstream(made) << "secret";
        return made;
    }();
    return path;
}

struct Case {
    const char* name;
    Change change;
    const char* words; // in the command line; empty where it holds nothing
};

const Case cases[] = {
    {"defaults", [](ServerConfig&) {}, ""},
    {"udp", [](ServerConfig& c) { c.listen[0].transport = Transport::Udp; }, "--listen udp://"},
    {"port", [](ServerConfig& c) { c.listen[0].port = 0; }, "--listen tcp://127.0.0.1:0"},
    {"IPv6", [](ServerConfig& c) { c.listen[0].host = "::1"; }, "--listen 'tcp://[::1]:65432'"},
    {"host name", [](ServerConfig& c) { c.listen[0].host = "localhost"; }, "tcp://localhost:65432"},
    {"public",
     [](ServerConfig& c) {
         c.listen[0].host = "0.0.0.0";
         c.allowPublic = true;
     },
     "--allow-public"},
    {"path",
     [](ServerConfig& c) { c.listen = {{.transport = Transport::Unix, .path = "/tmp/a b.sock"}}; },
     "--listen 'unix:/tmp/a b.sock'"},
    {"path with slashes",
     [](ServerConfig& c) { c.listen = {{.transport = Transport::Unix, .path = "//tmp/x"}}; },
     "--listen unix:////tmp/x"},
    {"abstract name",
     [](ServerConfig& c) { c.listen = {{.transport = Transport::Unixgram, .path = "@echo"}}; },
     "--listen unixgram:@echo"},
    {"more endpoints",
     [](ServerConfig& c) {
         c.listen.push_back({.host = "::1", .port = 1});
         c.listen.push_back({.transport = Transport::Unix, .path = "@x"});
     },
     "--listen unix:@x"},
    {"model", [](ServerConfig& c) { c.model = "poll"; }, "--model poll"},
    {"loops", [](ServerConfig& c) { c.loops = 4; }, "--loops 4"},
    {"framing", [](ServerConfig& c) { c.framing = "raw"; }, "--framing raw"},
    {"framing of a size", [](ServerConfig& c) { c.framing = "fixed:1234"; },
     "--framing fixed:1234"},
    {"backlog", [](ServerConfig& c) { c.backlog = 0; }, "--backlog 0"},
    {"receive size", [](ServerConfig& c) { c.receiveSize = 1000; }, "--receive-size 1000"},
    {"receive buffer", [](ServerConfig& c) { c.options.receiveBuffer = 4096; },
     "--receive-buffer 4096"},
    {"send buffer", [](ServerConfig& c) { c.options.sendBuffer = 4097; }, "--send-buffer 4097"},
    {"keepalive", [](ServerConfig& c) { c.options.keepaliveSeconds = 7; }, "--keepalive 7"},
    {"linger", [](ServerConfig& c) { c.options.lingerSeconds = 0; }, "--linger 0"},
    {"poll interval", [](ServerConfig& c) { c.pollInterval = fromSeconds(0.5); },
     "--poll-interval 0.5"},
    {"no reuse of addresses", [](ServerConfig& c) { c.options.reuseAddress = false; },
     "--reuse-address off"},
    {"reuse of ports", [](ServerConfig& c) { c.options.reusePort = true; }, "--reuse-port"},
    {"delay", [](ServerConfig& c) { c.options.noDelay = false; }, "--nodelay off"},
    {"connections", [](ServerConfig& c) { c.maxConnections = 12'345; }, "--max-connections 12345"},
    {"per source", [](ServerConfig& c) { c.maxPerSource = 2; }, "--max-per-source 2"},
    {"idle time-out", [](ServerConfig& c) { c.idleTimeout = fromSeconds(1.25); },
     "--idle-timeout 1.25"},
    {"message", [](ServerConfig& c) { c.settings.maxMessage = 1 << 20; }, "--max-message 1048576"},
    {"header", [](ServerConfig& c) { c.settings.maxHeader = 100; }, "--max-header 100"},
    {"send queue", [](ServerConfig& c) { c.maxQueue = 1; }, "--max-queue 1"},
    {"close after reply", [](ServerConfig& c) { c.closeAfterReply = true; }, "--close-after-reply"},
    {"once", [](ServerConfig& c) { c.once = true; }, "--once"},
    {"commands", [](ServerConfig& c) { allowCommand(c); }, "serve command --allow-command"},
    {"commands by name",
     [](ServerConfig& c) {
         allowCommand(c).allow = {"date", "/usr/bin/uptime"};
     },
     "--command-allow date,/usr/bin/uptime"},
    {"command time-out", [](ServerConfig& c) { allowCommand(c).timeout = fromSeconds(0.5); },
     "--command-timeout 0.5"},
    {"output cap", [](ServerConfig& c) { allowCommand(c).outputCap = 1000; },
     "--command-output-cap 1000"},
    {"shell", [](ServerConfig& c) { allowCommand(c).shell = true; }, "--shell"},
    {"output encoding", [](ServerConfig& c) { allowCommand(c).outputEncoding = "GBK"; },
     "--output-encoding GBK"},
    {"token file", [](ServerConfig& c) { allowCommand(c).tokenFile = tokenFile(); },
     "--token-file "},
    {"program",
     [](ServerConfig& c) {
         allowCommand(c).program = {"sh", "-c", "echo 'a  b'; --x", ""};
         c.service = "exec";
     },
     "serve exec --allow-command -- sh -c"},
};

QString commandOf(const ServerForm& form) {
    QString text = form.findChild<QLabel*>("serverCommand")->text();
    return text.replace(" \\\n  ", " ");
}

} // namespace

class TestServerForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new AppStyle); }

    void everyOptionComesBack_data() {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < std::size(cases); ++i)
            QTest::newRow(cases[i].name) << static_cast<int>(i);
    }

    void everyOptionComesBack() {
        QFETCH(int, number);
        const Case& one = cases[number];
        ServerConfig config;
        one.change(config);
        ServerForm form;
        form.setConfig(config);
        const auto read = form.read();
        QVERIFY(read);
        QCOMPARE(*read, config);
        const QString expected = QString::fromUtf8(one.words);
        if (expected.isEmpty())
            QCOMPARE(commandOf(form), QString("socketscope serve echo"));
        else
            QVERIFY2(commandOf(form).contains(expected), qPrintable(commandOf(form)));
        // And what differs from the defaults does not stay behind.
        form.setConfig({});
        QCOMPARE(form.read().value_or(config), ServerConfig());
    }

    void everyServiceModelAndFramingIsOffered() {
        ServerForm form;
        const auto offers = [&](const char* box, std::string_view name) {
            return form.findChild<QComboBox*>(box)->findText(
                       QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))) >= 0;
        };
        for (const Service& service : services())
            QVERIFY(offers("serverService", service.name));
        for (const ExecutionModel& model : executionModels())
            QCOMPARE(offers("serverModel", model.name), model.make != nullptr);
        for (const std::string& framing : framingExamples())
            QVERIFY(offers("serverFraming", framing));
    }

    void everyServiceComesBackWithItsSettings() {
        for (const Service& service : services()) {
            ServerConfig config;
            config.service = std::string(service.name);
            config.settings.command.isAllowed = service.runsProgram || config.service == "command";
            if (service.runsProgram)
                config.settings.command.program = {"cat"};
            if (config.service == "reply") {
                config.settings.reply = " two words ";
                config.settings.http = true;
            }
            if (config.service == "message") {
                config.settings.dictionaryFile = "/tmp/two words.json";
                config.settings.keepOpen = true;
            }
            if (config.service == "welcome")
                config.settings.welcome = "";
            ServerForm form;
            form.setConfig(config);
            QCOMPARE(form.read().value_or(ServerConfig{.service = "?"}), config);
        }
    }

    void aFramingCanBeTypedAndIsChecked() {
        ServerForm form;
        form.show();
        auto* framing = form.findChild<QComboBox*>("serverFraming");
        framing->setEditText(" fixed:32 ");
        QCOMPARE(form.read()->framing, std::string("fixed:32"));
        for (const char* wrong : {"fixed:0", "fixed:", "nonsense"}) {
            framing->setEditText(wrong);
            QVERIFY(!form.read());
            QVERIFY(framing->property("atFault").toBool());
            QVERIFY(form.findChild<QLabel*>("fieldFault")->isVisible());
        }
        framing->setCurrentIndex(0);
        QCOMPARE(form.read()->framing, std::string());
        QVERIFY(!framing->property("atFault").toBool());
    }

    void aPathTakesThePlaceOfAddressAndPort() {
        ServerForm form;
        form.show();
        auto* path = form.findChild<QLineEdit*>("serverPath");
        auto* port = form.findChild<QLineEdit*>("serverPort");
        QVERIFY(port->isVisible() && !path->isVisible());
        form.findChild<QComboBox*>("serverTransport")->setCurrentText("unix");
        QVERIFY(path->isVisible() && !port->isVisible());
        QVERIFY(!form.findChild<QComboBox*>("serverAddress")->isVisible());
    }

    void pathsThatCannotBeAreExplained_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reason");
        QTest::newRow("none") << QString() << "the path is missing";
        QTest::newRow("too long") << QString(108, 'x').replace(0, 1, "/") << "107 bytes";
    }

    void pathsThatCannotBeAreExplained() {
        QFETCH(QString, path);
        QFETCH(QString, reason);
        ServerForm form;
        form.show();
        form.findChild<QComboBox*>("serverTransport")->setCurrentText("unix");
        auto* edit = form.findChild<QLineEdit*>("serverPath");
        edit->setText(path);
        QVERIFY(!form.read());
        QVERIFY(edit->property("atFault").toBool());
        const QString said = form.findChild<QLabel*>("fieldFault")->text();
        QVERIFY2(said.contains(reason), qPrintable(said));
        edit->setText("@short");
        QVERIFY(form.read());
        QVERIFY(!edit->property("atFault").toBool());
    }

    void optionsThatCannotBeAreExplained_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        const std::pair<const char*, const char*> wrong[] = {
            {"backlog", "-1"},       {"receiveSize", "lots"}, {"receiveSize", "0"},
            {"sendBuffer", "x"},     {"keepalive", "0"},      {"linger", "1.5"},
            {"pollInterval", "-1"},  {"maxConnections", "0"}, {"maxPerSource", "0"},
            {"idleTimeout", "soon"}, {"maxMessage", "-5"},    {"maxHeader", ""},
            {"maxQueue", "9 s"},     {"moreEndpoints", ":x"}, {"backlog", "128s"},
        };
        for (const auto& [field, text] : wrong)
            QTest::addRow("%s %s", field, text) << field << text;
    }

    void optionsThatCannotBeAreExplained() {
        QFETCH(QString, field);
        QFETCH(QString, text);
        ServerForm form;
        form.show();
        auto* edit = form.findChild<QLineEdit*>(field);
        QVERIFY(edit);
        edit->setText(text);
        QVERIFY(!form.read());
        QVERIFY(edit->isVisible()); // More is open now
        QVERIFY(edit->property("atFault").toBool());
        bool isSaid = false;
        for (auto* label : form.findChildren<QLabel*>("fieldFault"))
            isSaid = isSaid || (label->isVisible() && !label->text().isEmpty());
        QVERIFY(isSaid);
    }

    void commandsThatCannotBeAreExplained_data() {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("not allowed") << "command"
                                     << "allowCommand" << QString();
        QTest::newRow("time") << "command"
                              << "commandTimeout"
                              << "soon";
        QTest::newRow("no time") << "command"
                                 << "commandTimeout" << QString();
        QTest::newRow("cap") << "command"
                             << "commandOutputCap"
                             << "much";
        QTest::newRow("names") << "command"
                               << "commandAllow"
                               << "a,,b";
        QTest::newRow("path") << "command"
                              << "commandAllow"
                              << "./a";
        QTest::newRow("encoding") << "command"
                                  << "commandEncoding"
                                  << "morse";
        QTest::newRow("no program") << "exec"
                                    << "execProgram"
                                    << " ";
        QTest::newRow("quote") << "exec"
                               << "execProgram"
                               << "cat 'x";
    }

    void commandsThatCannotBeAreExplained() {
        QFETCH(QString, service);
        QFETCH(QString, field);
        QFETCH(QString, text);
        ServerForm form;
        form.show();
        form.findChild<QComboBox*>("serverService")->setCurrentText(service);
        form.findChild<QLineEdit*>("execProgram")->setText("cat");
        form.findChild<QCheckBox*>("allowCommand")->setChecked(field != "allowCommand");
        if (auto* edit = form.findChild<QLineEdit*>(field)) {
            edit->setText(text);
            QVERIFY(edit->isVisible());
        }
        QVERIFY(!form.read());
        QVERIFY(form.findChild<QWidget*>(field)->property("atFault").toBool());
    }

    void aTokenFileIsReadByTheServer() {
        ServerForm form;
        form.show();
        form.findChild<QComboBox*>("serverService")->setCurrentText("command");
        form.findChild<QCheckBox*>("allowCommand")->setChecked(true);
        auto* field = form.findChild<QLineEdit*>("commandTokenFile");
        field->setText("/no/such/file");
        auto config = form.read();
        QVERIFY(config);
        form.showFailure(loadServiceFiles(*config).error());
        QVERIFY(field->property("atFault").toBool());
    }

    void theCommandLineShowsWhatIsTyped() {
        ServerForm form;
        form.findChild<QLineEdit*>("serverPort")->setText("80x");
        QVERIFY(commandOf(form).contains("--listen tcp://127.0.0.1:80x"));
        form.findChild<QLineEdit*>("serverPort")->setText("65432");
        form.findChild<QLineEdit*>("receiveSize")->setText("64KiB"); // the default in other words
        QCOMPARE(commandOf(form), QString("socketscope serve echo"));
        QVERIFY(form.findChild<QPushButton*>("resetOptions")->isHidden());
    }

    void aModelWithoutLoopsShowsNone() {
        ServerForm form;
        form.show();
        auto* loops = form.findChild<QLineEdit*>("serverLoops");
        auto* model = form.findChild<QComboBox*>("serverModel");
        for (const ExecutionModel& each : executionModels()) {
            model->setCurrentText(
                QString::fromUtf8(each.name.data(), static_cast<qsizetype>(each.name.size())));
            loops->setText("3");
            QCOMPARE(loops->isVisible(), each.hasLoops);
            QCOMPARE(form.read()->loops, each.hasLoops ? 3 : 1);
        }
        model->setCurrentText("select");
        loops->setText("65");
        QVERIFY(!form.read());
        QVERIFY(loops->property("atFault").toBool());
    }

    void aFurtherPublicEndpointNeedsLeaveToo() {
        ServerForm form;
        form.show();
        form.findChild<QLineEdit*>("moreEndpoints")->setText("0.0.0.0:0");
        auto* leave = form.findChild<QCheckBox*>("allowPublic");
        QVERIFY(leave->isVisible());
        QVERIFY(!form.read());
        QVERIFY(leave->property("atFault").toBool());
        leave->setChecked(true);
        QVERIFY(form.read());
        QVERIFY(form.read()->allowPublic);
    }
};

QTEST_MAIN(TestServerForm)
#include "tst_server_form.moc"
