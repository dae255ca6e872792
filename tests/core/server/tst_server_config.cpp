#include <fstream>

#include <QtTest>

#include "core/framing/framings.h"
#include "core/server/command_config.h"
#include "core/server/execution_models.h"
#include "core/server/server_config.h"
#include "core/server/service_files.h"
#include "core/service/services.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

class TestServerConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDefaultsAreValid() {
        QVERIFY(validate({}).has_value());
        QVERIFY((serveArguments({}) == std::vector<std::string>{"echo"}));
    }

    void refusesWhatCannotBe_data() {
        QTest::addColumn<QByteArray>("option");
        QTest::addColumn<QByteArray>("hint");
        QByteArrayList names;
        for (const Service& service : services())
            names << QByteArray(service.name.data(), static_cast<int>(service.name.size()));
        QTest::newRow("service") << QByteArray("service") << names.join(", ");
        QByteArrayList models;
        for (const ExecutionModel& model : executionModels())
            models << QByteArray(model.name.data(), static_cast<int>(model.name.size()));
        QTest::newRow("model") << QByteArray("--model") << models.join(", ");
        QTest::newRow("framing") << QByteArray("--framing")
                                 << QByteArray("raw, line[:crlf], nul, fixed:N, "
                                               "length:u8|u16be|u16le|u32be|u32le, message, ready");
        QTest::newRow("loops") << QByteArray("--loops") << QByteArray("1 to 64");
        QTest::newRow("backlog") << QByteArray("--backlog") << QByteArray("128");
        QTest::newRow("receive size")
            << QByteArray("--receive-size") << QByteArray("1 to 67108864");
        QTest::newRow("connections") << QByteArray("--max-connections") << QByteArray("10000");
        QTest::newRow("queue") << QByteArray("--max-queue") << QByteArray("1048576");
        QTest::newRow("listen") << QByteArray("--listen") << QByteArray("tcp://127.0.0.1:65432");
    }

    void refusesWhatCannotBe() {
        QFETCH(QByteArray, option);
        QFETCH(QByteArray, hint);
        ServerConfig config;
        if (option == "service")
            config.service = "coffee";
        else if (option == "--model")
            config.model = "magic";
        else if (option == "--framing")
            config.framing = "morse";
        else if (option == "--loops")
            config.loops = 0;
        else if (option == "--backlog")
            config.backlog = -1;
        else if (option == "--receive-size")
            config.receiveSize = 0;
        else if (option == "--max-connections")
            config.maxConnections = 0;
        else if (option == "--max-queue")
            config.maxQueue = 0;
        else
            config.listen.clear();
        const auto valid = validate(config);
        QVERIFY(!valid);
        QCOMPARE(QByteArray::fromStdString(valid.error().subject), option);
        QCOMPARE(QByteArray::fromStdString(valid.error().hint.text), hint);
    }

    void httpHasNoOtherFraming() {
        ServerConfig config;
        config.service = "reply";
        config.settings.http = true;
        for (const std::string& framing : framingExamples()) {
            config.framing = framing;
            QCOMPARE(validate(config).has_value(), framing == "raw");
        }
    }

    void commandsAreForThisMachineUnlessThereIsAToken() {
        ServerConfig config;
        config.service = "command";
        QVERIFY(validate(config).error().is(Fault::NeedsLeave));
        config.settings.command.isAllowed = true;
        QVERIFY(validate(config).has_value());
        config.allowPublic = true;
        for (const char* local : {"127.0.0.1", "127.9.9.9", "::1", "localhost", "some.name"}) {
            config.listen = {{.host = local, .port = 0}}; // names are judged when resolved
            QVERIFY2(validate(config).has_value(), local);
        }
        QVERIFY(mustBeLocal(config));
        for (const char* other : {"0.0.0.0", "*", "::", "192.0.2.1", "2001:db8::1"}) {
            config.listen = {{.host = "127.0.0.1", .port = 0}, {.host = other, .port = 0}};
            QVERIFY2(validate(config).error().is(Fault::NeedsToken), other);
            config.settings.command.shell = true;
            QVERIFY(validate(config).error().is(Fault::ShellInPublic));
            config.settings.command.shell = false;
        }
        const std::string path = temporaryPath("token");
        config.settings.command.tokenFile = path;
        QVERIFY(validate(config).has_value()); // the file is not looked at
        QVERIFY(loadServiceFiles(config).error().isErrno(ENOENT));
        std::ofstream(path) << "secret\n";
        QVERIFY(loadServiceFiles(config).has_value());
        QCOMPARE(*config.settings.command.token, std::string("secret"));
        QVERIFY(!mustBeLocal(config));
        config.settings.command.shell = true;
        QVERIFY(validate(config).error().is(Fault::ShellInPublic));
        QVERIFY(mustBeLocal(config));
    }

    void anAnswerFitsItsMessage() {
        ServerConfig config;
        config.service = "command";
        config.settings.command.isAllowed = true;
        config.settings.maxMessage = 3000;
        QVERIFY(validate(config).has_value()); // raw has no messages
        config.framing = "ready";
        QCOMPARE(validate(config).error().subject, std::string("--command-output-cap"));
        QCOMPARE(validate(config).error().hint.text, std::string("1000"));
        config.settings.command.outputCap = 1000;
        QVERIFY(validate(config).has_value());
        config.settings.command.outputEncoding = "GBK"; // two bytes become three, at most one three
        QCOMPARE(validate(config).error().hint.text, std::string("333"));
        config.settings.command.outputCap = 333;
        QVERIFY(validate(config).has_value());
        config.settings.maxMessage = 100;
        QVERIFY(!validate(config).has_value());
        config.settings.command.outputCap = SIZE_MAX;
        QVERIFY(!validate(config).has_value());
    }

    void theCommandLineHoldsWhatDiffers() {
        ServerConfig config;
        config.listen = {{.host = "127.0.0.1", .port = 8000},
                         {.transport = Transport::Udp, .host = "::1", .port = 53}};
        config.model = "poll";
        config.loops = 2;
        config.receiveSize = 1024;
        config.options.noDelay = false;
        config.options.lingerSeconds = 0;
        config.idleTimeout = std::chrono::seconds(30);
        config.once = true;
        const std::vector<std::string> expected{"echo",
                                                "--listen",
                                                "tcp://127.0.0.1:8000",
                                                "--listen",
                                                "udp://[::1]:53",
                                                "--model",
                                                "poll",
                                                "--loops",
                                                "2",
                                                "--receive-size",
                                                "1024",
                                                "--nodelay",
                                                "off",
                                                "--linger",
                                                "0",
                                                "--idle-timeout",
                                                "30",
                                                "--once"};
        QVERIFY(serveArguments(config) == expected);
    }
};

QTEST_GUILESS_MAIN(TestServerConfig)
#include "tst_server_config.moc"
