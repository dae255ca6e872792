// The command line as a script uses it: output, errors, exit codes (INTERFACE.md).

#include <algorithm>
#include <csignal>
#include <fstream>
#include <thread>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

QString program() {
    return ownProgram(QStringLiteral("socketscope"));
}

ProgramResult run(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(program(), arguments, input);
}

QJsonObject object(const QByteArray& line) {
    return QJsonDocument::fromJson(line).object();
}

QList<QJsonObject> objects(const QByteArray& lines) {
    QList<QJsonObject> all;
    for (const QByteArray& line : lines.split('\n')) {
        if (!line.isEmpty())
            all.append(object(line));
    }
    return all;
}

QJsonObject firstOf(const QList<QJsonObject>& all, const QString& event) {
    for (const QJsonObject& one : all) {
        if (one.value("event").toString() == event)
            return one;
    }
    return {};
}

QString address(int port) {
    return QStringLiteral("127.0.0.1:%1").arg(port);
}

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendPrintsTheReply() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = run({"send", address(server.port()), "Hello, world"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray("Hello, world"));
        QCOMPARE(result.errors, QByteArray());
    }

    void sendKeepsTheOrderOfMessages() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result =
            run({"send", address(server.port()), "one ", "two ", "three", "--repeat", "2"});
        QCOMPARE(result.output, QByteArray("one two threeone two three"));
    }

    void sendSendsFilesAndStandardInputWhole() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const std::string path = temporaryPath("large");
        const std::string text = patternOf(5 << 20);
        std::ofstream(path, std::ios::binary) << text;
        const auto file =
            run({"send", address(server.port()), "--file", QString::fromStdString(path)});
        QCOMPARE(file.exitCode, 0);
        QVERIFY(file.output == QByteArray::fromStdString(text));
        const auto input =
            run({"send", address(server.port()), "--stdin"}, QByteArray::fromStdString(text));
        QVERIFY(input.output == QByteArray::fromStdString(text));
    }

    void sendHalfClosesAndReadsToTheEnd() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result =
            run({"send", address(server.port()), "all of it", "--half-close", "--until-close"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray("all of it"));
    }

    void sendWorksOverUdpAndUnix() {
        RunningServer udp({"--listen", "udp://127.0.0.1:0"});
        const auto datagrams = run({"send", udp.endpoint(), "one", "two", "--output", "hex"});
        QCOMPARE(datagrams.exitCode, 0);
        QCOMPARE(datagrams.output, QByteArray("6f 6e 65\n74 77 6f\n"));
        const QString path = QString::fromStdString(temporaryPath("sock"));
        RunningServer stream({"--listen", "unix:" + path});
        QCOMPARE(run({"send", "unix:" + path, "hello"}).output, QByteArray("hello"));
        const QString gramPath = QString::fromStdString(temporaryPath("gram"));
        RunningServer gram({"--listen", "unixgram:" + gramPath});
        QCOMPARE(run({"send", "unixgram:" + gramPath, "hello"}).output, QByteArray("hello"));
    }

    void sendWritesJsonLines() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result =
            run({"send", "localhost:" + QString::number(server.port()), "hiÿ", "--json"});
        const auto events = objects(result.output);
        QVERIFY(firstOf(events, "resolved").contains("canonname"));
        QVERIFY(firstOf(events, "connecting").value("address").toString().startsWith("tcp://"));
        QCOMPARE(firstOf(events, "connected").value("peer").toString(), server.endpoint());
        QCOMPARE(firstOf(events, "sent").value("bytes").toInt(), 4); // ÿ is two bytes here
        const QJsonObject received = firstOf(events, "received");
        QCOMPARE(received.value("bytes").toInt(), 4);
        QCOMPARE(received.value("text").toString(), QString("hiÿ"));
        QVERIFY(received.value("latency_us").isDouble());
        QCOMPARE(firstOf(events, "closed").value("reason").toString(), QString("local"));
        for (const QJsonObject& event : events)
            QVERIFY(event.value("time").toString().endsWith('Z'));
        const auto binary = run({"send", address(server.port()), "--hex", "ff00", "--json"});
        QCOMPARE(firstOf(objects(binary.output), "received").value("hex").toString(),
                 QString("ff 00"));
    }

    void sendShowsTextSafely() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = run({"send", address(server.port()), "--escapes",
                                 "a\\x1b[31m\\r\\nb\\xff", "--output", "text"});
        QCOMPARE(result.output, QByteArray("a\\x1b[31m\nb\\xff\n"));
    }

    void sendEndsWithOneWhereTheNetworkSaysNo() {
        TestSocket closed = TestSocket::listenTcp();
        const int port = closed.port();
        closed.close();
        const auto refused = run({"send", address(port), "x"});
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.output, QByteArray());
        QCOMPARE(refused.errors,
                 QByteArray("socketscope: connect " + address(port).toUtf8() +
                            ": Connection refused (ECONNREFUSED). Nothing listens there; start the "
                            "server, or check the port.\n"));
        const auto unknown = run({"send", "no-such-host.invalid:1", "x"});
        QCOMPARE(unknown.exitCode, 1);
        QVERIFY(unknown.errors.contains("resolve no-such-host.invalid"));
        const auto long_ =
            run({"send", "udp://127.0.0.1:9", "--hex", QString("00").repeated(65508)});
        QCOMPARE(long_.exitCode, 1);
        QVERIFY2(long_.errors.contains("EMSGSIZE") && long_.errors.contains("65507"), long_.errors);
    }

    void standardStreamsThatAreClosedStayFree() {
        const TestSocket listener = TestSocket::listenTcp();
        std::string received;
        std::thread peer([&] { received = listener.accept().receiveToEnd(); });
        const QString command = QStringLiteral("%1 send %2 hello --wait 1 0<&- 1>&- 2>&-")
                                    .arg(program(), address(listener.port()));
        const auto result = runProgram("sh", {"-c", command});
        peer.join();
        QCOMPARE(received, std::string("hello")); // and not a word of ours
        const auto table = runProgram("sh", {"-c", program() + " table >&-"});
        QCOMPARE(table.exitCode, 1);
        QVERIFY(table.errors.contains("EBADF"));
    }

    void aStandardErrorThatIsFullChangesNoExitCode() {
        QCOMPARE(runProgram("sh", {"-c", program() + " upper 2>/dev/full"}).exitCode, 2);
        QCOMPARE(runProgram("sh", {"-c", program() + " send tcp://127.0.0.1 2>/dev/full"}).exitCode,
                 2);
        QCOMPARE(runProgram("sh", {"-c", program() + " --help >/dev/full"}).exitCode, 1);
    }

    void numbersAreReadStrictly() {
        for (const QStringList& words : {QStringList{"send", ":1", "--replies", "-1", "x"},
                                         {"send", ":1", "--wait", "nan", "x"},
                                         {"serve", "echo", "--idle-timeout", "0"},
                                         {"serve", "echo", "--max-connections", "0"},
                                         {"serve", "echo", "--once=3"},
                                         {"table", "--watch", "inf"}}) {
            const auto result = run(words);
            QCOMPARE(result.exitCode, 2);
            QCOMPARE(result.errors.count('\n'), 1);
            QVERIFY2(result.errors.size() < 160, result.errors);
        }
    }

    void sendSendsOneFileAfterTheOther() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const QString path = QString::fromStdString(temporaryPath("large"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8 << 20, 'f'));
        file.close();
        const auto result = run({"send", server.endpoint(), "--file", path, "--file", path,
                                 "--half-close", "--until-close"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output.size(), 16 << 20);
    }

    void waitingForNothingPrintsNothing() {
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = run(
            {"send", server.endpoint(), "x", "--repeat", "3", "--interval", "50", "--wait", "0"});
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray());
    }

    void oneFailureIsOneErrorEvent() {
        TestSocket closed = TestSocket::listenTcp();
        const int port = closed.port();
        closed.close();
        const auto refused = run({"send", address(port), "x", "--json"});
        QCOMPARE(refused.output.count("\"event\":\"error\""), 1);
        const TestSocket silent = TestSocket::listenTcp();
        const auto unanswered =
            run({"send", address(silent.port()), "x", "--json", "--wait", "0.1"});
        QCOMPARE(unanswered.exitCode, 3);
        QCOMPARE(firstOf(objects(unanswered.output), "error").value("operation").toString(),
                 QString("receive"));
    }

    void bytesBeyondUnicodeEndNothing() {
        const TestSocket listener = TestSocket::listenTcp();
        std::thread peer([&] {
            const TestSocket accepted = listener.accept();
            (void)accepted.receiveSome();
            accepted.send(std::string("\x7f\xff\xff\xff", 4));
        });
        const auto result =
            run({"send", address(listener.port()), "x", "--json", "--encoding", "UCS-4BE"});
        peer.join();
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(firstOf(objects(result.output), "received").value("hex").toString(),
                 QString("7f ff ff ff"));
    }

    void sendTellsAReset() {
        const TestSocket listener = TestSocket::listenTcp();
        std::thread peer([&] {
            TestSocket accepted = listener.accept();
            (void)accepted.receiveSome();
            accepted.reset();
        });
        const auto result = run({"send", address(listener.port()), "x"});
        peer.join();
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains("ECONNRESET"), result.errors);
    }

    void sendEndsWithThreeWithoutAReply() {
        const TestSocket silent = TestSocket::listenTcp();
        const auto result = run({"send", address(silent.port()), "x", "--wait", "0.2"});
        QCOMPARE(result.exitCode, 3);
        QVERIFY2(result.errors.contains("no reply"), result.errors);
        const TestSocket udp = TestSocket::bindUdp();
        QCOMPARE(run({"send", "udp://" + address(udp.port()), "x", "--wait", "0.2"}).exitCode, 3);
    }

    void sendEndsWithThreeWithTooFewReplies() {
        RunningServer server({"--listen", "udp://127.0.0.1:0"});
        const auto result =
            run({"send", server.endpoint(), "x", "--replies", "3", "--wait", "0.2"});
        QCOMPARE(result.exitCode, 3);
        QCOMPARE(result.output, QByteArray("x")); // what came is printed
        QVERIFY2(result.errors.contains("1 of 3"), result.errors);
        const auto enough = run({"send", server.endpoint(), "x", "--replies", "0"});
        QCOMPARE(enough.exitCode, 0);
    }

    void sendWithWaitZeroOnlySends() {
        const TestSocket listener = TestSocket::listenTcp();
        std::string got;
        std::thread peer([&] { got = listener.accept().receiveToEnd(); });
        const auto result =
            run({"send", address(listener.port()), "fire", "and forget", "--wait", "0"});
        peer.join();
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(got, std::string("fireand forget"));
    }

    void usageErrorsAreOneLineAndCodeTwo() {
        for (const QStringList& words :
             {QStringList{"send", "127.0.0.1:70000", "x"}, QStringList{"send", "tls://host:1"},
              QStringList{"serve", "coffee"}, QStringList{"serve", "echo", "--model", "magic"},
              QStringList{"serve", "echo", "--listen", "0.0.0.0:0"},
              QStringList{"serve", "echo", "--listen", "*:0"},
              QStringList{"table", "--kinds", "tcp,carrier-pigeon"},
              QStringList{"table", "--style", "baroque"}, QStringList{"nonsense"}}) {
            const auto result = run(words);
            QVERIFY2(result.exitCode == 2, qPrintable(words.join(' ')));
            QVERIFY2(result.errors.startsWith("socketscope: ") && result.errors.count('\n') == 1,
                     result.errors);
            QCOMPARE(result.output, QByteArray());
        }
    }

    void helpIsToBeHad() {
        for (const QStringList& words :
             {QStringList{"--help"}, QStringList{"serve", "--help"}, QStringList{"send", "--help"},
              QStringList{"table", "--help"}, QStringList{"--version"}}) {
            const auto result = run(words);
            QCOMPARE(result.exitCode, 0);
            QVERIFY(!result.output.isEmpty() && result.errors.isEmpty());
        }
    }

    void serveWritesItsLifeAsText() {
        RunningProgram server(program(), {"serve", "echo", "--listen", "127.0.0.1:0"});
        const QByteArray listening = server.readLine();
        QVERIFY2(listening.startsWith("listening on tcp://127.0.0.1:") &&
                     listening.endsWith(" (echo, epoll)"),
                 listening);
        const QString endpoint = QString::fromUtf8(listening.split(' ').at(2));
        QCOMPARE(run({"send", endpoint, "twenty-six bytes of text.."}).exitCode, 0);
        const QByteArray accepted = server.readLine();
        QVERIFY2(accepted.startsWith("accepted connection 1 from tcp://127.0.0.1:"), accepted);
        QCOMPARE(server.readLine(),
                 QByteArray("closed connection 1: peer, 26 bytes received, 26 sent"));
        QCOMPARE(server.endWith(SIGINT), 0);
        QCOMPARE(server.readLine(), QByteArray("stopped"));
    }

    void serveWritesJsonEvents() {
        RunningProgram server(
            program(), {"serve", "echo", "--listen", "127.0.0.1:0", "--json", "--model", "poll"});
        const QJsonObject listening = object(server.readLine());
        QCOMPARE(listening.value("event").toString(), QString("listening"));
        QCOMPARE(listening.value("service").toString(), QString("echo"));
        QCOMPARE(listening.value("model").toString(), QString("poll"));
        QCOMPARE(listening.value("pid").toInteger(), server.process().processId());
        const QString endpoint = listening.value("endpoint").toString();
        {
            const TestSocket client = TestSocket::connectTcp(
                static_cast<std::uint16_t>(endpoint.section(':', -1).toUInt()));
            client.send("abc");
            QCOMPARE(client.receive(3), std::string("abc"));
        }
        const QJsonObject accepted = object(server.readLine());
        QCOMPARE(accepted.value("event").toString(), QString("accepted"));
        QCOMPARE(accepted.value("connection").toInt(), 1);
        QCOMPARE(accepted.value("local").toString(), endpoint);
        const QJsonObject closed = object(server.readLine());
        QCOMPARE(closed.value("event").toString(), QString("closed"));
        QCOMPARE(closed.value("reason").toString(), QString("peer"));
        for (const char* key : {"received_bytes", "sent_bytes"})
            QCOMPARE(closed.value(QLatin1String(key)).toInt(), 3);
        for (const char* key : {"received_messages", "sent_messages"})
            QCOMPARE(closed.value(QLatin1String(key)).toInt(), 1);
        QVERIFY(closed.value("duration_ms").isDouble());
        QCOMPARE(server.endWith(SIGTERM), 0);
        QCOMPARE(object(server.readLine()).value("event").toString(), QString("stopped"));
    }

    void serveTracesInOrder() {
        RunningServer server({"--listen", "127.0.0.1:0", "--trace", "--receive-size", "4"});
        {
            const TestSocket client =
                TestSocket::connectTcp(static_cast<std::uint16_t>(server.port()));
            client.send("0123456");
            QCOMPARE(client.receive(7), std::string("0123456"));
        }
        QStringList names;
        QString last;
        while (names.isEmpty() || names.last() != "closed") {
            const QJsonObject event = object(server.readLine());
            const QString name = event.value("event").toString();
            QVERIFY(!name.isEmpty());
            QVERIFY(event.value("time").toString() >= last);
            last = event.value("time").toString();
            if (name == "multiplexer") {
                for (const char* key : {"loop", "registered", "readable", "writable", "waited_us"})
                    QVERIFY(event.value(QLatin1String(key)).isDouble());
                QVERIFY(event.value("timed_out").isBool());
                continue;
            }
            if (name == "message")
                names.append(name + '-' + event.value("direction").toString());
            else
                names.append(name);
        }
        const QStringList once{"received", "message-in", "message-out", "sent"};
        QCOMPARE(names, QStringList{"accepted"} + once + once + QStringList{"closed"});
    }

    void aDatagramServerIsOneConnection() {
        RunningProgram server(
            program(), {"serve", "echo", "--listen", "udp://127.0.0.1:0", "--json", "--trace"});
        const QJsonObject listening = object(server.readLineWith("listening"));
        QCOMPARE(listening.value("connection").toInt(), 1);
        QVERIFY(listening.value("receive_buffer").isDouble());
        QCOMPARE(run({"send", listening.value("endpoint").toString(), "x"}).exitCode, 0);
        const QJsonObject received = object(server.readLineWith("\"received\""));
        QVERIFY(received.value("peer").toString().startsWith("udp://127.0.0.1:"));
        QCOMPARE(server.endWith(SIGINT), 0);
        const QJsonObject closed = object(server.readLineWith("\"closed\""));
        QCOMPARE(closed.value("received_messages").toInt(), 1);
        QCOMPARE(object(server.readLineWith("event")).value("event").toString(),
                 QString("stopped"));
    }

    void serveHandsTheModelQtToTheOtherExecutable() {
        if (!QFile::exists(ownProgram("socketscope-qt")))
            QSKIP("built without the window");
        RunningServer server({"--model", "qt", "--listen", "tcp://127.0.0.1:0"});
        QVERIFY(server.port() > 0);
        QCOMPARE(run({"send", address(server.port()), "Hello, world"}).output,
                 QByteArray("Hello, world"));
        QCOMPARE(server.endWith(SIGTERM), 0);
        const QList<QJsonObject> events = objects(server.process().readAllStandardOutput());
        QCOMPARE(firstOf(events, "accepted").value("connection").toInt(), 1);
        QCOMPARE(firstOf(events, "closed").value("received_bytes").toInt(), 12);
        QCOMPARE(events.last().value("event").toString(), QString("stopped"));
        QCOMPARE(server.process().readAllStandardError(), QByteArray());
    }

    void serveWithQtNeedsNoDisplayAndNoLocale() {
        if (!QFile::exists(ownProgram("socketscope-qt")))
            QSKIP("built without the window");
        RunningProgram server(program(),
                              {"serve", "echo", "--model", "qt", "--listen", "udp://127.0.0.1:0",
                               "--idle-timeout", "0.5", "--once"},
                              {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL=C"});
        const QByteArray line = server.readLineWith("udp://");
        const QByteArray endpoint = line.mid(line.indexOf("udp://")).split(' ').first();
        QCOMPARE(run({"send", endpoint, "one"}).output, QByteArray("one"));
        QCOMPARE(server.waitForEnd(), 0);
        QCOMPARE(server.process().readAllStandardError(), QByteArray());
    }

    void serveSaysWhereTheModelQtIsMissing() {
        const QString alone = QString::fromStdString(temporaryPath("socketscope"));
        QVERIFY(QFile::copy(program(), alone));
        const auto result = runProgram(alone, {"serve", "echo", "--model", "qt"});
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.errors.count('\n'), 1);
        QVERIFY2(result.errors.contains("socketscope-qt: No such file"), result.errors);
    }

    void serveOnceEndsByItself() {
        RunningServer server({"--listen", "127.0.0.1:0", "--once"});
        QCOMPARE(run({"send", address(server.port()), "x"}).exitCode, 0);
        QCOMPARE(server.waitForEnd(), 0);
    }

    void serveNamesWhoHoldsThePort() {
        RunningServer first({"--listen", "127.0.0.1:0"});
        const auto second = run({"serve", "echo", "--listen", address(first.port())});
        QCOMPARE(second.exitCode, 1);
        const QByteArray pid = QByteArray::number(first.process().processId());
        QVERIFY2(second.errors.contains("EADDRINUSE") &&
                     second.errors.contains("held by socketscope, pid " + pid),
                 second.errors);
    }

    void serveReusesAStaleUnixPathAndRemovesItsOwn() {
        const QString path = QString::fromStdString(temporaryPath("sock"));
        {
            RunningServer killed({"--listen", "unix:" + path});
            killed.endWith(SIGKILL);
        }
        QVERIFY(QFile::exists(path));
        RunningServer again({"--listen", "unix:" + path});
        QCOMPARE(run({"send", "unix:" + path, "x"}).output, QByteArray("x"));
        const auto taken = run({"serve", "echo", "--listen", "unix:" + path});
        QCOMPARE(taken.exitCode, 1);
        QVERIFY2(taken.errors.contains("a server is listening there"), taken.errors);
        QCOMPARE(again.endWith(SIGTERM), 0);
        QVERIFY(!QFile::exists(path));
    }

    void aClosedStandardOutputEndsQuietly() {
        for (const QString& command : {QStringLiteral("table"), QStringLiteral("table --json")}) {
            const auto result = runProgram(
                "bash", {"-c", "set -o pipefail; '" + program() + "' " + command + " | head -c 1"});
            QCOMPARE(result.exitCode, 0);
            QCOMPARE(result.errors, QByteArray());
        }
    }

    void aFullDiskIsToldOnce() {
        const auto result = runProgram("bash", {"-c", "'" + program() + "' table > /dev/full"});
        QCOMPARE(result.exitCode, 1);
        QCOMPARE(result.errors, QByteArray("socketscope: write standard output: No space left on "
                                           "device (ENOSPC)\n"));
    }

    void anInterruptedCommandEndsWith130() {
        const TestSocket silent = TestSocket::listenTcp();
        RunningProgram send(program(), {"send", address(silent.port()), "x", "--wait", "60"});
        (void)silent.accept();
        QCOMPARE(send.endWith(SIGINT), 130);
        RunningProgram table(program(), {"table", "--watch", "60", "--json"});
        QVERIFY(!table.readLine().isEmpty());
        QCOMPARE(table.endWith(SIGINT), 130);
    }

    void tableWritesJsonRows() {
        const TestSocket listener = TestSocket::listenTcp(9);
        const auto result = run({"table", "--json"});
        QCOMPARE(result.exitCode, 0);
        const QJsonArray rows = QJsonDocument::fromJson(result.output).array();
        bool found = false;
        for (const auto& value : rows) {
            const QJsonObject row = value.toObject();
            if (row.value("local_port").toInt() != listener.port())
                continue;
            found = true;
            QCOMPARE(row.value("state").toString(), QString("LISTEN"));
            QCOMPARE(row.value("send_queue").toInt(), 9);
            QCOMPARE(row.value("owners").toArray().at(0).toObject().value("pid").toInteger(),
                     QCoreApplication::applicationPid());
            QVERIFY(row.contains("tcp_info") && row.value("timer").isNull());
        }
        QVERIFY(found);
    }

    void tableFiltersByWords() {
        const TestSocket listener = TestSocket::listenTcp();
        const QString port = QString::number(listener.port());
        const auto one = run({"table", port, "listen", "--no-header"});
        QCOMPARE(one.output.count('\n'), 1);
        QVERIFY(one.output.contains(port.toUtf8()));
        QCOMPARE(run({"table", port, "established", "--no-header"}).output, QByteArray());
    }

    void tableWatchesChanges() {
        RunningProgram table(program(), {"table", "--watch", "0.1", "--json"});
        const QJsonObject snapshot = object(table.readLine());
        QCOMPARE(snapshot.value("event").toString(), QString("snapshot"));
        QVERIFY(snapshot.value("rows").isArray());
        TestSocket listener = TestSocket::listenTcp();
        const QByteArray port = QByteArray::number(listener.port());
        QCOMPARE(object(table.readLineWith(port)).value("event").toString(), QString("new"));
        const TestSocket waiting = TestSocket::connectTcp(listener.port());
        for (;;) {
            const QJsonObject event = object(table.readLineWith(port));
            QVERIFY(!event.isEmpty());
            const QJsonObject row = event.value("row").toObject();
            if (event.value("event").toString() == "changed" &&
                row.value("state").toString() == "LISTEN") {
                QCOMPARE(row.value("recv_queue").toInt(), 1); // one waits to be accepted
                break;
            }
        }
        listener.close();
        QVERIFY(!table.readLineWith("\"gone\"").isEmpty());
    }

    void tablePrintsWhatNetstatPrints() {
        if (!isInstalled("netstat"))
            QSKIP("netstat is not installed");
        const TestSocket listener = TestSocket::listenTcp();
        const TestSocket client = TestSocket::connectTcp(listener.port());
        const TestSocket accepted = listener.accept();
        const TestSocket udp = TestSocket::bindUdp();
        // Only lines of this process: others come and go.
        const QByteArray mine = QByteArray::number(QCoreApplication::applicationPid()) + '/';
        const auto linesOf = [&](const QByteArray& output) {
            QByteArrayList lines;
            for (const QByteArray& line : output.split('\n')) {
                if (line.contains(' ' + mine)) // without the program's name, which netstat cuts
                    lines.append(line.left(line.indexOf(mine)));
            }
            std::ranges::sort(lines);
            return lines;
        };
        const auto theirs = linesOf(runProgram("netstat", {"-tunap"}).output);
        const auto ours = linesOf(run({"table", "--style", "netstat"}).output);
        QCOMPARE(theirs.size(), 4);
        QCOMPARE(ours, theirs);
    }

    void theWindowNeedsADisplay() {
        if (!QFile::exists(ownProgram("socketscope-qt")))
            QSKIP("built without the window");
        const auto result =
            runProgram(program(), {}, {}, {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"});
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.errors.contains("no display") && result.errors.contains("serve") &&
                     result.errors.contains("table"),
                 result.errors);
        const auto unreachable =
            runProgram(program(), {}, {}, {"DISPLAY=:987", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"});
        QCOMPARE(unreachable.exitCode, 2);
        QVERIFY2(unreachable.errors.contains("cannot be reached"), unreachable.errors);
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
