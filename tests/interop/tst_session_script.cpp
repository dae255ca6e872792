// What a conversation is copied as is run, by Python and by a shell, against a program that tells
// which bytes arrived: they are those of the conversation, whatever they are.

#include <csignal>

#include <QtTest>

#include "core/client/session_script.h"
#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope;
using namespace sscope::test;

namespace {

using Step = SessionStep;

std::vector<std::byte> bytes(const QByteArray& content) {
    const ByteView view = bytesOf(std::string_view(content.data(), std::size_t(content.size())));
    return {view.begin(), view.end()};
}

Step sent(const QByteArray& content) {
    return session_step::Sent{.content = bytes(content)};
}

Step received(std::uint64_t count, std::uint64_t messages = 1) {
    return session_step::Received{count, messages};
}

QByteArray everyByte() {
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all.append(static_cast<char>(i));
    return all;
}

/// What would break out of quotes, comments, formats and option lists.
QByteArrayList hostile() {
    return {"it's",
            "\"quoted\" \\ back",
            "$(touch broken-out) `touch broken-out` ${HOME} $HOME",
            "'; touch broken-out; '",
            "a\nb\r\n# no comment\n",
            QByteArray("NUL\0and digits 0", 16),
            "你好, café",
            "\x1b[31mred\x1b[0m \xe2\x80\xae",
            "-n -e --help",
            "%s %n %d %%",
            "\\x41 \\0101 \\n",
            "!! !history ~",
            "\xff\xfe invalid",
            everyByte()};
}

struct Recorder {
    Recorder(const QString& recordedKind, const QString& path)
        : kind(recordedKind),
          program("python3", {QStringLiteral(SSCOPE_SOURCE_DIR "/tests/interop/recorder.py"),
                              recordedKind, path}) {
        where = program.readLine().trimmed();
    }

    [[nodiscard]] Endpoint endpoint() const {
        const std::string text = where.toStdString();
        if (kind == "unix")
            return {.transport = Transport::Unix, .path = text};
        if (kind == "abstract")
            return {.transport = Transport::Unix, .path = '@' + text};
        if (kind == "unixgram")
            return {.transport = Transport::Unixgram, .path = text};
        if (kind == "abstractgram")
            return {.transport = Transport::Unixgram, .path = '@' + text};
        return {.transport = kind == "udp" ? Transport::Udp : Transport::Tcp,
                .host = kind == "tcp6" ? "::1" : "127.0.0.1",
                .port = static_cast<std::uint16_t>(where.toInt())};
    }

    /// The next line, as bytes.
    QByteArray next() {
        const QByteArray line = program.readLine().trimmed();
        return line.endsWith('.') ? QByteArray::fromHex(line) : QByteArray("nothing came");
    }

    QString kind;
    RunningProgram program;
    QByteArray where;
};

ProgramResult runForm(const QString& form, const SessionSteps& session) {
    const QStringList path{QStringLiteral("PATH=%1:%2")
                               .arg(QString::fromLocal8Bit(qgetenv("SSCOPE_BINARY_DIR")),
                                    QString::fromLocal8Bit(qgetenv("PATH")))};
    if (form == "python")
        return runProgram("python3", {"-"}, QByteArray::fromStdString(pythonScript(session)), path);
    const std::string text = form == "pipe" ? pipeCommand(session) : sendLine(session);
    // Through a file, as a person keeps it: what is longer than an argument may be stays possible.
    return runProgram(form == "pipe" ? "sh" : "bash", {"-s"}, QByteArray::fromStdString(text),
                      path);
}

void addForms() {
    QTest::addColumn<QString>("form");
    for (const char* form : {"python", "pipe", "send"})
        QTest::newRow(form) << QString::fromLatin1(form);
}

} // namespace

