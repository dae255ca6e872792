// The real executable: in a real X display where Xvfb is there, and offscreen.

#include <csignal>

#include <QImage>
#include <QtTest>

#include "tests/support/program.h"
#include "tests/support/test_socket.h"

using namespace sscope::test;

namespace {

QStringList quietHome() {
    const QString home = QString::fromStdString(temporaryPath("config"));
    return {"XDG_CONFIG_HOME=" + home};
}

} // namespace

class TestExecutable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAWindowUnderX() {
        if (!isInstalled("Xvfb") || !isInstalled("xwininfo"))
            QSKIP("Xvfb or xwininfo is not installed");
        RunningProgram display(
            "Xvfb", {"-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"});
        const QString number = ":" + QString::fromUtf8(display.readLine());
        const QStringList environment =
            QStringList{"DISPLAY=" + number, "QT_QPA_PLATFORM", "WAYLAND_DISPLAY"} + quietHome();
        RunningProgram window(ownProgram("socketscope"),
                              {"gui", "--serve", "echo --listen 127.0.0.1:0"}, environment);
        const auto hasWindow = [&] {
            return runProgram("xwininfo", {"-root", "-tree"}, {}, environment)
                .output.contains("\"Socketscope\"");
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasWindow(), 20'000);
        QCOMPARE(window.process().state(), QProcess::Running);
        QCOMPARE(window.endWith(SIGTERM), 0); // it stops what runs and saves what it keeps
    }

    void savesAPictureOfWhatItWasAskedToOpen() {
        const QString file = QString::fromStdString(temporaryPath("picture.png"));
        RunningServer server({"--listen", "127.0.0.1:0"});
        const auto result = runProgram(
            ownProgram("socketscope"),
            {"gui", "--serve", "echo --listen udp://127.0.0.1:0", "--connect",
             QStringLiteral("127.0.0.1:%1 'Hello, world'").arg(server.port()), "--picture", file},
            {}, QStringList{"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} + quietHome());
        QVERIFY2(result.exitCode == 0, result.errors);
        const QImage picture(file);
        QCOMPARE(picture.size(), QSize(1440, 900));
        QCOMPARE(server.endWith(SIGTERM), 0);
        const QByteArray rest = server.process().readAllStandardOutput();
        QVERIFY2(rest.contains("\"received_bytes\":12"), rest);
    }

    void saysWhereAPictureCannotBeSaved() {
        const auto result =
            runProgram(ownProgram("socketscope"), {"gui", "--picture", "/nonexistent/x.png"}, {},
                       QStringList{"QT_QPA_PLATFORM=offscreen"} + quietHome());
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains("write /nonexistent/x.png"), result.errors);
    }
};

QTEST_GUILESS_MAIN(TestExecutable)
#include "tst_executable.moc"
