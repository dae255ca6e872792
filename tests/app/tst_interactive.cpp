// `send --interactive`, at a terminal of its own (pty(7)) and in a pipe.

#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QFileInfo>
#include <QtTest>

#include "core/base/unique_fd.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

QString address(const TestSocket& listener) {
    return QStringLiteral("127.0.0.1:%1").arg(listener.port());
}

/// The program at a terminal, with a person who types.
class Terminal {
public:
    Terminal(const QStringList& arguments, const QString& stateFolder) {
        QByteArrayList words{ownProgram("socketscope").toLocal8Bit(), "send"};
        for (const QString& argument : arguments)
            words.append(argument.toLocal8Bit());
        std::vector<char*> argv;
        for (QByteArray& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        const QByteArray state = stateFolder.toLocal8Bit();
        winsize size{.ws_row = 24, .ws_col = 80};
        int fd = -1;
        m_pid = ::forkpty(&fd, nullptr, nullptr, &size);
        if (m_pid == 0) {
            ::setenv("TERM", "xterm", 1);
            ::setenv("LC_ALL", "C.UTF-8", 1);
            ::setenv("XDG_STATE_HOME", state.constData(), 1);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        m_fd = UniqueFd(fd);
    }
    ~Terminal() {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
    }

    void type(const QByteArray& keys) {
        QCOMPARE(::write(m_fd.get(), keys.constData(), std::size_t(keys.size())),
                 ssize_t(keys.size()));
    }
    /// Waits until the screen has been sent that text; what was sent before is not looked at again.
    bool shows(const QByteArray& text) {
        QElapsedTimer timer;
        timer.start();
        while (true) {
            if (const qsizetype at = m_shown.indexOf(text); at >= 0) {
                m_shown.remove(0, at + text.size());
                return true;
            }
            if (timer.elapsed() > 10'000 || !readSome()) {
                qWarning("shown instead: %s", m_shown.toPercentEncoding(" >").constData());
                return false;
            }
        }
    }
    /// The exit code; -1 where it does not end.
    int end() {
        QElapsedTimer timer;
        timer.start();
        int status = 0;
        while (::waitpid(m_pid, &status, WNOHANG) == 0) {
            if (timer.elapsed() > 10'000)
                return -1;
            (void)readSome(20);
        }
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    bool readSome(int timeout = 200) {
        pollfd waiting{m_fd.get(), POLLIN, 0};
        if (::poll(&waiting, 1, timeout) <= 0)
            return true;
        std::array<char, 4096> room;
        const ssize_t count = ::read(m_fd.get(), room.data(), room.size());
        if (count <= 0)
            return false; // it has ended
        m_shown.append(room.data(), count);
        return true;
    }

    pid_t m_pid = -1;
    UniqueFd m_fd;
    QByteArray m_shown;
};

constexpr const char* up = "\x1b[A";

} // namespace

class TestInteractive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachLineIsAMessage() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "line"}, "upper");
        Terminal terminal({server.endpoint(), "--interactive", "--framing", "line"}, state());
        QVERIFY(terminal.shows("connected to tcp://127.0.0.1:"));
        QVERIFY(terminal.shows("> "));
        terminal.type("hello\r");
        QVERIFY(terminal.shows("HELLO\r\n"));
        terminal.type("you and \xe4\xbd\xa0\r");
        QVERIFY(terminal.shows("YOU AND \xe4\xbd\xa0\r\n"));
        terminal.type("\x04"); // Ctrl+D
        QCOMPARE(terminal.end(), 0);
    }

    void linesAreEdited() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "line"}, "upper");
        Terminal terminal({server.endpoint(), "--interactive", "--framing", "line"}, state());
        QVERIFY(terminal.shows("> "));
        terminal.type("orld\x01w\x05!\x7f?\r"); // to the front, to the end, back
        QVERIFY(terminal.shows("WORLD?\r\n"));
        terminal.type("\x04");
        QCOMPARE(terminal.end(), 0);
    }

    void theHistoryOutlivesTheProgram() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "line"}, "upper");
        const QStringList arguments{server.endpoint(), "--interactive", "--framing", "line"};
        {
            Terminal terminal(arguments, state());
            QVERIFY(terminal.shows("> "));
            terminal.type("first\r");
            QVERIFY(terminal.shows("FIRST"));
            terminal.type("second\r");
            QVERIFY(terminal.shows("SECOND"));
            terminal.type(QByteArray(up) + up + "\r");
            QVERIFY(terminal.shows("FIRST"));
            terminal.type("\x04");
            QCOMPARE(terminal.end(), 0);
        }
        const QFileInfo file(state() + "/socketscope/send_history");
        QVERIFY(file.exists());
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        Terminal terminal(arguments, state());
        QVERIFY(terminal.shows("> "));
        terminal.type(QByteArray(up) + up + "\r");
        QVERIFY(terminal.shows("SECOND"));
        terminal.type("\x04");
        QCOMPARE(terminal.end(), 0);
    }

    void aReplyDoesNotBreakTheLineThatIsTyped() {
        const TestSocket listener = TestSocket::listenTcp();
        Terminal terminal({address(listener), "--interactive"}, state());
        const TestSocket accepted = listener.accept();
        QVERIFY(terminal.shows("> "));
        terminal.type("half a li");
        QVERIFY(terminal.shows("half a li"));
        accepted.send("something else");
        QVERIFY(terminal.shows("something else\r\n"));
        QVERIFY(terminal.shows("> half a li")); // again below it
        terminal.type("ne\r");
        QCOMPARE(accepted.receive(11), std::string("half a line"));
        terminal.type("\x04");
        QCOMPARE(accepted.receiveToEnd(), std::string());
    }

    void aBadLineIsToldAndSendsNothing() {
        const TestSocket listener = TestSocket::listenTcp();
        Terminal terminal({address(listener), "--interactive", "--escapes", "--ending", "crlf"},
                          state());
        const TestSocket accepted = listener.accept();
        QVERIFY(terminal.shows("> "));
        terminal.type("good \\q bad\r");
        QVERIFY(terminal.shows("not an escape at column 6"));
        QVERIFY(terminal.shows("> "));
        terminal.type("a\\x00b\r");
        QCOMPARE(accepted.receive(5), std::string("a\0b\r\n", 5));
        terminal.type("\x04");
        QCOMPARE(accepted.receiveToEnd(), std::string());
    }

    void ctrlDEndsOurDirectionAndReadsOn() {
        const TestSocket listener = TestSocket::listenTcp();
        Terminal terminal({address(listener), "--interactive", "--until-close"}, state());
        TestSocket accepted = listener.accept();
        QVERIFY(terminal.shows("> "));
        terminal.type("all\r");
        QCOMPARE(accepted.receive(3), std::string("all"));
        terminal.type("\x04");
        QCOMPARE(accepted.receiveToEnd(), std::string());
        accepted.send("last words");
        accepted.close();
        QVERIFY(terminal.shows("last words"));
        QCOMPARE(terminal.end(), 0);
    }

    void ctrlCInterrupts() {
        const TestSocket listener = TestSocket::listenTcp();
        Terminal terminal({address(listener), "--interactive"}, state());
        const TestSocket accepted = listener.accept();
        QVERIFY(terminal.shows("> "));
        terminal.type("half");
        QVERIFY(terminal.shows("half"));
        terminal.type("\x03");
        QCOMPARE(terminal.end(), 130);
        QVERIFY(accepted.isReset());
    }

    void thePeersCloseIsTold() {
        const TestSocket listener = TestSocket::listenTcp();
        Terminal terminal({address(listener), "--interactive"}, state());
        TestSocket accepted = listener.accept();
        QVERIFY(terminal.shows("> "));
        accepted.close();
        QVERIFY(terminal.shows("the peer has closed the connection"));
        QCOMPARE(terminal.end(), 0); // nothing was asked
        Terminal asked({address(listener), "--interactive", "--framing", "line"}, state());
        accepted = listener.accept();
        QVERIFY(asked.shows("> "));
        asked.type("a question\r");
        QCOMPARE(accepted.receive(11), std::string("a question\n"));
        accepted.close();
        QVERIFY(asked.shows("the peer has closed the connection"));
        QCOMPARE(asked.end(), 3);
    }

    void aResetAndARefusalEndWithOne() {
        TestSocket listener = TestSocket::listenTcp();
        const QString where = address(listener);
        {
            Terminal terminal({where, "--interactive"}, state());
            TestSocket accepted = listener.accept();
            QVERIFY(terminal.shows("> "));
            accepted.reset();
            QVERIFY(terminal.shows("Connection reset by peer (ECONNRESET)"));
            QCOMPARE(terminal.end(), 1);
        }
        listener.close();
        Terminal refused({where, "--interactive"}, state());
        QVERIFY(refused.shows("Connection refused (ECONNREFUSED)"));
        QCOMPARE(refused.end(), 1);
    }

    void controlBytesOfThePeerStayVisible() {
        const TestSocket listener = TestSocket::listenTcp();
        Terminal terminal({address(listener), "--interactive"}, state());
        const TestSocket accepted = listener.accept();
        QVERIFY(terminal.shows("> "));
        accepted.send("\x1b[2Jgone?\n");
        QVERIFY(terminal.shows("\\x1b[2Jgone?\r\n"));
    }

    void aPipeIsReadLineByLine() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "length:u16be"});
        const QStringList arguments{"send",      server.endpoint(), "--interactive",
                                    "--framing", "length:u16be",    "--output",
                                    "hex"};
        const auto result = runProgram(program(), arguments, "one\n\nthree, without an end");
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output,
                 QByteArray("6f 6e 65\n\n74 68 72 65 65 2c 20 77 69 74 68 6f 75 74 20 61 6e 20 65 "
                            "6e 64\n"));
        QCOMPARE(result.errors, QByteArray());
        const auto nothing = runProgram(program(), arguments, "");
        QCOMPARE(nothing.exitCode, 0);
    }

    void eachLineIsADatagramOverUdp() {
        RunningServer server({"--listen", "udp://127.0.0.1:0"});
        const auto result = runProgram(
            program(), {"send", server.endpoint(), "--interactive", "--output", "hex"}, "ab\nc\n");
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.output, QByteArray("61 62\n63\n"));
    }

    void macrosCountFromLineToLine() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "line"});
        const auto result = runProgram(program(),
                                       {"send", server.endpoint(), "--interactive", "--macros",
                                        "--framing", "line", "--output", "text"},
                                       "first ${seq}\nbad ${rand:x}\n$${seq} ${seq}\n");
        QCOMPARE(result.output, QByteArray("first 1\n${seq} 2\n"));
        QVERIFY2(result.errors.contains("column"), result.errors);
        QCOMPARE(result.exitCode, 0);
    }

    void whatDatagramsDoIsTold() {
        RunningServer server({"--listen", "udp://127.0.0.1:0"});
        const QStringList arguments{"send", server.endpoint(), "--interactive", "--receive-size",
                                    "4"};
        const auto cut = runProgram(program(), arguments, "longer\n");
        QVERIFY2(cut.errors.contains("6 bytes"), cut.errors);
        const auto json = runProgram(program(), arguments + QStringList{"--json"}, "ab\n");
        QVERIFY2(json.output.contains("\"datagrams\",\"sent\":1,\"received\":1"), json.output);
        const auto silent = runProgram(program(),
                                       {"send", server.endpoint(), "--interactive", "--json",
                                        "--replies", "2", "--wait", "0.1"},
                                       "ab\n");
        QCOMPARE(silent.exitCode, 3);
        QVERIFY2(silent.output.contains("1 of 2 replies"), silent.output);
    }

    void aLargePipeIsSentWhole() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0", "--framing", "line"});
        QByteArray lines;
        for (int i = 0; i < 50'000; ++i)
            lines += "line " + QByteArray::number(i) + '\n';
        const auto result = runProgram(
            program(),
            {"send", server.endpoint(), "--interactive", "--framing", "line", "--output", "text"},
            lines);
        QCOMPARE(result.exitCode, 0);
        QVERIFY(result.output == lines);
    }

    void aRegularFileIsReadToo() {
        RunningServer server({"--listen", "tcp://127.0.0.1:0"});
        const QString path = m_folder.filePath("lines");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from a file\nbad \\q\n");
        file.close();
        const auto result = runProgram(
            "sh", {"-c", QStringLiteral("%1 send %2 --interactive --escapes --ending lf < %3")
                             .arg(program(), server.endpoint(), path)});
        QCOMPARE(result.output, QByteArray("from a file\n"));
        QVERIFY2(result.errors.contains("column 5"), result.errors);
        QCOMPARE(result.exitCode, 0);
    }

    void contradictionsAreUsage() {
        QCOMPARE(runProgram(program(), {"send", ":1", "--interactive", "--stdin"}).exitCode, 2);
        QCOMPARE(
            runProgram(program(), {"send", ":1", "--interactive", "--connections", "2"}).exitCode,
            2);
    }

private:
    static QString program() { return ownProgram(QStringLiteral("socketscope")); }
    /// A state folder for each test.
    QString state() { return m_folder.filePath(QTest::currentTestFunction()); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestInteractive)
#include "tst_interactive.moc"
