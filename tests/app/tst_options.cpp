// What the subcommands make of their words.

#include <fstream>

#include <CLI/CLI.hpp>

#include <QtTest>

#include "app/cli/arguments.h"
#include "app/cli/gui_options.h"
#include "app/cli/send_options.h"
#include "app/cli/serve_options.h"
#include "app/command_line_reader.h"
#include "core/storage/file_source.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::cli;
using namespace std::chrono_literals;
using Words = std::vector<std::string>;

namespace {

template <typename Options>
const Options& good(const std::variant<Options, int>& parsed) {
    if (!std::holds_alternative<Options>(parsed))
        throw std::runtime_error("refused");
    return std::get<Options>(parsed);
}

template <typename Options>
int codeOf(const std::variant<Options, int>& parsed) {
    return std::holds_alternative<int>(parsed) ? std::get<int>(parsed) : -1;
}

} // namespace

class TestOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsThatLookLikeAnythingStayMessages() {
        CLI::App app;
        bool flag = false;
        std::string value;
        app.add_flag("--flag", flag);
        app.add_option("--value", value);
        const Arguments arguments = separate(app, {"host", "[1,2]", "--flag", "[]", "++", "--value",
                                                   "v", "--", "--flag", "-x", "--"});
        QVERIFY((arguments.options == Words{"--flag", "--value", "v"}));
        QVERIFY(
            (arguments.positionals == Words{"host", "[1,2]", "[]", "++", "--flag", "-x", "--"}));
    }

    void messagesReachTheWireAsTheyStand_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArrayList>("messages");
        QTest::newRow("plain") << QStringList{"a", "b c"} << QByteArrayList{"a", "b c"};
        QTest::newRow("brackets") << QStringList{"[1,2]", "[]", "++"}
                                  << QByteArrayList{"[1,2]", "[]", "++"};
        QTest::newRow("after --") << QStringList{"--", "--hex", "-", "--"}
                                  << QByteArrayList{"--hex", "-", "--"};
        QTest::newRow("empty") << QStringList{""} << QByteArrayList{""};
        QTest::newRow("hex") << QStringList{"--hex", "48 65", "0x6c"} << QByteArrayList{"He", "l"};
        QTest::newRow("escapes") << QStringList{"--escapes", "a\\r\\n\\x00"}
                                 << QByteArrayList{QByteArray("a\r\n\0", 4)};
        QTest::newRow("lf") << QStringList{"--ending", "lf", "a", "b"}
                            << QByteArrayList{"a\n", "b\n"};
        QTest::newRow("crlf") << QStringList{"--ending=crlf", "a"} << QByteArrayList{"a\r\n"};
        QTest::newRow("nul") << QStringList{"--ending", "nul", "a"}
                             << QByteArrayList{QByteArray("a\0", 2)};
        QTest::newRow("GBK") << QStringList{"--encoding", "GBK", "你"}
                             << QByteArrayList{"\xc4\xe3"};
        QTest::newRow("none") << QStringList{} << QByteArrayList{};
    }

    void messagesReachTheWireAsTheyStand() {
        QFETCH(QStringList, words);
        QFETCH(QByteArrayList, messages);
        Words all{"127.0.0.1:1"};
        for (const QString& word : words)
            all.push_back(word.toStdString());
        const auto parsed = parseSend(all);
        QByteArrayList got;
        for (const OutgoingMessage& message : good(parsed).messages)
            got.append(QByteArray::fromStdString(message.bytes));
        QCOMPARE(got, messages);
    }

    void theWindowGetsEachMessageMade() {
        const auto asked = parseSend({"host:1", "--macros", "--repeat", "2", "--", "${seq}", "x"});
        const auto request = readyClient(good(asked));
        QVERIFY(request.has_value());
        QByteArrayList got;
        for (const OwnedMessage& message : request->messages)
            got.append(QByteArray::fromStdString(std::string(textOf(message.content))));
        QCOMPARE(got, (QByteArrayList{"1", "x", "2", "x"}));
        const auto endless = parseSend({"host:1", "--repeat", "1000000000000", "--", "x"});
        const auto refused = readyClient(good(endless));
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().subject, std::string("--repeat"));
    }

    void sendDefaultsAreThoseOfTheInterface() {
        const auto parsed = parseSend({"localhost:80"});
        const SendOptions& options = good(parsed);
        QCOMPARE(options.client.endpoint.text(), std::string("tcp://localhost:80"));
        QVERIFY(options.quiet == 200ms && options.wait == 2s && options.repeat == 1);
        QVERIFY(!options.replies && !options.untilClose && !options.halfClose);
        QVERIFY(options.output == SendOutput::Raw); // no terminal here
    }

    void sendTakesItsOwnEnd_data() {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("local");
        QTest::addColumn<QString>("understood");
        QTest::newRow("host") << "host:1"
                              << "127.0.0.2"
                              << "tcp://127.0.0.2:0";
        QTest::newRow("port") << "host:1"
                              << "5000"
                              << "tcp://*:5000";
        QTest::newRow("colon and port") << "udp://host:1"
                                        << ":5000"
                                        << "udp://*:5000";
        QTest::newRow("both") << "udp://host:1"
                              << "127.0.0.2:5000"
                              << "udp://127.0.0.2:5000";
        QTest::newRow("IPv6") << "[::1]:1"
                              << "::1"
                              << "tcp://[::1]:0";
        QTest::newRow("IPv6 and port") << "[::1]:1"
                                       << "[::1]:5000"
                                       << "tcp://[::1]:5000";
        QTest::newRow("name") << "host:1"
                              << "localhost"
                              << "tcp://localhost:0";
        QTest::newRow("endpoint") << "host:1"
                                  << "tcp://127.0.0.1:5000"
                                  << "tcp://127.0.0.1:5000";
        QTest::newRow("path") << "unixgram:/run/x"
                              << "/tmp/mine"
                              << "unixgram:/tmp/mine";
        QTest::newRow("abstract") << "unix:/run/x"
                                  << "@mine"
                                  << "unix:@mine";
    }

    void sendTakesItsOwnEnd() {
        QFETCH(QString, endpoint);
        QFETCH(QString, local);
        QFETCH(QString, understood);
        const auto parsed = parseSend({endpoint.toStdString(), "--local", local.toStdString()});
        const ClientConfig& client = good(parsed).client;
        QVERIFY(client.local.has_value());
        QCOMPARE(client.local->text(), understood.toStdString());
    }

    void sendTakesSocketOptions() {
        const auto parsed = parseSend({"udp://239.1.1.1:9",
                                       "--broadcast",
                                       "--multicast-ttl",
                                       "4",
                                       "--multicast-interface",
                                       "lo",
                                       "--multicast-loop",
                                       "off",
                                       "--join",
                                       "239.1.1.1",
                                       "--join",
                                       "239.1.1.2",
                                       "--nodelay",
                                       "off",
                                       "--keepalive",
                                       "30",
                                       "--receive-buffer",
                                       "64K",
                                       "--send-buffer",
                                       "32K",
                                       "--linger",
                                       "0",
                                       "--reuse-address",
                                       "off",
                                       "--reuse-port",
                                       "--receive-size",
                                       "100",
                                       "--lookup-timeout",
                                       "1.5"});
        const ClientConfig& client = good(parsed).client;
        QVERIFY((client.datagrams == DatagramOptions{.broadcast = true,
                                                     .multicastTtl = 4,
                                                     .multicastInterface = "lo",
                                                     .multicastLoop = false,
                                                     .join = {"239.1.1.1", "239.1.1.2"}}));
        QVERIFY((client.options == SocketOptions{.reuseAddress = false,
                                                 .reusePort = true,
                                                 .noDelay = false,
                                                 .keepaliveSeconds = 30,
                                                 .receiveBuffer = 65536,
                                                 .sendBuffer = 32768,
                                                 .lingerSeconds = 0}));
        QCOMPARE(client.receiveSize, std::size_t{100});
        QVERIFY(client.lookupTimeout == 1500ms);
    }

    void sendRefusesWhatCannotBe_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("broadcast by TCP") << QStringList{"host:1", "--broadcast"};
        QTest::newRow("no group") << QStringList{"udp://host:1", "--join", "10.0.0.1"};
        QTest::newRow("TTL") << QStringList{"udp://host:1", "--multicast-ttl", "256"};
        QTest::newRow("TTL in words") << QStringList{"udp://host:1", "--multicast-ttl", "far"};
        QTest::newRow("loop") << QStringList{"udp://host:1", "--multicast-loop", "maybe"};
        QTest::newRow("own end") << QStringList{"host:1", "--local", "127.0.0.1:70000"};
        QTest::newRow("own end by UDP") << QStringList{"host:1", "--local", "udp://127.0.0.1:1"};
        QTest::newRow("own path") << QStringList{"host:1", "--local", "unix:/tmp/x"};
        QTest::newRow("no own path") << QStringList{"unix:/tmp/x", "--local", ""};
        QTest::newRow("receive size") << QStringList{"host:1", "--receive-size", "0"};
        QTest::newRow("look-up") << QStringList{"host:1", "--lookup-timeout", "0"};
        QTest::newRow("keepalive") << QStringList{"host:1", "--keepalive", "0"};
        QTest::newRow("linger") << QStringList{"host:1", "--linger", "-1"};
        QTest::newRow("buffer") << QStringList{"host:1", "--receive-buffer", "much"};
        QTest::newRow("no endpoint") << QStringList{};
        QTest::newRow("port") << QStringList{"127.0.0.1:70000", "x"};
        QTest::newRow("tls") << QStringList{"tls://host:1", "x"};
        QTest::newRow("every address") << QStringList{"*:80", "x"};
        QTest::newRow("unknown option") << QStringList{"host:1", "--nonsense"};
        QTest::newRow("hex and escapes") << QStringList{"host:1", "--hex", "--escapes", "00"};
        QTest::newRow("bad hex") << QStringList{"host:1", "--hex", "4x"};
        QTest::newRow("bad escape") << QStringList{"host:1", "--escapes", "\\q"};
        QTest::newRow("encoding") << QStringList{"host:1", "--encoding", "no-such", "x"};
        QTest::newRow("not in the encoding") << QStringList{"host:1", "--encoding", "latin1", "🐶"};
        QTest::newRow("framing") << QStringList{"host:1", "--framing", "morse"};
        QTest::newRow("no file") << QStringList{"host:1", "--file", "/nonexistent"};
        QTest::newRow("folder") << QStringList{"host:1", "--file", "/tmp"};
        QTest::newRow("wait") << QStringList{"host:1", "--wait", "-1"};
        QTest::newRow("two outputs") << QStringList{"host:1", "--json", "--output", "hex"};
        QTest::newRow("dash message") << QStringList{"host:1", "-5"};
    }

    void sendRefusesWhatCannotBe() {
        QFETCH(QStringList, words);
        Words all;
        for (const QString& word : words)
            all.push_back(word.toStdString());
        QCOMPARE(codeOf(parseSend(all)), int{usage});
    }

    void aFileIsOneMessageThatIsReadWhenItIsSent() {
        const std::string path = test::temporaryPath("message");
        std::ofstream(path) << "content";
        const auto parsed = parseSend({"host:1", "--file", path, "--ending", "lf"});
        const SendOptions& options = good(parsed);
        QCOMPARE(options.messages.size(), std::size_t{1});
        QCOMPARE(options.messages[0].file, path);
        auto source = openFileSource(path, "\n");
        QVERIFY(source.has_value());
        QCOMPARE((*source)->size(), std::uint64_t{8});
        std::string all;
        std::array<std::byte, 3> room;
        for (;;) {
            const auto count = (*source)->read(room);
            QVERIFY(count.has_value());
            if (*count == 0)
                break;
            all += textOf(ByteView(room).first(*count));
        }
        QCOMPARE(all, std::string("content\n"));
    }

    void serveReadsItsOptions() {
        const auto parsed = parseServe({"echo",
                                        "--listen",
                                        "127.0.0.1:8000",
                                        "--listen",
                                        "udp://[::1]:53",
                                        "--model",
                                        "poll",
                                        "--loops",
                                        "2",
                                        "--receive-size",
                                        "1K",
                                        "--nodelay",
                                        "off",
                                        "--reuse-port",
                                        "--keepalive",
                                        "30",
                                        "--linger",
                                        "0",
                                        "--idle-timeout",
                                        "1.5",
                                        "--max-queue",
                                        "64 KiB",
                                        "--poll-interval",
                                        "0.5",
                                        "--once",
                                        "--json",
                                        "--trace"});
        const ServeOptions& options = good(parsed);
        QVERIFY(options.json && options.trace);
        QCOMPARE(options.config.listen.size(), std::size_t{2});
        QCOMPARE(options.config.listen[1].text(), std::string("udp://[::1]:53"));
        QCOMPARE(options.config.receiveSize, std::size_t{1024});
        QCOMPARE(options.config.maxQueue, std::size_t{65536});
        QVERIFY(!options.config.options.noDelay && options.config.options.reusePort);
        QCOMPARE(options.config.options.lingerSeconds, std::optional<int>(0));
        QVERIFY(options.config.idleTimeout == Duration(1500ms));
        QVERIFY(options.config.pollInterval == Duration(500ms));
        // What the form writes reads as the same.
        const auto again = parseServe(serveArguments(options.config));
        QVERIFY(good(again).config == options.config);
    }

    void serveReadsWhatCommandsMay() {
        const auto parsed = parseServe({"command", "--allow-command", "--command-allow",
                                        "date,/usr/bin/id", "--command-timeout", "0.5",
                                        "--command-output-cap", "64K", "--output-encoding", "GBK"});
        const CommandSettings& command = good(parsed).config.settings.command;
        QVERIFY(command.isAllowed && !command.shell);
        QVERIFY((command.allow == Words{"date", "/usr/bin/id"}));
        QVERIFY(command.timeout == Duration(500ms));
        QCOMPARE(command.outputCap, std::size_t{65536});
        QCOMPARE(command.outputEncoding, std::string("GBK"));
        const auto again = parseServe(serveArguments(good(parsed).config));
        QVERIFY(good(again).config == good(parsed).config);
    }

    void whatStandsBehindTheDashesIsTheProgram() {
        const Words program{"sh", "-c", "x y", "--once", "--", "[]", ""};
        Words words{"--once", "exec", "--allow-command", "--"};
        words.insert(words.end(), program.begin(), program.end());
        const auto parsed = parseServe(words);
        QVERIFY(good(parsed).config.once);
        QVERIFY(good(parsed).config.settings.command.program == program);
        const auto again = parseServe(serveArguments(good(parsed).config));
        QVERIFY(good(again).config == good(parsed).config);
    }

    void servesBarePortsOnLoopback() {
        const auto parsed = parseServe({"echo", "--listen", ":8080"});
        QCOMPARE(good(parsed).config.listen[0].text(), std::string("tcp://127.0.0.1:8080"));
    }

    void serveRefusesWhatCannotBe_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("no service") << QStringList{};
        QTest::newRow("unknown service") << QStringList{"coffee"};
        QTest::newRow("two services") << QStringList{"echo", "echo"};
        QTest::newRow("model") << QStringList{"echo", "--model", "magic"};
        QTest::newRow("loops") << QStringList{"echo", "--loops", "0"};
        QTest::newRow("port") << QStringList{"echo", "--listen", "127.0.0.1:70000"};
        QTest::newRow("switch") << QStringList{"echo", "--nodelay", "maybe"};
        QTest::newRow("size") << QStringList{"echo", "--receive-size", "x"};
        QTest::newRow("zero size") << QStringList{"echo", "--receive-size", "0"};
        QTest::newRow("trace alone") << QStringList{"echo", "--trace"};
        QTest::newRow("unknown option") << QStringList{"echo", "--nonsense"};
        QTest::newRow("missing value") << QStringList{"echo", "--listen"};
        QTest::newRow("commands") << QStringList{"command"};
        QTest::newRow("no program") << QStringList{"exec", "--allow-command", "--"};
        QTest::newRow("program of another") << QStringList{"echo", "--", "cat"};
        QTest::newRow("path") << QStringList{"echo", "--listen", "unix:" + QString(108, 'x')};
    }

    void serveRefusesWhatCannotBe() {
        QFETCH(QStringList, words);
        Words all;
        for (const QString& word : words)
            all.push_back(word.toStdString());
        QCOMPARE(codeOf(parseServe(all)), int{usage});
    }

    void guiSplitsItsCommandLines() {
        const auto parsed =
            parseGui({"--serve", "echo --listen udp://127.0.0.1:9002", "--serve", "echo",
                      "--connect", "localhost:1 'two words' three --ending lf", "--chat",
                      "localhost:2 'hello all' --name mira --room sockets", "--picture", "x.png"});
        const GuiOptions& options = good(parsed);
        QCOMPARE(options.servers.size(), std::size_t{2});
        QVERIFY(options.servers[0].listen[0].transport == Transport::Udp);
        QCOMPARE(options.clients.size(), std::size_t{1});
        QCOMPARE(options.clients[0].messages[0].bytes, std::string("two words\n"));
        QCOMPARE(options.chats.size(), std::size_t{1});
        QCOMPARE(options.chats[0].chat.client.endpoint.text(), std::string("tcp://localhost:2"));
        QCOMPARE(options.chats[0].chat.name, std::string("mira"));
        QCOMPARE(options.chats[0].chat.room, std::string("sockets"));
        QCOMPARE(options.chats[0].lines, std::vector<std::string>({"hello all"}));
        QCOMPARE(options.picture, std::string("x.png"));
    }

    void guiRefusesWhatCannotBe() {
        QCOMPARE(codeOf(parseGui({"--serve", "echo 'open"})), int{usage});
        QCOMPARE(codeOf(parseGui({"--serve", "coffee"})), int{usage});
        QCOMPARE(codeOf(parseGui({"--connect", "host:70000"})), int{usage});
        QCOMPARE(codeOf(parseGui({"--chat", "localhost:2"})), int{usage}); // no name
        QCOMPARE(codeOf(parseGui({"--chat", "udp://localhost:2 --name a"})), int{usage});
        QCOMPARE(codeOf(parseGui({"word"})), int{usage});
        QCOMPARE(codeOf(parseGui({"--help"})), int{done});
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
