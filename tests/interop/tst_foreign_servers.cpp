// Our client against servers that we did not write: exact bytes and exit codes.

#include <algorithm>

#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

int freePort() {
    return TestSocket::listenTcp().port();
}

ProgramResult send(const QStringList& arguments, const QByteArray& input = {}) {
    return runProgram(ownProgram("socketscope"), QStringList{"send"} + arguments, input);
}

/// Asks until the server, which tells nothing of itself, listens.
ProgramResult sendWhenUp(const QStringList& arguments, const QByteArray& input = {}) {
    ProgramResult result;
    for (int i = 0; i < 100; ++i) {
        result = send(arguments, input);
        const bool isUp = !result.errors.contains("ECONNREFUSED") && // nor has it made its path
                          !result.errors.contains("ENOENT");
        if (isUp)
            break;
        QTest::qWait(50);
    }
    return result;
}

QByteArray everyByte() {
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(static_cast<char>(i));
    return bytes;
}

/// A port of our own, in the words that follow it.
QString withPort(const QString& text, int port) {
    return text.arg(port);
}

bool writeFile(const QString& path, const QByteArray& content) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

class TestForeignServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void socketserver_data() {
        QTest::addColumn<QString>("transport");
        QTest::addColumn<QString>("mixin");
        for (const char* transport : {"tcp", "udp", "unix", "unixgram"}) {
            for (const char* mixin : {"none", "threading", "forking"})
                QTest::addRow("%s %s", transport, mixin) << QString(transport) << QString(mixin);
        }
    }

    void socketserver() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
        QFETCH(QString, transport);
        QFETCH(QString, mixin);
        RunningProgram server(
            "python3", {SSCOPE_SOURCE_DIR "/tests/interop/socketserver_echo.py", transport, mixin});
        const QString endpoint = server.readLine().trimmed();
        QVERIFY(!endpoint.isEmpty());
        QByteArray content = everyByte().repeated(32);
        const ProgramResult result = send({endpoint, "--stdin", "--half-close"}, content);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(result.output == content);
        const ProgramResult three =
            send({endpoint, "--framing", "line", "one", "two", "three", "--output", "hex"});
        QCOMPARE(three.exitCode, 0);
        QByteArrayList replies = three.output.trimmed().split('\n');
        QByteArrayList expected{"6f 6e 65", "74 77 6f", "74 68 72 65 65"};
        if (transport == "udp" || transport == "unixgram") {
            std::ranges::sort(replies); // threads and processes overtake one another
            std::ranges::sort(expected);
        }
        QCOMPARE(replies, expected);
    }

    void aUnixDatagramServerAnswersANamedClient() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
        RunningProgram server("python3", {SSCOPE_SOURCE_DIR "/tests/interop/socketserver_echo.py",
                                          "unixgram", "none"});
        const QString endpoint = server.readLine().trimmed();
        const QString path = QString::fromStdString(temporaryPath("client"));
        const ProgramResult result = send({endpoint, "--local", path, "hello", "--json"});
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.output.contains("\"local\":\"unixgram:" + path.toUtf8()),
                 result.output.constData());
        QVERIFY(!QFile::exists(path)); // it has taken its file away
        const ProgramResult again = send({endpoint, "--local", path, "hello"});
        QCOMPARE(again.output, QByteArray("hello"));
    }

    void ncatShowsWhatIsSentAndSendsWhatIsTyped() {
        if (!isInstalled("ncat"))
            QSKIP("ncat is not installed");
        const QString port = QString::number(freePort());
        RunningProgram server("ncat", {"-l", "-v", "127.0.0.1", port});
        server.process().setReadChannel(QProcess::StandardError);
        QVERIFY(server.readLineWith("Listening on").contains("Listening"));
        server.process().setReadChannel(QProcess::StandardOutput);
        QVERIFY(server.process().write("typed\n") > 0 && server.process().waitForBytesWritten());
        const ProgramResult result = send({"127.0.0.1:" + port, "--stdin"}, everyByte());
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray("typed\n"));
        QCOMPARE(server.waitForEnd(), 0);
        QCOMPARE(server.process().readAllStandardOutput(), everyByte());
    }

    void ncatAsAHub_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QByteArray>("heard");
        QTest::newRow("chat") << "--chat" << QByteArray("> hello");
        QTest::newRow("broker") << "--broker" << QByteArray("hello");
    }

    void ncatAsAHub() {
        if (!isInstalled("ncat"))
            QSKIP("ncat is not installed");
        QFETCH(QString, mode);
        QFETCH(QByteArray, heard);
        const QString port = QString::number(freePort());
        RunningProgram hub("ncat", {"-l", "-v", mode, "127.0.0.1", port});
        hub.process().setReadChannel(QProcess::StandardError);
        QVERIFY(hub.readLineWith("Listening on").contains("Listening"));
        RunningProgram listener(
            ownProgram("socketscope"),
            {"send", "127.0.0.1:" + port, "--until-close", "--wait", "10", "--output", "raw"});
        QVERIFY(hub.readLineWith("Connection from").contains("Connection"));
        const ProgramResult speaker =
            send({"127.0.0.1:" + port, "hello", "--ending", "lf", "--wait", "0"});
        QCOMPARE(speaker.exitCode, 0);
        const QByteArray line = listener.readLineWith("hello");
        QVERIFY2(line.contains(heard), line.constData());
    }

    void socat_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("endpoint");
        const QString path = QString::fromStdString(temporaryPath("socat"));
        QTest::newRow("tcp") << "TCP-LISTEN:%1,bind=127.0.0.1,fork"
                             << "tcp://127.0.0.1:%1";
        QTest::newRow("tcp6") << "TCP6-LISTEN:%1,bind=[::1],fork"
                              << "tcp://[::1]:%1";
        QTest::newRow("udp") << "UDP-LISTEN:%1,bind=127.0.0.1,fork"
                             << "udp://127.0.0.1:%1";
        QTest::newRow("unix") << "UNIX-LISTEN:" + path + "%1,fork"
                              << "unix:" + path + "%1";
        QTest::newRow("unixgram") << "UNIX-RECVFROM:" + path + "%1g,fork"
                                  << "unixgram:" + path + "%1g";
    }

    void socat() {
        if (!isInstalled("socat"))
            QSKIP("socat is not installed");
        QFETCH(QString, address);
        QFETCH(QString, endpoint);
        const int port = freePort();
        RunningProgram server("socat", {"-b65536", withPort(address, port), "EXEC:cat"});
        QByteArray content = everyByte().repeated(16);
        const ProgramResult result =
            sendWhenUp({withPort(endpoint, port), "--stdin", "--half-close"}, content);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(result.output == content);
    }

    void pythonsHttpServer() {
        if (!isInstalled("python3"))
            QSKIP("python3 is not installed");
        QTemporaryDir folder;
        const QByteArray content = everyByte().repeated(4096); // 1 MiB
        QVERIFY(writeFile(folder.filePath("file.bin"), content));
        const int port = freePort();
        RunningProgram server("python3", {"-m", "http.server", QString::number(port), "--bind",
                                          "127.0.0.1", "--directory", folder.path()});
        verifyHttp(port, content, "HTTP/1.0 200 OK");
    }

    void nginx() {
        const QString program = QFile::exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        if (!isInstalled(program))
            QSKIP("nginx is not installed");
        QTemporaryDir folder;
        const QByteArray content = everyByte().repeated(4096);
        QVERIFY(writeFile(folder.filePath("file.bin"), content));
        const int port = freePort();
        QVERIFY(QFile::setPermissions(folder.path(), QFile::permissions(folder.path()) |
                                                         QFile::ExeOther | QFile::ReadOther));
        QVERIFY(writeFile(folder.filePath("nginx.conf"),
                          QStringLiteral("daemon off;\nmaster_process off;\npid %1/pid;\n"
                                         "error_log %1/error.log;\nevents {}\n"
                                         "http { access_log off;\n"
                                         "client_body_temp_path %1/a; proxy_temp_path %1/b;\n"
                                         "fastcgi_temp_path %1/c; uwsgi_temp_path %1/d;\n"
                                         "scgi_temp_path %1/e;\n"
                                         "server { listen 127.0.0.1:%2; root %1; } }\n")
                              .arg(folder.path())
                              .arg(port)
                              .toUtf8()));
        RunningProgram server(program, {"-p", folder.path(), "-e", folder.filePath("error.log"),
                                        "-c", folder.filePath("nginx.conf")});
        verifyHttp(port, content, "HTTP/1.1 200 OK");
        const ProgramResult bad = send({"127.0.0.1:" + QString::number(port),
                                        "nonsense\\r\\n\\r\\n", "--escapes", "--until-close"});
        QCOMPARE(bad.exitCode, 0);
        QVERIFY(bad.output.contains("400 Bad Request"));
    }

    void redisByHand() {
        if (!isInstalled("redis-server"))
            QSKIP("redis-server is not installed");
        QTemporaryDir folder;
        const int port = freePort();
        RunningProgram server("redis-server",
                              {"--port", QString::number(port), "--bind", "127.0.0.1", "--save", "",
                               "--appendonly", "no", "--dir", folder.path()});
        const QString endpoint = "127.0.0.1:" + QString::number(port);
        const ProgramResult ping = sendWhenUp({endpoint, "PING\\r\\n", "--escapes"});
        QVERIFY2(ping.exitCode == 0, ping.errors);
        QCOMPARE(ping.output, QByteArray("+PONG\r\n"));
        const ProgramResult lines =
            send({endpoint, "--framing", "line", "SET key value", "GET key", "NOTHING"});
        QCOMPARE(lines.exitCode, 0);
        QCOMPARE(lines.output.left(9), QByteArray("+OK$5valu").left(9));
        // A value of every byte, in the protocol of its own.
        const QByteArray request = "*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$256\r\n" + everyByte() +
                                   "\r\n*2\r\n$3\r\nGET\r\n$1\r\nb\r\n";
        const ProgramResult binary = send({endpoint, "--stdin"}, request);
        QCOMPARE(binary.exitCode, 0);
        QCOMPARE(binary.output, "+OK\r\n$256\r\n" + everyByte() + "\r\n");
        const ProgramResult quit = send({endpoint, "QUIT\\r\\n", "--escapes", "--until-close"});
        QCOMPARE(quit.exitCode, 0);
        QCOMPARE(quit.output, QByteArray("+OK\r\n"));
    }

private:
    /// The raw GET of the tutorials, read until the server closes.
    void verifyHttp(int port, const QByteArray& content, const QByteArray& status) {
        const ProgramResult result = sendWhenUp(
            {"127.0.0.1:" + QString::number(port),
             "GET /file.bin HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n",
             "--escapes", "--until-close"});
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY2(result.output.startsWith(status), result.output.left(200).constData());
        const auto blank = result.output.indexOf("\r\n\r\n");
        QVERIFY(blank > 0);
        QVERIFY(result.output.mid(blank + 4) == content);
    }
};

QTEST_GUILESS_MAIN(TestForeignServers)
#include "tst_foreign_servers.moc"
