#include <array>
#include <cstdio>
#include <memory>

#include <QtTest>

#include "core/base/shell_words.h"

using namespace sscope;

namespace {

/// The words as a real shell splits them.
std::vector<std::string> wordsByShell(const std::string& text) {
    const std::string command = "printf '%s\\0' " + text;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
        ::popen(("sh -c " + shellQuoted("set -f; " + command)).c_str(), "r"), &::pclose);
    std::vector<std::string> words;
    std::string word;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        if (c == '\0')
            words.push_back(std::exchange(word, {}));
        else
            word += static_cast<char>(c);
    }
    return words;
}

} // namespace

class TestShellWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void splitsAsAShellDoes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("words") << QByteArray("echo --listen udp://127.0.0.1:9002");
        QTest::newRow("single quotes") << QByteArray("a 'b c' d");
        QTest::newRow("double quotes") << QByteArray("\"a b\" \"c\\\"d\" \"e\\nf\"");
        QTest::newRow("backslash") << QByteArray("a\\ b \\'c");
        QTest::newRow("joined") << QByteArray("a'b'\"c\"d");
        QTest::newRow("empty words") << QByteArray("'' \"\" x");
        QTest::newRow("space around") << QByteArray("  a   b\t c  ");
    }

    void splitsAsAShellDoes() {
        QFETCH(QByteArray, text);
        const auto words = splitShellWords(text.toStdString());
        QVERIFY(words.has_value());
        QVERIFY(*words == wordsByShell(text.toStdString()));
    }

    void expandsNothing() {
        const auto words = splitShellWords("$HOME `id` * ~ \"$(id)\"");
        QVERIFY(words.has_value());
        QVERIFY((*words == std::vector<std::string>{"$HOME", "`id`", "*", "~", "$(id)"}));
    }

    void refusesAnOpenQuote() {
        QVERIFY(!splitShellWords("a 'b"));
        QVERIFY(!splitShellWords("a \"b"));
    }

    void quotesSoThatItSplitsBack() {
        for (const std::string word :
             {"plain", "", "two words", "it's", "\"x\"", "$HOME", "a\\b", "你好", "-- '", "!"}) {
            const auto words = splitShellWords(shellQuoted(word));
            QVERIFY(words && words->size() == 1 && words->front() == word);
        }
        QCOMPARE(shellQuoted("tcp://127.0.0.1:80"), std::string("tcp://127.0.0.1:80"));
    }
};

QTEST_GUILESS_MAIN(TestShellWords)
#include "tst_shell_words.moc"