class TestSessionScript : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        for (const char* tool : {"python3", "ncat", "socat", "bash"}) {
            if (!isInstalled(tool))
                QSKIP("python3, ncat, socat or bash is not installed");
        }
        QVERIFY(m_folder.isValid());
        QDir::setCurrent(m_folder.path()); // what breaks out leaves a file there
    }
    void initTestCase_data() { addForms(); }

    void cleanup() { QVERIFY(!QFile::exists("broken-out")); }

    void streamsCarryTheSameBytes_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"tcp", "tcp6", "unix", "abstract"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void streamsCarryTheSameBytes() {
        QFETCH_GLOBAL(QString, form);
        QFETCH(QString, kind);
        Recorder recorder(kind, path("it's a $(touch broken-out), \"path\": [!]"));
        SessionSteps session{.endpoint = recorder.endpoint()};
        QByteArray all;
        for (const QByteArray& message : hostile()) {
            session.steps.push_back(sent(message));
            all += message;
        }
        session.steps.push_back(received(std::uint64_t(all.size())));
        session.steps.push_back(session_step::HalfClosed{});
        session.steps.push_back(session_step::PeerFinished{});
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(recorder.next().toHex(), all.toHex());
    }

    void eachMessageAloneIsExact() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("tcp", {});
        for (const QByteArray& message : hostile()) {
            const SessionSteps session{.endpoint = recorder.endpoint(),
                                       .steps = {sent(message),
                                                 received(std::uint64_t(message.size())),
                                                 session_step::Closed{}}};
            const auto result = runForm(form, session);
            QVERIFY2(result.exitCode == 0, result.errors);
            QCOMPARE(recorder.next().toHex(), message.toHex());
        }
    }

    void datagramsKeepTheirBounds_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"udp", "unixgram", "abstractgram"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void datagramsKeepTheirBounds() {
        QFETCH_GLOBAL(QString, form);
        QFETCH(QString, kind);
        Recorder recorder(kind, path("gram, it's"));
        SessionSteps session{.endpoint = recorder.endpoint()};
        QByteArrayList expected = hostile().mid(0, 4);
        expected << everyByte() << QByteArray(20'000, '%');
        for (const QByteArray& message : expected) {
            session.steps.push_back(sent(message));
            session.steps.push_back(received(std::uint64_t(message.size())));
        }
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        for (const QByteArray& message : expected)
            QCOMPARE(recorder.next().toHex(), message.toHex());
    }

    void anEmptyDatagramIsSentOrLeftOutInWords() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("udp", {});
        const SessionSteps session{.endpoint = recorder.endpoint(),
                                   .steps = {sent({}), received(0), sent("x"), received(1)}};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        if (form == "pipe")
            QVERIFY(pipeCommand(session).find("a pipe cannot carry it") != std::string::npos);
        else
            QCOMPARE(recorder.next(), QByteArray());
        QCOMPARE(recorder.next(), QByteArray("x"));
    }

    void framingsStandAsBytes_data() {
        QTest::addColumn<QString>("framing");
        for (const char* framing : {"line", "nul", "length:u16le", "length:u32be", "message"})
            QTest::newRow(framing) << QString::fromLatin1(framing);
    }

    void framingsStandAsBytes() {
        QFETCH_GLOBAL(QString, form);
        QFETCH(QString, framing);
        Recorder recorder("tcp", {});
        const std::vector<HeaderField> header{{"content-type", "text/json"},
                                              {"content-encoding", "utf-8"}};
        SessionSteps session{.endpoint = recorder.endpoint(),
                             .framing = *Framing::parse(framing.toStdString())};
        QByteArray wire;
        std::uint64_t size = 0;
        for (const char* content : {"{\"action\": \"it's\"}", "$(touch broken-out)"}) {
            session_step::Sent step{.content = bytes(content)};
            if (framing == "message")
                step.header = header;
            session.steps.push_back(step);
            const QByteArray framed = wireOf(session.framing, step);
            wire += framed;
            size = std::uint64_t(framed.size());
            session.steps.push_back(received(size));
        }
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(recorder.next(), wire);
    }

    void theReadyHandshakeIsDoneAgain() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("ready", {});
        const SessionSteps session{
            .endpoint = recorder.endpoint(),
            .framing = *Framing::parse("ready"),
            .steps = {sent("ls"), received(18), sent("who am I"), received(24)}};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        QCOMPARE(recorder.next(), QByteArray("lsStartwho am IStart"));
    }

    void whatThePeerSaysFirstIsAwaited() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("greeting", {});
        const SessionSteps session{.endpoint = recorder.endpoint(),
                                   .steps = {received(15), sent("exit"), received(4)}};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY2(result.output.contains("welcome to here"), result.output);
        QCOMPARE(recorder.next(), QByteArray("exit"));
    }

    void readsUntilThePeerEnds() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("closing", {});
        const SessionSteps session{
            .endpoint = recorder.endpoint(),
            .steps = {sent("GET / HTTP/1.0\r\n\r\n"), received(10), session_step::PeerFinished{}}};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY2(result.output.contains("the answer"), result.output);
        QCOMPARE(recorder.next(), QByteArray("GET / HTTP/1.0\r\n\r\n"));
    }

    void aLongMessageIsCarried() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("tcp", {});
        const QByteArray message = everyByte().repeated(1200);
        const SessionSteps session{
            .endpoint = recorder.endpoint(),
            .steps = {sent(message), received(std::uint64_t(message.size()))}};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        QVERIFY(recorder.next() == message);
    }

    void aRepetitionIsWrittenOnce() {
        const Endpoint endpoint{.host = "127.0.0.1", .port = 65432};
        const SessionSteps session{
            .endpoint = endpoint,
            .steps = {sent("tick"), session_step::Paused{std::chrono::milliseconds(250)},
                      sent("tick"), session_step::Paused{std::chrono::milliseconds(250)},
                      sent("tick")}};
        QCOMPARE(sendLine(session),
                 std::string("# A conversation with tcp://127.0.0.1:65432, recorded by "
                             "Socketscope.\n"
                             "socketscope send tcp://127.0.0.1:65432 --interval 250 --wait 0 "
                             "--repeat 3 -- tick\n"));
        QVERIFY(pipeCommand(session).find("printf 'tick'; sleep 0.250; printf 'tick'") !=
                std::string::npos);
        QVERIFY(pythonScript(session).find("time.sleep(0.25)") != std::string::npos);
    }

    void theOptionsStandInTheLine() {
        const SessionSteps session{
            .endpoint = {.transport = Transport::Udp, .host = "239.1.2.3", .port = 5000},
            .options = {.receiveBuffer = 4096},
            .datagrams = {.broadcast = true, .multicastTtl = 3, .multicastLoop = false},
            .steps = {sent("x")}};
        const std::string line = sendLine(session);
        for (const char* option : {" --receive-buffer 4096", " --broadcast", " --multicast-ttl 3",
                                   " --multicast-loop off", " --wait 0 -- x\n"})
            QVERIFY2(line.find(option) != std::string::npos, line.c_str());
        const std::string pipe = pipeCommand(session);
        QVERIFY2(pipe.find("broadcast and multicast options are left out") != std::string::npos,
                 pipe.c_str());
    }

    void groupsAreHeardAgain_data() {
        QTest::addColumn<QByteArray>("group");
        QTest::newRow("IPv4") << QByteArray("239.1.2.3");
        QTest::newRow("IPv6") << QByteArray(
            "ff15::123"); // joined only: loopback has no route to it
    }

    void groupsAreHeardAgain() {
        QFETCH_GLOBAL(QString, form);
        QFETCH(QByteArray, group);
        if (form != "python")
            QSKIP("a pipe has no groups; send's are tested with the network's");
        // The script hears its own datagram, through the loopback interface alone.
        SessionSteps session{
            .endpoint = {.transport = Transport::Udp, .host = group.toStdString(), .port = 45123},
            .datagrams = {.broadcast = true,
                          .multicastTtl = 0,
                          .multicastInterface = "lo",
                          .join = {group.toStdString()}}};
        const bool isHeard = !group.contains(':');
        if (isHeard)
            session.steps = {sent("heard"), received(5)};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors + pythonScript(session).c_str());
        QCOMPARE(result.output.trimmed(), QByteArray(isHeard ? "received b'heard'" : ""));
    }

    void aResetIsDoneAgainOrSaid() {
        QFETCH_GLOBAL(QString, form);
        Recorder recorder("tcp", {});
        const SessionSteps session{
            .endpoint = recorder.endpoint(),
            .steps = {sent("x"), received(1), session_step::Closed{.reset = true}}};
        const auto result = runForm(form, session);
        QVERIFY2(result.exitCode == 0, result.errors);
        const QByteArray came = recorder.next();
        if (form == "python") {
            QVERIFY2(came.contains("ConnectionResetError"), came);
            return;
        }
        QCOMPARE(came, QByteArray("x"));
        const std::string text = form == "pipe" ? pipeCommand(session) : sendLine(session);
        QVERIFY(text.find("ended with a reset") != std::string::npos);
    }

private:
    /// A fresh one.
    QString path(const QString& name) {
        return m_folder.filePath(QString::number(++m_paths) + name);
    }

    static QByteArray wireOf(const Framing& framing, const session_step::Sent& step) {
        struct Sink final : CodecSink {
            void deliver(const Message&) override {}
            void sending(const Message&) override {}
            void transmit(ByteView view) override {
                wire +=
                    QByteArray(reinterpret_cast<const char*>(view.data()), qsizetype(view.size()));
            }
            void transmitFrom(std::unique_ptr<ByteSource>) override {}
            void needTimer(Duration) override {}
            void dropTimer() override {}
            void fail(std::string) override {}
            void tooLong(std::size_t) override {}
            QByteArray wire;
        } sink;
        (void)framing.make(CodecRole::Client)
            ->send({.content = step.content, .header = step.header}, sink);
        return sink.wire;
    }

    QTemporaryDir m_folder;
    int m_paths = 0;
};

QTEST_GUILESS_MAIN(TestSessionScript)
#include "tst_session_script.moc"
