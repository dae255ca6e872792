// What is written as a literal is read back by the languages themselves.

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/byte_literals.h"

using namespace sscope;

namespace {

std::string everyByte() {
    std::string every;
    for (int value = 0; value < 256; ++value)
        every += static_cast<char>(value);
    return every + "'\"\\\n?\?=x\\x41";
}

/// Standard output of a program that reads input; "?" where it fails.
QByteArray run(const QString& program, const QStringList& arguments, const QByteArray& input = {}) {
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool isDone = process.waitForFinished() && process.exitCode() == 0;
    return isDone ? process.readAllStandardOutput()
                  : QByteArray("?") + process.readAllStandardError();
}

} // namespace

class TestByteLiterals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hexIsTwoDigitsAByte() {
        QCOMPARE(hexDigits(bytesOf(std::string_view("Hi\0\xff", 4))), std::string("486900ff"));
        QCOMPARE(hexDigits({}), std::string());
        QVERIFY(QByteArray::fromHex(QByteArray::fromStdString(hexDigits(bytesOf(everyByte()))))
                    .toStdString() == everyByte());
    }

    void pythonReadsBack() {
        if (QStandardPaths::findExecutable("python3").isEmpty())
            QSKIP("needs python3");
        for (const std::string& bytes : {everyByte(), std::string(), std::string("Hello\n")}) {
            const QByteArray out =
                run("python3",
                    {"-c", "import ast,sys;"
                           "sys.stdout.buffer.write(ast.literal_eval(sys.stdin.read()))"},
                    QByteArray::fromStdString(pythonBytes(bytesOf(bytes))));
            QVERIFY2(out.toStdString() == bytes, out.constData());
        }
        QCOMPARE(pythonBytes(bytesOf("it's\n\x7f")), std::string("b'it\\'s\\n\\x7f'"));
    }

    void aCompilerReadsBack() {
        if (QStandardPaths::findExecutable("cc").isEmpty())
            QSKIP("needs a C compiler");
        for (const std::string& bytes : {everyByte(), std::string()}) {
            const QTemporaryDir folder;
            QFile source(folder.filePath("a.c"));
            QVERIFY(source.open(QIODevice::WriteOnly));
            source.write(QByteArray::fromStdString(
                "#include <stdio.h>\n" + cArray(bytesOf(bytes)) +
                "int main(void) { fwrite(data, 1, data_size, stdout); return 0; }\n"));
            source.close();
            QCOMPARE(run("cc", {"-Wall", "-Wextra", "-Werror", "-pedantic", "-o",
                                folder.filePath("a"), source.fileName()}),
                     QByteArray());
            QVERIFY(run(folder.filePath("a"), {}).toStdString() == bytes);
        }
    }
};

QTEST_GUILESS_MAIN(TestByteLiterals)
#include "tst_byte_literals.moc"
