#include <QtTest>

#include "core/service/command_line.h"

using namespace sscope;

namespace {

std::string refusalOf(std::string_view line, const CommandSettings& settings = {}) {
    const auto command = readCommandLine(line, settings);
    const auto* refused = std::get_if<std::string>(&command);
    return refused ? *refused : std::string();
}

std::vector<std::string> wordsOf(std::string_view line, const CommandSettings& settings = {}) {
    const auto command = readCommandLine(line, settings);
    const auto* task = std::get_if<CommandTask>(&command);
    return task ? task->words : std::vector<std::string>{"refused"};
}

using Words = std::vector<std::string>;

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAListOfNames() {
        using Names = std::vector<std::string>;
        QVERIFY((commandNames("ls, /bin/date ,x") == Names{"ls", "/bin/date", "x"}));
        QVERIFY((commandNames("ls,") == Names{"ls", ""}));
        QVERIFY((commandNames("") == Names{""}));
    }

    void linesHaveNoWhiteSpaceAroundThem() {
        QVERIFY((commandLines("  date \r\n", false) == Words{"date"}));
        QVERIFY((commandLines("date\r\n\r\n \nid -u", false) == Words{"date", "id -u"}));
        QVERIFY(commandLines(" \r\n\t", false).empty());
        QVERIFY((commandLines(" a\nb\n", true) == Words{"a\nb"}));
    }

    void splitsByQuotesAndExpandsNothing() {
        QVERIFY((wordsOf("echo 'a b' \"c d\" e\\ f") == Words{"echo", "a b", "c d", "e f"}));
        QVERIFY((wordsOf("echo $HOME `id` *") == Words{"echo", "$HOME", "`id`", "*"}));
        QCOMPARE(refusalOf("echo 'a"), std::string("command error: a quote is not closed"));
        QCOMPARE(refusalOf(""), std::string("command error: the line is empty"));
        QCOMPARE(refusalOf(std::string_view("echo\0x", 6)),
                 std::string("command error: the line holds a NUL byte"));
    }

    void runsWhatIsOnTheList() {
        const CommandSettings settings{.allow = {"cat", "/opt/tool"}};
        QVERIFY((wordsOf("cat /etc/hostname", settings) == Words{"cat", "/etc/hostname"}));
        QVERIFY((wordsOf("/opt/tool", settings) == Words{"/opt/tool"}));
        for (const char* line :
             {"date", "/bin/cat", "../bin/cat", "./cat", "opt/tool", "CAT", "''"})
            QVERIFY2(refusalOf(line, settings).ends_with(" is not allowed"), line);
        QCOMPARE(refusalOf("rm -rf /", settings), std::string("command error: rm is not allowed"));
        QCOMPARE(refusalOf("\x1b[2J", settings),
                 std::string("command error: \\x1b[2J is not allowed"));
    }

    void withoutAListRunsWhatIsHarmless() {
        for (const std::string_view name : usualCommands())
            QCOMPARE(refusalOf(name), std::string());
        QCOMPARE(refusalOf("date -u +%F"), std::string());
        QCOMPARE(refusalOf("ls -la /tmp"), std::string());
        QCOMPARE(refusalOf("date -f /etc/shadow"),
                 std::string("command error: date -f is not allowed"));
        QCOMPARE(refusalOf("date --file=/etc/shadow"),
                 std::string("command error: date --file=/etc/shadow is not allowed"));
        QCOMPARE(refusalOf("hostname mine"),
                 std::string("command error: hostname mine is not allowed"));
        QCOMPARE(refusalOf("sh"), std::string("command error: sh is not allowed"));
    }

    void aShellIsGivenTheLineAsItIs() {
        const CommandSettings settings{.allow = {"cat"}, .shell = true};
        QVERIFY((wordsOf("echo 'a; rm", settings) == Words{"/bin/sh", "-c", "echo 'a; rm"}));
    }

    void theAnswerSaysWhatWentWrong() {
        const CommandTask task{.words = {"tool"}};
        CommandSettings settings;
        const auto answer = [&](const CommandEnd& end) {
            return commandAnswer(task, end, settings);
        };
        using Kind = CommandEnd::Kind;
        QCOMPARE(answer({Kind::Exited, 0, "out\n"}), std::string("out\n"));
        QCOMPARE(answer({Kind::Exited, 256, ""}), std::string("command error"));
        QCOMPARE(answer({Kind::NotStarted, ENOENT, ""}),
                 std::string("command error: tool was not found"));
        QCOMPARE(answer({Kind::NotStarted, EACCES, ""}),
                 std::string("command error: tool cannot be run: Permission denied"));
        QCOMPARE(answer({Kind::TimedOut, 0, "so far"}),
                 std::string("so far\ncommand error: timed out after 10 s"));
        settings.timeout = std::chrono::milliseconds(500);
        QCOMPARE(answer({Kind::TimedOut, 0, ""}),
                 std::string("command error: timed out after 0.5 s"));
        QCOMPARE(answer({Kind::OverCap, 0, "many\n"}),
                 std::string("many\ncommand error: output over 1048576 bytes"));
        settings.outputEncoding = "GBK";
        QCOMPARE(answer({Kind::Exited, 0, "\xc4\xe3\xba\xc3 \xff ok"}),
                 std::string("\u4f60\u597d \ufffd ok"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
