// Servers of the window come back at its next start, through the words of their command lines.

#include <QJsonArray>
#include <QListView>

#include "app/command_line_reader.h"
#include "tests/ui/window_fixture.h"
#include "ui/servers/servers_dock.h"

using namespace sscope;
using namespace sscope::test;

namespace {

const CommandLineReader reader = cli::commandLineReader();

ServerConfig oddConfig() {
    ServerConfig config;
    config.listen = {{.host = "127.0.0.1", .port = 0},
                     {.transport = Transport::Unix, .path = "@odd name"}};
    config.model = "poll";
    config.loops = 2;
    config.receiveSize = 7;
    config.idleTimeout = fromSeconds(1.5);
    config.maxPerSource = 3;
    config.settings.maxHeader = 99;
    config.options.lingerSeconds = 0;
    config.closeAfterReply = true;
    return config;
}

} // namespace

class TestSavedServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comeBackStopped() {
        const QString path = WindowFixture::freshSettings();
        {
            WindowFixture f(path, reader);
            f.window.servers().add(oddConfig());
            QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
            f.window.servers().add(ServerConfig{.listen = {{.host = "127.0.0.1", .port = 0}}});
        }
        WindowFixture f(path, reader);
        QCOMPARE(f.window.servers().rowCount(), 2);
        QCOMPARE(f.window.servers().count(ServerStatus::Stopped), 2);
        QCOMPARE(f.window.servers().at(0).config, oddConfig());
        QVERIFY(f.find<QListView>("serverList"));
        f.window.servers().start(f.window.servers().at(0).key);
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
    }

    void programsComeBackWithTheirArguments() {
        const QString path = WindowFixture::freshSettings();
        ServerConfig config{.service = "exec", .listen = {{.host = "127.0.0.1", .port = 0}}};
        config.settings.command.isAllowed = true;
        config.settings.command.program = {"sh", "-c", "echo 'a  b' --once", "", "--json"};
        {
            WindowFixture f(path, reader);
            f.window.servers().add(config);
            QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        }
        WindowFixture f(path, reader);
        QCOMPARE(f.window.servers().rowCount(), 1);
        QCOMPARE(f.window.servers().at(0).config, config);
    }

    void whatTheCommandLineStartsDoesNot() {
        const QString path = WindowFixture::freshSettings();
        {
            WindowFixture f(path, reader);
            f.serve();
        }
        WindowFixture f(path, reader);
        QCOMPARE(f.window.servers().rowCount(), 0);
    }

    void whatWasRemovedDoesNot() {
        const QString path = WindowFixture::freshSettings();
        {
            WindowFixture f(path, reader);
            const int key = f.window.servers().add(oddConfig());
            f.window.servers().remove(key);
        }
        WindowFixture f(path, reader);
        QCOMPARE(f.window.servers().rowCount(), 0);
    }

    void whatCannotBeReadIsLeftOut() {
        const QString path = WindowFixture::freshSettings();
        {
            Settings settings(path);
            settings.setValue("servers", QJsonArray{QJsonArray{"no-such-service"}, QJsonArray{}, 5,
                                                    QJsonArray{"echo", "--model", "poll"}, "echo",
                                                    QJsonArray{"echo", "--no-such-option"}});
        }
        WindowFixture f(path, reader);
        QCOMPARE(f.window.servers().rowCount(), 1);
        QCOMPARE(f.window.servers().at(0).config.model, std::string("poll"));
    }

    void tryItStartsTheOneOfTheLastTime() {
        const QString path = WindowFixture::freshSettings();
        ServerConfig config;
        {
            WindowFixture f(path, reader);
            f.window.servers().add(config);
            QTRY_COMPARE(f.window.servers().count(ServerStatus::Starting), 0);
        }
        WindowFixture f(path, reader);
        QCOMPARE(f.window.servers().rowCount(), 1);
        QVERIFY(f.click("tryItButton"));
        QTRY_COMPARE(f.window.servers().count(ServerStatus::Running), 1);
        QCOMPARE(f.window.servers().rowCount(), 1);
    }
};

QTEST_MAIN(TestSavedServers)
#include "tst_saved_servers.moc"
